// One invented match as several desks would tell it: a wire report, what editors make of it, an own report by
// someone else, a follow-up that repeats the background, and previews cut from one template.

/** The wire's report, a paragraph each. */
export const WIRE = [
  'Harbour City won the Coastal Cup on Saturday night, beating Ridgeway by six wickets with 11 balls to spare in front of 18,400 people at the Breakwater Ground.',
  'Mara Quill made an unbeaten 71 from 49 balls, her highest score in the competition, after Ridgeway had been held to 142 for eight by some disciplined bowling in the middle overs.',
  'Left-arm spinner Tess Okafor took three for 19 and removed both Ridgeway openers in the space of five balls, the first to a sharp catch at slip by captain Joan Ferris.',
  'Ridgeway never recovered from 38 for four, though Nell Sørensen struck two sixes in a late 44 that gave her side something to bowl at on a slow pitch.',
  'Harbour City lost two wickets in the powerplay, but Quill and Priya Dhillon put on 83 for the third wicket and the chase was never in real danger after that.',
  '"We have waited nine years for this and the dressing room is in tears," said Ferris. "Mara played the innings of her life when we needed a calm head."',
  'Ridgeway coach Alan Petrie admitted that his side had been 20 runs short. "You cannot lose four wickets in seven overs in a final and expect to win it," he said.',
  'The champions travel to Port Elgin next month for the Champions Shield, where they have been drawn against the Lowland Lions and the hosts.',
];

const QUALIFIED =
  'Harbour City are champions of the coast for the first time since 2015 after Mara Quill guided them home in a nervous Coastal Cup final against Ridgeway.';
const AGENCY =
  'This story was supplied by the Coastal Press Agency and has been lightly edited for style by our sports desk. Sign up for our weekly newsletter.';
const ADDED = [
  'Tickets for the match had sold out within an hour, and several thousand followed it on a screen that the council had put up at the old fish market.',
  'It was the last match at the Breakwater Ground before the building of a new stand, which will raise its capacity to 24,000.',
];

/** What editors make of the wire's report, by what they did. */
export const EDITIONS: Record<string, string[]> = {
  'word for word': WIRE,
  'a rewritten opening': WIRE.with(0, QUALIFIED),
  'one paragraph cut': WIRE.filter((_, i) => i !== 3),
  'three paragraphs cut': WIRE.filter((_, i) => ![3, 6, 7].includes(i)),
  'a rewritten opening and three paragraphs cut': [QUALIFIED, ...WIRE.slice(1, 4), WIRE[5] ?? ''],
  'two paragraphs added': [...WIRE.slice(0, 4), ...ADDED, ...WIRE.slice(4)],
  'a credit at the end': [...WIRE, AGENCY],
  'lightly edited sentences': WIRE.map((text) =>
    text
      .replaceAll('Saturday night', 'Saturday')
      .replaceAll('struck', 'hit')
      .replaceAll('admitted', 'conceded')
      .replaceAll('some disciplined', 'tidy')
      .replaceAll('Sørensen', 'Sorensen')
      .replaceAll('18,400', 'more than 18,000')
      .replaceAll('was never in real danger', 'never looked in doubt')
      .replaceAll('his side', 'his team'),
  ),
};

/** The same match by another writer: the same facts, names and quotations in other words. */
export const OWN_REPORT = [
  'It took Mara Quill 49 balls to end nine years of hurt. Her 71 not out carried Harbour City past Ridgeway and to the Coastal Cup at a packed Breakwater Ground on Saturday.',
  'Chasing 143, Harbour City stumbled at first, losing both openers inside six overs, before Quill found a willing partner in Priya Dhillon. Their stand of 83 broke the back of the chase.',
  'Earlier it was the slow left-armer Tess Okafor who had done the damage. Figures of three for 19 tell only half of it: she dismissed the two openers within five deliveries and Ridgeway were soon 38 for four.',
  'Nell Sørensen, with 44, was the one batter who refused to go quietly.',
  'Joan Ferris, the winning captain, was close to tears. "We have waited nine years for this and the dressing room is in tears," she said, holding the trophy that her predecessor had last lifted in 2015.',
  'For Ridgeway this is a third lost final in five seasons, and Alan Petrie, their coach, did not look for excuses: they had been 20 short, he reckoned.',
];

/** Three days later: other news, with the match as background in the words of the first report. */
export const FOLLOW_UP = [
  'Mara Quill will miss the Champions Shield after scans showed a stress fracture in her left foot, Harbour City said on Tuesday.',
  'The 26-year-old first felt pain while fielding in the final and batted through it with the help of injections. She is expected to be out of action until the end of February.',
  'Her place in the squad of 15 goes to Imogen Vale, who has played only two matches this season but made a century for the second team last week.',
  '"It is cruel for Mara, and it is a chance for Imogen," said head coach Ruth Adeyemi, who will decide on a new number three after a practice match against the Northern Stars.',
  'Quill made an unbeaten 71 from 49 balls, her highest score in the competition, as Harbour City beat Ridgeway by six wickets with 11 balls to spare.',
  'The champions travel to Port Elgin next month for the Champions Shield, where they have been drawn against the Lowland Lions and the hosts.',
];

/** A preview from one desk's template; only what the template leaves open differs. */
export function preview(match: {
  home: string;
  away: string;
  ground: string;
  day: string;
  captain: string;
  doubt: string;
  first: string;
  wins: number;
}): string {
  const { away, captain, day, doubt, first, ground, home, wins } = match;
  return [
    `${home} meet ${away} at ${ground} on ${day} in the next match of the Coastal League, with play due to begin at ${first}.`,
    `Where to watch: the match will be shown live on Coastal Sports and streamed in the app, with ball-by-ball commentary on our website from half an hour before the start.`,
    `Team news: ${doubt} is a doubt for ${home} with a side strain, while ${captain} returns to lead ${away} after missing the last match.`,
    `Head to head: the sides have met in the league since its first season, and ${home} have won ${wins} of those matches.`,
    `What they said: "We know what they can do and we have prepared well, it should be a good contest," said ${captain}.`,
  ].join('\n');
}

export const PREVIEWS = [
  preview({
    home: 'Harbour City',
    away: 'Ridgeway',
    ground: 'the Breakwater Ground',
    day: '14 May',
    captain: 'Nell Sørensen',
    doubt: 'Tess Okafor',
    first: '14:00',
    wins: 11,
  }),
  preview({
    home: 'Port Elgin',
    away: 'Lowland Lions',
    ground: 'Customs House Park',
    day: '16 May',
    captain: 'Hana Brandt',
    doubt: 'Edie Marsh',
    first: '18:30',
    wins: 4,
  }),
];

export const textOf = (paragraphs: string[]) => paragraphs.join('\n');
