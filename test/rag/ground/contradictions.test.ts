// Sentences whose every word stands in the source, and that are wrong all the same, each kind beside true ones.
import { describe, expect, it } from 'vitest';
import { aSource, createChecker } from '../../helpers/grounding.js';

const check = createChecker();

function bearsOut(pairs: [string, string][]) {
  it.each(pairs)('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });
}

function contradicts(pairs: [string, string][]) {
  it.each(pairs)('does not bear out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).not.toEqual([]);
  });
}

describe('the grounding check: figures, days and places moved to another event', () => {
  bearsOut([
    [
      'They won the title in 2022 and reached the final in 2023.',
      'Ash led Harbour to the title in 2022, their first season, and to the final in 2023.',
    ],
    ['The match on the 21st is a day game.', 'The matches are on 19 and 21 December.'],
    ['116 of the players are capped.', 'Among them, 116 have been capped, 215 are uncapped.'],
    ['Vale made 40 in the second innings.', 'Vale made 62 in the first innings and 40 in the second.'],
    ['Vale made 62, and Ash 56.', 'Ash made 56 and Vale 62.'],
  ]);
  contradicts([
    ['They won the title in 2023.', 'They won the title in 2022 and reached the final in 2023.'],
    ['Harbour reached the final in 2022.', 'They won the title in 2022 and reached the final in 2023.'],
    [
      'It is in Nelson on Saturday.',
      'The second match is in Nelson on Wednesday and the third in Napier on Saturday.',
    ],
    ['116 are foreigners.', '119 come from overseas. 116 have been capped.'],
    ['215 players are capped.', '116 have been capped, 215 are uncapped.'],
    [
      'Vale took 5-7 in the second innings.',
      'Vale took 4-32. She had taken 5-7 in the first innings. Harbour made 186 in the second innings.',
    ],
    ['Ash won three and lost two.', 'Ash won two and lost three.'],
    [
      'Vale took his 500th wicket in Sydney.',
      'Vale took his 500th wicket in Perth. The next Test is in Sydney.',
    ],
    ['The second Test starts in Perth.', 'The first Test starts in Perth, the second in Sydney.'],
  ]);
});

describe('the grounding check: who won', () => {
  bearsOut([
    ['Pakistan lost to Australia by 360 runs.', 'Australia beat Pakistan by 360 runs.'],
    [
      "Australia's win over Pakistan came on day four.",
      'Pakistan were beaten by Australia on the fourth day.',
    ],
    ['England Women lost to India by 347 runs.', "India's women beat England by 347 runs."],
    ['Australia, led by Pat Cummins, beat Pakistan.', 'Pakistan lost to Australia, whom Pat Cummins led.'],
    [
      'Pakistan won the second match.',
      'Australia beat Pakistan in the first match. Pakistan won the second.',
    ],
  ]);
  contradicts([
    ['Pakistan beat Australia by 360 runs.', 'Australia beat Pakistan by 360 runs.'],
    ['Australia lost to Pakistan.', 'Australia beat Pakistan by 360 runs.'],
    ['Pakistan won by 360 runs.', 'Australia beat Pakistan by 360 runs.'],
    [
      "Pakistan's win over Australia came on day four.",
      'Pakistan were beaten by Australia on the fourth day.',
    ],
    ['England beat India in the Test.', 'England lost to India in the Test.'],
    ['India beat Australia in the final.', 'Australia are champions. They beat India in the final.'],
    ['Strikers lost the final to Heat.', "Heat's women lost the final of the cup to Adelaide Strikers."],
  ]);
});

describe('the grounding check: roles', () => {
  bearsOut([
    ['Skipper Ash won the toss.', 'Ash, the captain, won the toss.'],
    ['Vale leads the side under head coach Ash.', 'Captain Vale and coach Ash spoke.'],
    ['GT were the underbidders.', 'Gujarat Titans were the last to give up.'],
    ['Gill is the new Gujarat captain.', 'Mumbai name Hardik captain. Gill succeeds him in Gujarat.'],
    ['Wicketkeeper Ash took five catches.', 'Ash took five catches behind the stumps.'],
  ]);
  contradicts([
    ['Gambhir is the captain of Kolkata.', 'Shreyas Iyer is captain of Kolkata and Gambhir its mentor.'],
    ['The skipper at KKR is Gambhir.', 'Vale will play under Shreyas Iyer at KKR, with Gambhir as mentor.'],
    ['Coach Vale spoke.', 'Captain Vale spoke; Ash is the coach.'],
    ['Vice-captain Vale spoke.', 'Captain Vale spoke; Ash is vice-captain.'],
    ['CSK were the underbidders.', 'RCB were the last to give up. CSK had opened the bidding.'],
    ['RCB opened the bidding.', 'RCB were the last to give up. CSK had opened the bidding.'],
    ['MI were the last rivals.', 'Titans were the last rivals after MI had dropped out.'],
  ]);
});

describe('the grounding check: who bought whom', () => {
  bearsOut([
    ['CSK paid 14 crore for Reed.', 'Chennai Super Kings paid 14 crore for Reed and got Thorn for 2 crore.'],
    ['Vale went to Delhi.', 'Vale, the all-rounder, went for the same price to Delhi Capitals.'],
    [
      'KKR had bought Vale before.',
      'Kolkata bought him once before. Vale was with RCB then, who got him cheaply.',
    ],
  ]);
  contradicts([
    [
      'Vale went to Gujarat Titans for two crore.',
      'Gujarat Titans paid two crore for Ash. Vale went for the same price to Delhi Capitals.',
    ],
    ['RCB signed Thorn.', 'Chennai Super Kings signed Thorn. RCB signed Reed.'],
  ]);
});

describe('the grounding check: what follows by a plain sum', () => {
  bearsOut([
    ['Vale was bowled for 90.', 'Vale was bowled ten runs short of a hundred.'],
    ['Vale made 49.', 'Vale missed her own half-century by one run.'],
    ['Harbour have not won there since 1995.', 'Harbour have not won there for 28 years.'],
    ['Each club plays ten matches.', 'The season was cut from fourteen matches a club to ten.'],
    ['Vale and Ash are the two candidates.', 'Joan Vale and Tom Ash are the candidates.'],
    ['Harbour made 136 in reply to 428.', "Harbour made 136. Vale had scored 67 in Valley's 428."],
  ]);
  contradicts([
    ['Vale made a hundred.', 'Vale was left one run short of a hundred.'],
    ['Vale was bowled for 91.', 'Vale was bowled ten runs short of a hundred.'],
    ['Harbour have not won there since 1996.', 'Harbour have not won there for 28 years.'],
    ['Vale and Ash are the three candidates.', 'Joan Vale and Tom Ash are the candidates.'],
  ]);
});

describe('the grounding check: out and not out', () => {
  bearsOut([
    ['Ash made an unbeaten 63.', 'Ash was 63 not out.'],
    ['Ash hit 29*.', 'The unbeaten 29 of Ash took Harbour home.'],
    ['Ash was out for 40.', 'Ash was caught for 40.'],
    ['Vale is left on 499 wickets.', 'Vale has 499 wickets.'],
    ['Vale was bowled by Ash for 12.', 'Ash bowled Vale for 12.'],
    ['Vale was caught behind off Ash.', 'Vale edged Ash to the wicketkeeper.'],
    ['Ash had Vale lbw for 3.', 'Vale was trapped leg before by Ash for 3.'],
  ]);
  contradicts([
    ['Ash made an unbeaten 90.', 'Ash was 63 not out, having made 90 in the first innings.'],
    ['Ash was dismissed for 63.', 'Ash was 63 not out.'],
    ['Vale was bowled by Ash.', 'Vale was caught off Ash.'],
    ['Vale was caught behind off Reed.', 'Vale was caught behind off Ash. Reed took three wickets.'],
    ['Vale made 12 before he edged Reed behind.', 'Vale was caught behind off Ash for 12. Reed took three.'],
    ['Vale was run out for 12.', 'Vale was bowled for 12.'],
    ['Vale fell to Reed for 12.', 'Vale was caught off Ash for 12. Reed took three wickets.'],
  ]);
});

describe('the grounding check: said and denied', () => {
  bearsOut([
    ['Ash is not fit.', 'Ash is not fit to play.'],
    ['Ash will miss the Test.', 'Ash will not play in the Test.'],
    ['Vale last played for Harbour in 2015.', 'Vale has not played for Harbour since 2015.'],
    ['Harbour are yet to win a match.', 'Harbour have not won a match.'],
    ['Vale was not picked.', 'Vale was left out.'],
    ['Vale is unlikely to play.', 'Vale will probably not play.'],
  ]);
  contradicts([
    ['Ash is fit to play.', 'Ash is not fit to play.'],
    ['Ash was not fit to play.', 'Ash was fit to play.'],
    ['Ash will not play in the Test.', 'Ash will play in the Test.'],
    ['Ash will play in the Test.', 'Ash will not play in the Test.'],
    ['Harbour never won the cup.', 'Harbour won the cup in 2019.'],
    ['Ash did not bowl on Sunday.', 'Ash bowled 12 overs on Sunday.'],
    ['India enforced the follow-on.', 'India batted again rather than enforce the follow-on.'],
    ['Ash has retired from Tests.', 'Ash has not retired from Tests.'],
  ]);
});

describe('the grounding check: opposites', () => {
  bearsOut([
    ['Australia elected to bat.', 'Australia won the toss and batted first.'],
    ['The left-armer took 3-40.', 'The left-arm fast bowler took three for 40.'],
    ['Vale was sold for 7 crore.', 'Vale went for 7 crore. Smith was unsold.'],
  ]);
  contradicts([
    ['Ash was sold for 2 crore.', 'Ash went unsold at 2 crore.'],
    ['Australia won the toss.', 'Australia lost the toss.'],
    ['Australia chose to bowl.', 'Australia won the toss and chose to bat.'],
    ['Vale is the youngest player.', 'Vale is the oldest player.'],
    ['Vale is the cheapest buy.', 'Vale is the most expensive buy.'],
    ['Vale was retained by Harbour.', 'Vale was released by Harbour.'],
    ['The right-armer took 3-40.', 'The left-arm fast bowler took three for 40.'],
  ]);
});

describe('the grounding check: the same in another notation', () => {
  bearsOut([
    ['It was on the 19th.', 'It was on 19 December.'],
    ['It begins at 11:30 in the morning.', 'It begins at 11.30 am.'],
    ["It begins at seven o'clock at night.", 'It begins at 19:00.'],
    ['It begins at 6 pm.', 'It is on Sunday, from six in the evening.'],
    ['It begins in June with 24 balls.', 'It begins in June with two dozen balls.'],
    ['Announced on 8 May, it begins in June.', 'It was made known on 8 May and begins in June.'],
    ['Vale made 72 not out off 46 balls.', "Vale's undefeated 72 came off 46 balls."],
    ['Proceedings begin at noon.', 'It begins at noon.'],
    ['Rumours say Vale will retire.', 'Vale is said to retire.'],
    ['SKY made a hundred.', 'Suryakumar made a hundred.'],
    ['The India Under-19s won.', 'India won the Under-19 World Cup.'],
    ['He needed four more wickets for 500.', 'He was four wickets short of 500.'],
    ['DC have 20cr for nine players.', 'Delhi have nine places to fill and 20 crore to spend.'],
  ]);
  contradicts([
    ['It was on the 18th.', 'It was on 19 December.'],
    ['It begins at 11:30 in the evening.', 'It begins at 11.30 am.'],
    ['SKY made a hundred.', 'Rohit Sharma made a hundred.'],
    ['The India Under-19s won.', "India won the Women's World Cup."],
    ['He needed five more wickets for 500.', 'He was four wickets short of 500.'],
    ['DC have 20cr for eight players.', 'Delhi have nine places to fill and 20 crore to spend.'],
    ['It was his 19th ball.', 'It was on 19 December.'],
  ]);
});
