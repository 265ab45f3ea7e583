// What happens in threads at the moment, told to the pages that look at them. Lines of status and lines for one person
// live here alone: they are gone with the process, as they would be with the moment.
import type { ThreadEvent } from './views.js';

export interface Watcher {
  thread: string;
  user: string;
  tell(event: ThreadEvent): void;
}

export interface Live {
  /** Gives what ends it; undefined = too many look already. What stands at the moment is told at once. */
  watch(watcher: Watcher): (() => void) | undefined;
  /** `onlyFor` absent = everybody in the thread. */
  tell(thread: string, event: ThreadEvent, onlyFor?: string): void;
  /** Lines of status and notices that a user sees in a thread now. */
  standing(thread: string, user: string): ThreadEvent[];
}

const MOST_WATCHERS = 500;
const MOST_THREADS = 1000;
const MOST_NOTICES = 20;

interface Standing {
  statuses: Map<string, ThreadEvent>;
  notices: { event: ThreadEvent; onlyFor: string | undefined }[];
}

export function createLive(): Live {
  const watchers = new Set<Watcher>();
  const threads = new Map<string, Standing>();

  function standingOf(thread: string): Standing {
    const known = threads.get(thread) ?? { statuses: new Map(), notices: [] };
    // The latest last; the oldest goes.
    threads.delete(thread);
    threads.set(thread, known);
    for (const oldest of threads.size > MOST_THREADS ? threads.keys() : []) {
      threads.delete(oldest);
      break;
    }
    return known;
  }

  function keep(thread: string, event: ThreadEvent, onlyFor: string | undefined): void {
    if (event.type === 'notice') {
      const standing = standingOf(thread);
      standing.notices = [...standing.notices, { event, onlyFor }].slice(-MOST_NOTICES);
    } else if (event.type === 'status') {
      const { statuses } = standingOf(thread);
      statuses.delete(event.questionId);
      if (event.text !== '') {
        statuses.set(event.questionId, event);
      }
    }
  }

  function standing(thread: string, user: string): ThreadEvent[] {
    const { notices, statuses } = threads.get(thread) ?? { notices: [], statuses: new Map() };
    const own = notices.filter(({ onlyFor }) => onlyFor === undefined || onlyFor === user);
    return [...own.map(({ event }) => event), ...statuses.values()];
  }

  return {
    standing,
    watch(watcher) {
      if (watchers.size >= MOST_WATCHERS) {
        return undefined;
      }
      watchers.add(watcher);
      for (const event of standing(watcher.thread, watcher.user)) {
        watcher.tell(event);
      }
      return () => watchers.delete(watcher);
    },
    tell(thread, event, onlyFor) {
      keep(thread, event, onlyFor);
      for (const watcher of watchers) {
        if (watcher.thread === thread && (onlyFor === undefined || onlyFor === watcher.user)) {
          watcher.tell(event);
        }
      }
    },
  };
}
