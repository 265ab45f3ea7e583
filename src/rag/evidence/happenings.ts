// Words that tell of one happening: a match is won, edged, survived or "2-1"; a player is bought, sold, or "goes for" a
// sum; a coach is fired, axed, or "they got rid of" him. Somebody who waits for the end of it asks with one of them, and
// the report tells it with another.
import { stemmer } from 'stemmer';

/** Word forms as they stand in reports; what has its own form in the past is listed with it. */
const HAPPENINGS = [
  'win won wins winner winning victory victorious triumph beat beats beaten beating defeat defeated ' +
    'edge edged survive survived thrash thrashed stun stunned conquer conquered sink sank sunk clinch ' +
    'clinched lose lost loss reverse overcome overcame hammered knocked eliminated rout stopped top ' +
    'topped outlast fell',
  'draw drew drawn tie tied level share shared stalemate held',
  'buy bought sell sold pay paid cost price worth fetch fetched acquire acquired acquisition takeover ' +
    'stake takes spend spent went goes deal snap snapped purchase purchased',
  'invest invested investment investor raise raised raises nab nabbed fund funding funded pick picked ' +
    'round secure secured land',
  'hire hired hires appoint appointed appointment name named names replace replaced replacement succeed ' +
    'successor unveil unveiled confirm confirmed install pick picked choose chosen chose',
  'sack sacked fire fired dismiss dismissed axe axed oust ousted rid removed part parted leave left ' +
    'leaves depart departed replace replaced replacement',
  'sign signs signed signing join joined joins agree agreed move moved going lands landed',
  'score scored scorer scores goal goals brace double hat-trick winner netted struck',
  'die died death killed dead dies',
  'decide decided decision rule ruled rules ruling verdict find found finds side sided siding jury ' +
    'judge judged',
  'begin began begins start started starts starting effect force kick opens',
  'agree agreed agreement reach reached deal clinch clinched bag bagged pact struck strike seal sealed ' +
    'settle settled accord',
  'open opened opening opens launch launched probe investigate investigation proceeding proceedings ' +
    'case formal',
  'plead pleaded pleads plea guilty admit admitted confess confessed',
  'sentence sentenced jail jailed prison years term months',
  'arrest arrested charge charged detained custody indicted',
  'qualify qualified qualifies out eliminated through reach reached progress progressed exit exited ' +
    'crash crashed ejected knocked perish heartbreak advance advanced make',
  'release released releases launch launched launches arrive arrived out available unveil unveiled ' +
    'debut debuted ship shipped roll rolled introduce introduced announce announced',
  'earn earned make made take took gross grossed top tops topped debut opened box',
  'work working works back resume resumed operation restored running return returned live',
  'cancel cancelled canceled scrap scrapped postpone postponed suspend suspended off called axed ' +
    'abandon abandoned',
  'block blocked halt halted stop stopped veto vetoed reject rejected ban banned overrule overruled ' +
    'overturn',
  'approve approved approval grant granted licence license licensed cleared secure secured obtain ' +
    'received win won',
  'resign resigned quit quits step stepped down retire retired retirement',
  'affect affected hit victim victims impact impacted stolen accessed breach breached hack hacked',
  'fine fined penalty penalised penalized',
  'engage engaged engagement propose proposed marry married wed wedding',
  'download downloaded downloads',
  'switch switched support supports supporting enable enabled integrate integrated test testing ' +
    'federate add adds added',
  'injure injured injury ruled sidelined miss misses missed out',
  'phase phased transition end',
  'elect elected election vote voted votes poll',
  'record records broke broken break',
  'operate operation operated surgery',
].map((line) => new Set(line.split(' ').map((word) => stemmer(word))));

/** Each stem of a happening with all others that tell of it. */
const SAME = new Map<string, Set<string>>();
for (const group of HAPPENINGS) {
  for (const stem of group) {
    SAME.set(stem, new Set([...(SAME.get(stem) ?? []), ...group]));
  }
}

/** Stems that tell of what this one tells of, itself among them; a word of no happening stands alone. */
export const sameHappening = (stem: string): Set<string> => SAME.get(stem) ?? new Set([stem]);
