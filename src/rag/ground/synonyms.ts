// Words that news uses for one thing. A report says "deputy", a sentence about it "vice-captain"; both are one key. Lines
// hold all forms that are meant, for "defeat" and "defeated" are not one: he who defeated somebody has won.
import { stemmer } from 'stemmer';

const CLASSES = `
overseas: overseas foreign foreigner foreigners abroad
capped: capped
uncapped: uncapped
won: win wins won winning winner winners victory victories triumph triumphs
beat: beat beats beating overcame overcome defeated
lost: lose loses lost losing loss losses defeat defeats losers
drawn: draw draws drawn drew
captain: captain captains captained captaincy captaining skipper skippers skippered led leads lead leading
deputy: deputy vice deputies
coach: coach coaches coached coaching trainer
title: title titles trophy championship crown
hundred: hundred hundreds century centuries ton tons centurion
begin: begin begins began beginning start starts started starting open opens opened opening
end: end ends ended ending finish finishes finished close closes closed conclude concludes concluded
first: first debut maiden 1st debutant
buy: buy buys bought sign signs signed paid pay pays purchase purchased acquire acquired spend spends spent fetch fetched splashed
sell: sell sells sold sale
release: release releases released drop drops dropped freed
replace: replace replaces replaced replacing replacement succeed succeeds succeeded succeeding successor instead over
against: against meet meets met face faces faced facing opponent opponents opposition versus v rival rivals
appoint: appoint appoints appointed named names chosen choose chose select selects selected pick picks picked
out: dismiss dismisses dismissed dismissal out fell falls fall removed removes departed bowled
caught: caught catch catches held holds edged
leg: lbw leg
now: now currently new
retain: retain retains retained kept keeps keep
fast: fast quick quicks seam seamer seamers pace paceman pacer
spin: spin spinner spinners slow
bat: batter batters batsman batsmen batswoman
keeper: wicketkeeper wicketkeepers keeper keepers gloves stumps
injury: injury injured injures injure hurt hurts tore torn
surgery: surgery operation operated
absent: miss misses missed missing sidelined absent absence
join: join joins joined joining move moves moved switch switches switched
retire: retire retires retired retirement
crowd: crowd crowds spectator spectators fan fans supporters people attendance watched attended
room: capacity seats seat room hold holding
income: income revenue revenues turnover earnings
surplus: surplus profit
cost: cost costs price priced prices fee worth value valued
stand: stand stands partnership partnerships added adds shared shares
chase: chase chased chasing chases pursuit target reply set
unbeaten: unbeaten undefeated unconquered unbroken
ban: ban bans banned suspend suspended suspends suspension
fine: fine fined fines docked penalised
official: umpire umpires official officials
chairman: chairman chair president chairwoman
die: die dies died death dead
contract: contract contracts deal deals agreement
season: season seasons summer winter campaign
ground: ground grounds stadium venue arena
club: club clubs franchise franchises county counties
record: record records
announce: announce announces announced announcement confirm confirms confirmed reveal reveals revealed
squad: squad squads party parties group
newcomer: newcomer newcomers
award: award awards prize prizes
broadcast: broadcast broadcaster broadcasting television televised streaming showed shown shows aired
build: build builds building rebuilt redevelopment construction
expect: expect expects expected due likely
return: return returns returned returning comeback back
visitors: visitors tourists touring
host: host hosts hosted hosting stage stages staged staging
climb: climb climbed climbs rise rises rose risen rising up grew increase increased
sink: sink sank decrease decreased declined reduced
score: score scored scores scoring made make makes hit hits struck strikes smashed contributed compiled
take: took take takes taken claimed claims claim collected picked
extend: extend extends extended extension
hear: hearing appeal tribunal
final: final finals decider deciding
point: point points
job: post job position role
`;

const KEYS = new Map(
  CLASSES.trim()
    .split('\n')
    .flatMap((line) => {
      const [key = '', words = ''] = line.split(': ');
      return words.split(' ').map((word) => [word, `=${key}`] as const);
    }),
);

/** What makes words comparable: the name of their class, or their stem. */
export function synonymOf(word: string): string {
  return KEYS.get(word) ?? stemmer(word);
}
