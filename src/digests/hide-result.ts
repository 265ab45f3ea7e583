// A story for readers who do not want to know the result yet: which match it was, and nothing of how it went.
import type { GameName } from './follow.js';

const MATCH =
  /\b(?:(?:first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th) )(?:test|odi|one-day international|t20i?|twenty20 international)\b|\b(?:quarter|semi)-final\b/i;

/** "Result: South Africa v India, second ODI", as the text itself names them; `names` are those of the text. */
export function matchLine(text: string, names: GameName[]): string {
  const said = (kinds: string[]) => [
    ...new Map(
      names.filter(({ kind }) => kinds.includes(kind)).map((name) => [name.name, name.said]),
    ).values(),
  ];
  const [one, other] = said(['team', 'club']);
  const [event] = said(['league', 'trophy']);
  const match = MATCH.exec(text)?.[0];
  const sides = one && other ? `${one} v ${other}` : one;
  const parts = [sides, match ?? (sides ? undefined : event)].filter(Boolean);
  return parts.length > 0 ? `Result: ${parts.join(', ')}` : NAMELESS_RESULT;
}

/** Where nothing may be named. */
export const NAMELESS_RESULT = 'Result of a match';
