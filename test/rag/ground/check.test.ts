import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { splitSentences } from '#src/rag/evidence/sentences.js';
import { aSource, createChecker, sampleArticles } from '../../helpers/grounding.js';

const check = createChecker();

describe('the grounding check', () => {
  // [sentence, passage]
  it.each([
    // Scores, figures, counts
    ['Vale took 5/43.', 'Vale took five for 43.'],
    ['Vale took 5-43.', 'Vale took five wickets for 43 runs.'],
    ['Harbour were 132/2.', 'Harbour were 132 for two at the close.'],
    ['Harbour reached 254-8.', 'Harbour made 254 for the loss of eight wickets.'],
    ['The openers reached 50/0.', 'The openers had put on 50 without loss.'],
    ['Harbour won by 6 wickets.', 'Harbour completed a six-wicket victory.'],
    ['Harbour won the series 4-1.', 'Harbour won the series by four matches to one.'],
    ['About 18400 people came.', 'There were 18,400 people there.'],
    ['He has a strike rate of 45%.', 'His strike rate is 45 per cent.'],
    ['Twenty-three players are in.', 'There are 23 players.'],
    ['It was the 2nd match.', 'It was the second match.'],
    ['He took his 500th wicket.', 'He now has 500 wickets.'],
    ['England fell on the third day.', 'England were all out on day three.'],
    ['Vale made a half-century.', 'Vale made 62 from 70 balls.'],
    ['Vale scored a century.', 'Vale made a hundred.'],
    ['Vale fell for 0.', 'Vale was out for a duck.'],
    ['Quill batted at No. 4.', 'Quill batted at number four.'],
    ['It is the 2023-24 season.', 'The season of 2023/24 begins.'],
    // Money
    ['Starc cost Rs 24.75 crore.', 'They paid 24.75 crore rupees for Starc.'],
    ['Starc cost ₹24.75 crore.', 'Starc cost 24.75 cr.'],
    ['The fee was 18 crore.', 'Bids of between 18 and 20 crore came in.'],
    ['It cost £2m.', 'It cost two million pounds.'],
    // Dates and hours; the passage is written on Tuesday, 19 December 2023
    ['It starts on Dec 19.', 'It starts on 19 December.'],
    ['It starts on 2023-12-19.', 'It starts on Tuesday.'],
    ['It began on 18 December 2023.', 'It began yesterday.'],
    ['The games are on Dec 19 and Dec 21.', 'The games are on 19 and 21 December.'],
    ['He retired in 2022.', 'He retired last year.'],
    ['It begins in March 2024.', 'The season of 2024 begins in March.'],
    ['It starts on December 26th.', 'It starts on Boxing Day.'],
    ['Play starts at 1.30 pm.', 'Play starts at 13:30.'],
    ['Harbour won today.', 'Harbour won on Tuesday.'],
    // Names
    ['Pat Cummins was there.', 'Cummins was there.'],
    ['P. Cummins was there.', 'Pat Cummins was there.'],
    ['K.L. Rahul kept wicket.', 'KL Rahul kept wicket.'],
    ['Mitch Marsh bowled.', 'Mitchell Marsh bowled.'],
    ['RCB let him go.', 'Royal Challengers Bangalore let him go.'],
    ['The Proteas lost.', 'South Africa lost.'],
    ['The Australians won.', 'Australia won.'],
    ['They met at Perth Stadium.', 'They met in Perth.'],
    ['The MCC agreed.', 'The Marylebone Cricket Club agreed.'],
    ['Debutant Vale bowled.', 'Vale bowled on his debut.'],
    // Quotations
    ['Vale said it was "a good day".', '“It was a good day,” said Vale.'],
    ["Vale called it 'the best … in years'.", 'Vale called it "the best win in years".'],
  ])('bears out: %s', (sentence, passage) => {
    expect(check(sentence, [aSource(passage)])).toEqual([]);
  });

  it.each([
    ['Vale took 5/34.', 'Vale took five for 43.', '5 / 34'],
    ['Vale took six wickets.', 'Vale took five wickets and hit six fours.', 'six'],
    ['Vale made 50.', 'Vale made a half-century.', '50'],
    ['Harbour won 1-2.', 'Harbour won 2-1.', '1 - 2'],
    ['It was the third match.', 'Three players missed the second match.', 'third'],
    ['Starc cost 24.75 lakh.', 'Starc cost 24.75 crore.', '24.75 lakh'],
    ['It cost $2m.', 'It cost £2m.', '2 m'],
    ['Ash conceded six runs.', 'Harbour won by six runs, and Ash conceded three.', 'six'],
    ['It starts on 20 December.', 'It starts on 19 December.', '20 December'],
    ['It starts on 19 December 2022.', 'It starts on Tuesday.', '19 December 2022'],
    ['It starts on Wednesday.', 'It starts on Tuesday.', 'Wednesday'],
    ['Harbour won yesterday.', 'Harbour won today.', 'yesterday'],
    ['Play starts at 2 pm.', 'Play starts at 1 pm.', '2 pm'],
    ['Pat Starc was there.', 'Mitchell Starc was there with Pat Cummins.', 'Pat Starc'],
    ['Pat Starc was there.', 'Starc was there with Pat Cummins.', 'Pat Starc'],
    ['MI let him go.', 'Royal Challengers Bangalore let him go.', 'MI'],
    ['They met at Sydney Stadium.', 'They met in Perth.', 'Sydney Stadium'],
    ['Hazlewood took a catch.', 'Starc took a catch.', 'Hazlewood'],
    ['Vale said it was "a bad day".', '"It was a good day," said Vale.', 'a bad day'],
    ['Ash made 56.', 'Ash made 62, and the captain Joan Vale made 56.', '56'],
    [
      'At 24 crore Ash was the dearest.',
      'Vale went to Harbour for 24 crore, and Ash to Valley for 20.',
      '24 crore',
    ],
  ])('does not bear out: %s', (sentence, passage, claim) => {
    expect(check(sentence, [aSource(passage)])).toContain(claim);
  });

  it('takes what several sources say together', () => {
    const sources = [aSource('Vale took five for 43.'), aSource('Harbour won by six wickets.')];

    expect(check('Vale took 5/43 as Harbour won by 6 wickets.', sources)).toEqual([]);
  });

  it('lets words before a name open a sentence', () => {
    const source = aSource('Rain ended play. Vale was chasing 212.');

    expect(check('Chasing 212, Vale was stopped by rain.', [source])).toEqual([]);
    expect(check('However, Rain stopped Vale.', [source])).toEqual([]);
  });

  it('counts title, publisher and day of the article as its own', () => {
    const source = aSource('They won it.', { title: 'Vale leads Harbour', publisher: 'The Example Times' });

    expect(check('Vale led Harbour on Tuesday, The Example Times says.', [source])).toEqual([]);
  });

  it('reads "today" in a sentence as the day of the answer', () => {
    const source = aSource('Harbour won on Tuesday.');

    expect(createChecker('2023-12-20T09:00:00Z')('Harbour won today.', [source])).toEqual(['today']);
    expect(createChecker('2023-12-20T09:00:00Z')('Harbour won yesterday.', [source])).toEqual([]);
  });

  it('stays fast on long and hostile text', () => {
    const source = aSource(`${'Vale '.repeat(2000)}${'5-'.repeat(2000)}${'"'.repeat(999)}`);
    // Time of this process, not of the machine: what else runs there does not count.
    const started = process.cpuUsage();

    check(`${'A '.repeat(500)}${'9 for '.repeat(300)}"${"'".repeat(300)}`, [source]);

    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
  });
});

describe('the grounding check on the sample news', () => {
  const articles = sampleArticles();

  it('bears out every sentence of an article, whatever follows it', () => {
    const lost = [...articles.values()].flatMap((source) =>
      splitSentences(source.context)
        .map((sentence) => sentence.trim())
        .filter((sentence) => check(`${sentence} indeed`, [source]).length > 0),
    );

    expect(lost).toEqual([]);
  });

  const paraphrases: { article: string; sentences: string[] }[] = parse(
    readFileSync('test/rag/ground/paraphrases.yaml', 'utf8'),
  );

  it('bears out what is told in other words, and nothing when a figure is changed', () => {
    let changed = 0;
    const missed: string[] = [];
    for (const { article, sentences } of paraphrases) {
      const source = articles.get(article) ?? aSource('');
      for (const sentence of sentences) {
        expect(check(sentence, [source])).toEqual([]);
        for (const { 0: figure, index } of sentence.matchAll(/(?<![\w.])\d{2,3}(?![\w.])/g)) {
          const other = String(Number(figure) + 4);
          if (!source.context.includes(other)) {
            changed += 1;
            const wrong = sentence.slice(0, index) + other + sentence.slice(index + figure.length);
            missed.push(...(check(wrong, [source]).length > 0 ? [] : [wrong]));
          }
        }
      }
    }

    expect(changed).toBeGreaterThan(60);
    expect(missed).toEqual([]);
  });

  it('catches 98 of 100 changes of the open half of the blind set and loses at most 3 of 100', () => {
    const { now, pairs } = parse(readFileSync('test/rag/grounding-pairs.yaml', 'utf8'));
    const checkPair = createChecker(now);
    const rate = (isSupported: boolean) => {
      const half = pairs.filter(({ supported }: { supported: boolean }) => supported === isSupported);
      const flagged = half.filter(
        ({ passage, publishedAt, publisher, sentence, title }: Record<string, string>) => {
          const written = new Date(publishedAt as string).toISOString();
          const source = aSource(passage as string, {
            title: title as string,
            publisher: publisher as string,
            publishedAt: written,
          });
          return checkPair(sentence as string, [source]).length > 0;
        },
      );
      return flagged.length / half.length;
    };

    expect(rate(false)).toBeGreaterThanOrEqual(0.98);
    expect(rate(true)).toBeLessThanOrEqual(0.03);
  });
});
