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

/** Nouns, participles and degrees that news begins sentences with; none of them is a surname. */
const MORE_OPENERS = new Set(
  (
    'never proceedings rumours rumour organiser hammer bidder buyers sellers owners owner fans fan supporters ' +
    'batsman fielders partners partner openers pair pairs duo trio quartet rivals rival opponents opponent ' +
    'visitors guests guest champions winners winner losers loser finalists finalist favourites underdogs ' +
    'leaders leader league leagues cup cups trophy trophies title titles award awards prize prizes medal ' +
    'medals record records history statistics figures figure numbers number age aged born debut debutant ' +
    'debutants retired comeback return returning back-to-back successive consecutive unbeaten undefeated ' +
    'winless victorious beaten bowled caught dismissed stumped trapped run-outs catches catch fifties fifty ' +
    'hundreds hundred century centuries half-century half-centuries ton tons duck ducks boundary boundaries ' +
    'fours sixes extras overs balls delivery deliveries spell spells innings partnership partnerships stand ' +
    'stands chase target total totals score scores lead leads deficit margin result results draw draws tie ' +
    'ties toss follow-on session sessions lunch tea stumps dinner morning afternoon evening night midday ' +
    'midnight dusk drizzle thunderstorm showers clouds sunshine humidity fog winds floodlights floodlight ' +
    'covers outfield surface wicketkeepers wicketkeeper-batter allrounder all-rounders captaincy captains ' +
    'vice-captain vice-captains skippers coaches coaching mentor mentors selectors selector chairman ' +
    'chairwoman officials referee referees analysts analyst commentator commentators pundits pundit ' +
    'broadcasters broadcaster viewers viewer television radio streaming tickets ticket attendance stadium ' +
    'stadiums venue venues ground grounds pitches training practice warm-up tour tours touring tourists ' +
    'tourist trip visit leg fixtures fixture schedule calendar auctioneer bidding-war purse purses budget ' +
    'budgets salary salaries wages fee fees contract contracts deal deals trade trades transfer transfers ' +
    'release released retained unsold sold bought signed signing signings overseas foreign foreigners ' +
    'domestic local national international regional associate uncapped capped veteran veterans youngster ' +
    'youngsters teenager teenagers rookie rookies legends great greats icon icons hero heroes father mother ' +
    'brother brothers sister sisters son sons daughter daughters wife husband families parents friends friend ' +
    'colleagues colleague teammates teammate team-mates team-mate countryman countrymen compatriot ' +
    'compatriots courts lawyers judges investigators inquiry hearing appeal appeals ban bans fines penalty ' +
    'penalties suspension charges charge protest protests protesters security capacity demand interest ' +
    'pressure confidence form health surgery recovery ankle hamstring calf shoulder finger thumb wrist elbow ' +
    'hip groin concussion fever covid absence absences availability substitute substitutes cover reserve ' +
    'reserves line-up lineups eleven format formats formula rules change changes plan plans proposal ' +
    'proposals idea ideas decision decisions interview interviews praise criticism applause cheers tears ' +
    'relief anger surprise shock fears fear doubt doubts answers answer talk talks discussions discussion ' +
    'qualifiers qualifier group groups table standings points point ranking rankings seed seeds round rounds ' +
    'knockout knockouts play-off play-offs playoff playoffs eliminator decider series whitewash sweep streak ' +
    'run-chase powerplay death middle top bottom lower upper order tail tailenders nightwatchman spinners ' +
    'pacers pacer quicks quick bounce turn line length yorker yorkers bouncer bouncers chasing needing asked ' +
    'winning losing leading trailing playing coming going taking making hitting scoring reaching passing ' +
    'crossing breaking setting equalling becoming entering leaving joining replacing succeeding captaining ' +
    'speaking writing told believed considered regarded named picked dropped rested injured ruled unavailable ' +
    'fit unfit ready keen happy sad proud delighted disappointed relieved confident wary sure unsure possible ' +
    'probable certain uncertain clear unclear true false real official unofficial early-morning late-night ' +
    'long-time further farther closer higher faster slower bigger smaller older younger oldest youngest ' +
    'biggest smallest highest lowest fastest slowest longest shortest heaviest cheapest dearest costliest ' +
    'richest strongest weakest seldom often sometimes always likewise hence therefore thus whereas whereby ' +
    'wherever whenever whichever whatever whoever provided assuming supposing granted considering given ' +
    'notwithstanding regardless irrespective apart aside rather quite almost somewhat anyway anyhow both each ' +
    'either neither several few fewer many most more less least enough plenty lots dozens thousands millions ' +
    'billions twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen thirty forty sixty seventy ' +
    'eighty ninety single double triple another other others everything something anything somewhere anywhere ' +
    'everywhere nowhere did does do has have had was were is are am would shall should can could might must ' +
    'let holders holder hosts entrants organisers half-time attendances profits revenue revenues turnover donations'
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
  return (
    isStopWord(word) ||
    OPENERS.has(word) ||
    MORE_OPENERS.has(word) ||
    /(?:ly|tion|tions|ment|ments|ness)$/.test(word)
  );
}
