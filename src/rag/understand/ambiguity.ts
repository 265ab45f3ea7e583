// When a name stands for several (India's men or women, two players called Marsh) and nothing in the question or
// the thread tells which, the core asks back. Rarely: only when the reports found hold several of them, each in a
// report of its own that answers to every word of the question as well as the others do.
import type { Passage } from '../../domain.js';
import { coverage } from '../evidence/sentence-features.js';
import { storyOf } from '../retrieve/cap.js';
import type { Entity } from './entities.js';
import { sidesIn } from './side.js';
import { stems } from './terms.js';
import type { Query } from './understand.js';

/** Passages that are looked at, from the top. */
const NEAR_TOP = 6;
/** Share of the best passage's score that a rival must reach, and share of the question's weight that it must hold. */
const RIVAL = {
  // One name in two reports: retrieval cannot tell them apart but by chance words.
  namesake: { score: 0.3, coverage: 0.95 },
  side: { score: 0.85, coverage: 0.85 },
};

/** What the question may mean, the likeliest first; [] = it is clear, or the evidence is. */
export function choicesOf(query: Query, passages: Passage[]): string[] {
  // The news of a team may be those of its men and its women: each story says whose it is.
  if (query.parts.length > 0 || query.weights.size === 0 || query.answerType === 'news') {
    return [];
  }
  const rivals = rivalsOf(query, passages, RIVAL.namesake);
  const [names] = query.entities
    .map((entity) => namesakes(entity, rivals))
    .filter(({ length }) => length > 0);
  return names ?? teamsBySide(query, rivalsOf(query, passages, RIVAL.side));
}

function rivalsOf(query: Query, passages: Passage[], least: { score: number; coverage: number }): Passage[] {
  return passages
    .slice(0, NEAR_TOP)
    .filter(({ score }) => score >= least.score * (passages[0]?.score ?? 0))
    .filter(({ text, title }) => coverage(query, stems(`${title} ${text}`)) >= least.coverage);
}

/** Bearers of the entity's name, each of whom some rival speaks of alone. */
function namesakes({ name, others = [] }: Entity, rivals: Passage[]): string[] {
  const bearers = [name, ...others];
  const spokenOf = rivals.map(({ text, title }) =>
    bearers.filter((bearer) => `${title} ${text}`.toLowerCase().includes(bearer.toLowerCase())),
  );
  const alone = new Set(spokenOf.flatMap((found) => (found.length === 1 ? found : [])));
  return alone.size > 1 ? bearers.filter((bearer) => alone.has(bearer)) : [];
}

/** "India women", "India men": when the best reports are on different sides and only a team is named. */
function teamsBySide({ entities, sides, windows }: Query, rivals: Passage[]): string[] {
  const [team] = entities.filter(({ kind }) => kind === 'team');
  const isSettled = sides.length > 0 || windows.length > 0 || entities.some(({ kind }) => SETTLES.has(kind));
  if (!team || isSettled) {
    return [];
  }
  const stories = new Map(rivals.map((passage) => [storyOf(passage), passage]));
  const found = [...stories.values()].map(({ text, title }) => sidesIn(`${title} ${text}`));
  const alone = new Set(found.flatMap((each) => (each.size === 1 ? [...each] : [])));
  return alone.size > 1 ? [...alone].map((side) => `${team.name} ${side}`) : [];
}

/** Kinds of names that tell which side is meant, or that play alone. */
const SETTLES = new Set<Entity['kind']>(['person', 'league', 'trophy', 'club', 'ground']);

/** The question back in one line. */
export function choiceQuestion(choices: string[]): string {
  return `Which do you mean: ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}?`;
}
