// How fast a download is and when it ends, from its last seconds: what an hour ago was says nothing about now.

export interface Rate {
  /** "MB · 84 MB/s · 5 min left", to stand behind "1234/28500". */
  note(done: number, total: number | undefined): string;
}

const WINDOW_MS = 10_000;

/** `now` is monotonic, in ms. */
export function createRate(now: () => number): Rate {
  const seen: { at: number; done: number }[] = [];
  return {
    note(done, total) {
      const at = now();
      // What lay there before was not fetched now.
      if (done < (seen.at(-1)?.done ?? 0)) {
        seen.length = 0;
      }
      seen.push({ at, done });
      while (seen.length > 2 && at - (seen[0]?.at ?? at) > WINDOW_MS) {
        seen.shift();
      }
      const first = seen[0] ?? { at, done };
      const perSecond = at > first.at ? ((done - first.done) / (at - first.at)) * 1000 : 0;
      const parts = ['MB', perSecond > 0 ? `${(perSecond / 1e6).toFixed(perSecond < 1e7 ? 1 : 0)} MB/s` : ''];
      const left = total !== undefined && perSecond > 0 ? (total - done) / perSecond : undefined;
      return [...parts, left === undefined || left < 1 ? '' : `${inWords(left)} left`]
        .filter(Boolean)
        .join(' · ');
    },
  };
}

function inWords(seconds: number): string {
  if (seconds < 90) {
    return `${Math.ceil(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
