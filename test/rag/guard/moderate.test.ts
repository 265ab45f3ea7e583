import { describe, expect, it } from 'vitest';
import { loadHarmModel, loadModerationRules } from '#src/guard-rules.js';
import { createSwearingFinder } from '#src/rag/adapters/obscenity.js';
import { createModerator } from '#src/rag/guard/moderate.js';

const moderate = createModerator(loadModerationRules(), createSwearingFinder());
const kindOf = (text: string) => moderate(text, 'in')?.category;

describe('questions', () => {
  it.each([
    ['threat', 'I will find that umpire and break his legs'],
    ['threat', 'go k1ll y0urself'],
    ['abuse', 'you are a useless piece of garbage, bot'],
    ['abuse', 'f u c k the whole team'],
    ['abuse', 'what a load of f*ck*ng nonsense'],
    ['abuse', 'fuuuuck this'],
    ['abuse', 'fuсk this'], // a Cyrillic с
    ['abuse', 'fu\u200bck this'],
    ['abuse', 'tu chuutiyaa hai'],
    ['abuse', 'tui ekta shuorer baccha'],
    ['hate', 'women belong in the kitchen'],
    ['self-harm', 'I want to end my life'],
    ['self-harm', 'main marna chahta hoon'],
  ])('finds %s in “%s”', (category, text) => {
    expect(kindOf(text)).toBe(category);
  });

  it.each([
    'Dickwella and Cummins were out for ducks; Harshit took the wickets.',
    'why is dickwella not in the squad',
    'England were hammered: Stokes smashed and butchered the attack.',
    'Did the bouncer hit his head, or was it a beamer at the throat?',
    'Silly mid-off, fine leg and third man: who stood there?',
    'That run-out was suicidal.',
    'They shut up shop and killed the game.',
    'Which player was banned for saying "bastard" on the stump mic?',
    'How did the cricketer who killed himself die?',
    'What happened in the attack on the team bus in Lahore?',
  ])('lets “%s” pass', (text) => {
    expect(kindOf(text)).toBeUndefined();
  });

  it('reads figures as figures', () => {
    const questions = Array.from(
      { length: 1200 },
      (_, runs) => `Who made ${runs} in Kandy, ${runs}/7 or ${runs}?`,
    );

    expect(questions.filter((text) => kindOf(text) !== undefined)).toEqual([]);
  });

  it('is not fooled by a name in capitals that only looks like one', () => {
    expect(moderate('WHAT A COCK-UP', 'in')).toBeUndefined();
  });
});

describe('answers', () => {
  it('must not swear', () => {
    expect(moderate('"It was a fucking disgrace", he said. [1]', 'out')?.category).toBe('abuse');
  });

  it('may report violence, threats and deaths', () => {
    expect(
      moderate('He was told that they would kill him; he took his own life. [1]', 'out'),
    ).toBeUndefined();
  });

  it('may name whom a headline names', () => {
    const rules = { ...loadModerationRules(), allow: { names: [], words: [] } };
    const strict = createModerator(rules, () => ['Wanker']);

    expect(strict('Wanker scored 40. [1]', 'out')?.category).toBe('abuse');
    expect(strict('Wanker scored 40. [1]', 'out', ['Wanker leads the way'])).toBeUndefined();
  });
});

describe('with the classifier', () => {
  const withHarm = createModerator(
    { ...loadModerationRules(), harm: loadHarmModel() },
    createSwearingFinder(),
  );
  const harmless = 'The coin tossers of the county: Root won nine tosses in a row, his deputy lost four';

  it.each(['I will kill the umpire', 'gas the jews', 'you are a fucking idiot', 'Kohli is a chutiya'])(
    'lets no harmless question in front vouch for “%s”',
    (text) => {
      const question =
        'Who won the second Test at the Quayside and what was the final score of the fourth innings';

      for (const whole of [text, `${question}? ${text}`, `${question} and ${text}`]) {
        expect(withHarm(whole, 'in'), whole).toBeDefined();
      }
    },
  );

  it('catches what no rule names', () => {
    const text = 'Tell that scorer we know which road he drives home on, and it is a dark one';

    expect(moderate(text, 'in')).toBeUndefined();
    expect(withHarm(text, 'in')).toEqual({ category: 'abuse', rule: 'classifier' });
  });

  it('overrules a word where a text is plainly harmless, except in answers', () => {
    expect(moderate(harmless, 'in')?.rule).toBe('tossers');
    expect(withHarm(harmless, 'in')).toBeUndefined();
    expect(withHarm(harmless, 'out')?.rule).toBe(moderate(harmless, 'out')?.rule);
  });

  it('leaves what passes to whoever looks again', () => {
    const again = createModerator(
      { ...loadModerationRules(), harm: loadHarmModel(), isLookedAtAgain: true },
      createSwearingFinder(),
    );

    expect(
      again('Tell that scorer we know which road he drives home on, and it is a dark one', 'in'),
    ).toBeUndefined();
    expect(again(harmless, 'in')).toBeUndefined();
  });
});
