// Pairs of a sentence and a passage for claims that depend on what stands around them.
import { describe, expect, it } from 'vitest';
import { aSource, createChecker } from '../../helpers/grounding.js';

const check = createChecker();

describe('the grounding check: towns for clubs and grounds', () => {
  it.each([
    ['Perth chased it with ease.', 'The Scorchers chased it with ease.'],
    ['Sydney lost again.', 'It was the third defeat in a row for the Thunder.'],
    ['The Hurricanes won.', 'Hobart won by ten runs.'],
    ['Bombay paid most.', 'MI paid most.'],
    ['The match is in London.', "The match is at Lord's."],
    ['The match was played in Ahmedabad.', 'They met at the Narendra Modi Stadium.'],
  ])('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });

  it.each([
    ['The Hurricanes won.', 'They met in Hobart, where the visitors won.'],
    ['Hobart won.', 'The Scorchers won.'],
    ['Delhi paid most.', 'KKR paid most.'],
    ['Chennai paid most.', 'Mumbai Indians paid most.'],
  ])('does not bear out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).not.toEqual([]);
  });
});

describe('the grounding check: days in figures', () => {
  it.each([
    ['It lasts from 5/11 to 9/11.', 'It lasts from 5 to 9 November.'],
    ['It begins on 11/14.', 'It begins on 14 November.'],
    ['It begins on 3/8 in Galle.', 'It begins on 3 August in Galle.'],
    ['It begins on 14-Nov.', 'It begins on 14 November.'],
    ['It begins on 14/11/23.', 'It begins on 14 November 2023.'],
    ['It begins on 11/14/2023.', 'It begins on 14 November 2023.'],
    ['Vale took 3/8.', 'Vale took three for eight.'],
    ['Vale finished with 6/34.', 'Vale took 6-34.'],
  ])('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });

  it.each([
    ['It begins on 15/11.', 'It begins on 14 November.'],
    ['It begins on 14/10.', 'It begins on 14 November.'],
    ['Vale took 3/8.', 'Vale took 2-8 on 3 August.'],
  ])('does not bear out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).not.toEqual([]);
  });
});

describe('the grounding check: places in a count', () => {
  it.each([
    [
      'Number 300 was Thorn, bowled by a yorker.',
      'Vale took his 300th wicket when he had Thorn bowled by a yorker.',
    ],
    ['Victim number 300 was Thorn.', 'Vale had Thorn as the 300th.'],
    ['No. 300 was Thorn.', "Vale's 300th victim was Thorn."],
    ['Number 300 came in Galle.', 'The 300th came in Galle.'],
    ['The last wicket fell in the 47th over.', 'They were all out in 46.3 overs.'],
    ['Vale made his 23rd Test century.', 'Vale made his 23rd hundred in Tests.'],
    ['It was the third one-day match.', 'It was the third ODI.'],
    ['It was the 5th wicket.', 'It was the fifth victim for Vale.'],
  ])('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });

  it.each([
    ['Number 400 was Thorn.', 'Vale took his 300th wicket when he had Thorn bowled.'],
    ['Number 300 was Reed.', 'Vale took his 300th wicket when he had Thorn bowled.'],
    ['The last wicket fell in the 48th over.', 'They were all out in 46.3 overs.'],
    ['Vale played his 100th Test.', 'Vale played his 100th ODI, and 34 Tests.'],
    ["It was Vale's 11th over.", 'It was the 11th ball.'],
    ['It was the third T20.', 'It was the third ODI.'],
  ])('does not bear out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).not.toEqual([]);
  });
});

describe('the grounding check: innings', () => {
  it.each([
    [
      'Vale took nine in the match, five of them for 61 in the second innings.',
      'Vale had match figures of nine wickets: 4-70 and 5-61.',
    ],
    ['Vale took 5-61 in the second innings.', 'Vale claimed 5-61 in the fourth innings.'],
    [
      'Vale took 5-61 in the second innings.',
      'Vale took four in the first innings and followed it with 5-61.',
    ],
    ['Vale made 61 in the third innings.', 'Vale made 61 in their second innings.'],
  ])('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });

  it.each([
    ['Vale took 5-61 in the second innings.', 'Vale took 5-61 in the first innings and 4-70 in the next.'],
    ['Vale took 5-62 in the second innings.', 'Vale took 5-61 in the fourth innings.'],
    ['Vale made 61 in the fourth innings.', 'Vale made 61 in the first innings.'],
  ])('does not bear out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).not.toEqual([]);
  });
});

describe('the grounding check: a figure told twice', () => {
  it.each([
    [
      'Vale made 48 and an unbeaten 48.',
      'Vale made 48 in the first innings. He was left on 48 in the second.',
    ],
    ['Vale made 48 and 48 not out.', 'Vale made 48 in both innings and was unbeaten in the second.'],
    ['Vale made 48, and the 48 came off 30 balls.', 'Vale made 48 off 30 balls.'],
    ['Vale hit five fours and five sixes.', 'Vale hit 5 fours and 5 sixes.'],
    ['Ash made 48 and Vale 48.', 'Ash and Vale made 48 apiece.'],
  ])('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });

  it.each([
    [
      'Vale was the best player with his 48 and an unbeaten 48.',
      'Vale was the best player after 48 and 63 not out.',
    ],
    ['Vale made 48 and 48.', 'Vale made 48. The side got 200.'],
    ['Vale took 3-40 and 3-40.', 'Vale took 3-40 and 2-71.'],
  ])('does not bear out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).not.toEqual([]);
  });
});

describe('the grounding check: what a number counts', () => {
  it.each([
    ['They picked two bowlers.', 'They picked two spinners and six batters.'],
    ['Vale has 4 ODI wickets.', 'Vale has four wickets in ODIs.'],
    ['Vale has played 3 one-dayers.', 'Vale has played 3 ODIs and 8 Tests.'],
    ['Vale won 3 matches of five.', 'Vale won three of the five matches.'],
    ['Vale is 31 years old.', 'Vale, 31, has been there for five years.'],
    ['Harbour won 3 matches.', 'Harbour won the series 3-2.'],
    ['He has 40 Test runs.', 'He has 40 runs.'],
    [
      'Australia play three one-dayers and three T20s.',
      'Australia play three one-day matches and three T20s.',
    ],
  ])('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });

  it.each([
    [
      'The quick had taken nothing in his last 3 ODIs.',
      'The quick had taken nothing in his last five ODIs. He took 3-40 here.',
    ],
    [
      'The quick had taken nothing in his last 3 ODIs.',
      'The quick had taken nothing in his last five ODIs, before three Tests.',
    ],
    [
      'The quick had taken nothing in his last 3 ODIs.',
      'The quick had taken nothing in his last five ODIs. He bowled 3 to Thorn.',
    ],
    ['Vale has played 3 Tests.', 'Vale has played 3 ODIs and 8 Tests.'],
    ['Vale has been in the side for 7 years.', 'Vale, 29, has been in the side for five years. He wears 7.'],
    ['Harbour have 6 points.', 'Harbour have 8 points. Valley have won 6.'],
    ['Vale took 4 catches.', 'Vale took two catches. He made 4.'],
    ['They picked four batters.', 'They picked four bowlers and six batters.'],
  ])('does not bear out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).not.toEqual([]);
  });
});
