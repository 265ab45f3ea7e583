// Words that are written with a capital where a sentence begins, and before a name, without being one.
import { isStopWord } from '../understand/terms.js';

const OPENERS = new Set(
  (
    'yesterday today tomorrow meanwhile however although though despite since until unless whether either neither ' +
    'nobody nothing none everyone everybody anyone someone another every many much several various two three four ' +
    'five six seven eight nine ten eleven twelve twenty thirty hundreds thousands half once twice earlier later ' +
    'afterwards still yet even perhaps maybe instead moreover besides indeed overall elsewhere here there now then ' +
    'today tonight currently recently finally eventually initially originally previously already also only just ' +
    'according based given thanks due following including regarding concerning like unlike beyond within without ' +
    'across along among amid amidst around behind beside beneath inside outside near off onto opposite past per ' +
    'toward towards upon via play rain bad light tickets fans bowlers bowler batters batter batsmen batting bowling ' +
    'fielding bids bid bidding victory defeat organisers officials hosts visitors selectors chasing captain coach ' +
    'players player team teams side sides club clubs police sources reports report news media doctors scans ' +
    'injury injuries opener openers spinner spinners seamer seamers umpires umpire crowds crowd spectators ' +
    'wickets wicket victim victims runs run overs matches match game games series tests day days week weeks month months year ' +
    'years last next first second third fourth fifth sixth final finals semi-final semi-finals quarter-final ' +
    'tournament auction price prices money bidders franchises franchise squad squads conditions pitch weather ' +
    'asked needing having being set put sent left right good best better worst worse more most less least new old ' +
    'young big small high low long short early late home away men women boys girls people experts critics ' +
    'nearly almost about around roughly approximately exactly barely hardly over under up down back out in on at ' +
    'prime vice former ex chief head director chairman president minister secretary manager skipper mr mrs ms dr ' +
    'sir dame lord lady professor st saint pace spin left-arm right-arm seam all-rounder wicketkeeper keeper ' +
    "umpire's man-of-the-match man match test it's that's he's she's they're there's what's who's here's let's"
  ).split(' '),
);

/** Titles and offices that stand before a name. */
const ROLES =
  /^(?:captain|vice|coach|skipper|mr|mrs|ms|dr|sir|dame|lord|lady|professor|president|minister|prime|chief|former|umpire|chairman|director|manager|opener|all|rounder|wicketkeeper|spinner|seamer|team|head)$/;

export function isRole(word: string): boolean {
  return ROLES.test(word);
}

/** Whether a capitalised word at the beginning of a sentence is likely no name. */
export function isOpener(word: string): boolean {
  return isStopWord(word) || OPENERS.has(word) || /(?:ly|tion|tions|ment|ments|ness)$/.test(word);
}
