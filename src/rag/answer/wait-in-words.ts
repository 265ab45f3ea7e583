// A place in a queue as people say it.
import type { Wait } from '../ports.js';

const NUMBERS = 'No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve'.split(' ');
/** From here on minutes are nearer to what is known than seconds. */
const LONG_SECONDS = 90;

/** "Two questions before yours, about 20 s." */
export function waitInWords({ ahead, seconds }: Wait): string {
  const place =
    ahead === 0
      ? 'Yours is the next question'
      : `${NUMBERS[ahead] ?? ahead} ${ahead === 1 ? 'question' : 'questions'} before yours`;
  return `${place}${seconds === undefined ? '' : `, about ${roughly(seconds)}`}.`;
}

/** As exact as an estimate may be: to 5 s above ten, to minutes above a minute and a half. */
function roughly(seconds: number): string {
  if (seconds > LONG_SECONDS) {
    return `${Math.round(seconds / 60)} min`;
  }
  return `${seconds > 10 ? Math.round(seconds / 5) * 5 : seconds} s`;
}
