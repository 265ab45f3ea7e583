// What was taken down here is not fetched again: not by a feed's link, not by a redirect, not by hand.
import { BotError } from '../errors.js';
import { canonicalUrl } from './identify.js';
import type { FindRefusal } from './site-rules.js';

/** Whether an address, canonical, was taken down. */
export type IsTakenDown = (canonicalUrl: string) => Promise<boolean>;

/** The site's own rules, asked only for what was not taken down. Error: `taken_down`. */
export function withTakedowns(findRefusal: FindRefusal, isTakenDown: IsTakenDown | undefined): FindRefusal {
  return async (url, signal) => {
    if (await isTakenDown?.(canonicalUrl(url) ?? url)) {
      throw takenDown(url);
    }
    return findRefusal(url, signal);
  };
}

export function takenDown(url: string): BotError {
  return new BotError(
    'taken_down',
    `${url} was taken down here and is not fetched; see: third-umpire articles blocked`,
  );
}
