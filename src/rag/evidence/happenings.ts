// Words that tell of one happening: a match is won, edged, survived or "2-1"; a player is bought, sold, or "goes for" a
// sum. Somebody who waits for the end of it asks with one of them, and the report tells it with another.
import { stemmer } from 'stemmer';

/** Word forms as they stand in reports; what has its own form in the past is listed with it. */
const HAPPENINGS = [
  'win won wins winner victory victorious beat beats beaten defeat defeated edge edged survive survived thrash ' +
    'thrashed stun stunned conquer conquered sink sank sunk clinch clinched lose lost loss reverse overcome overcame ' +
    'hammered knocked eliminated',
  'buy bought sell sold pay paid cost price worth fetch fetched acquire acquired acquisition stake takes spend spent ' +
    'went goes deal snap snapped',
  'invest invested investment investor raise raised raises nab nabbed fund funding funded pick picked round secure',
  'hire hired hires appoint appointed appointment name named names replace replaced replacement succeed successor ' +
    'unveil unveiled confirm confirmed',
  'sign signs signed join joined joins agree agreed move moved',
  'score scored scorer goal goals brace double hat-trick',
  'die died death killed dead',
  'decide decided decision rule ruled ruling verdict find found side sided siding',
  'begin began begins start started starts starting effect force',
  'agree agreed agreement reach reached deal clinch clinched bag bagged pact',
  'open opened opening launch launched probe investigate investigation proceeding',
  'plead pleaded pleads guilty admit admitted',
  'qualify qualified out eliminated through reach reached progress exit crash crashed ejected knocked perish heartbreak',
  'release released launch launched arrive arrived out available',
  'earn earned make made take took gross grossed top tops debut opened',
  'replace replaced succeed successor sack sacked appoint appointed',
  'work working works back resumed operation restored',
].map((line) => new Set(line.split(' ').map((word) => stemmer(word))));

/** Other stems that tell of what this one tells of, itself among them; a word of no happening stands alone. */
export function sameHappening(stem: string): Set<string> {
  const groups = HAPPENINGS.filter((group) => group.has(stem));
  return new Set([stem, ...groups.flatMap((group) => [...group])]);
}

/** Whether the stem is one of a happening. */
export const isHappening = (stem: string): boolean => HAPPENINGS.some((group) => group.has(stem));
