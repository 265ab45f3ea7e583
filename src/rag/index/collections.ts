// Which of Chroma's collections answers. A row in the store names it: all replicas go by that row. A rebuild fills a
// collection of its own beside it, the row is switched in one step, and the former one goes when no replica can be using
// it any more. Each change compares and sets, so of two at once one begins anew with what the other one wrote.

export interface Collections {
  /** Answers. */
  current: string;
  /** Being filled by a rebuild. */
  next?: string | undefined;
  /** Answered before, and until when (ISO 8601) they are kept. */
  old: { name: string; until: string }[];
}

/** Values in the store that are compared and set. */
export interface Switches {
  value(name: string): Promise<string | undefined>;
  /** False = it is not `from` (undefined = not set) any more. */
  change(name: string, from: string | undefined, to: string): Promise<boolean>;
}

export interface CollectionsRow {
  read(): Promise<Collections>;
  /** Gives the collection that a rebuild fills: a new one, or the one of a rebuild that is under way or was killed. */
  begin(): Promise<string>;
  /** Lets `next` answer. False = it answers already, or is nobody's any more. */
  finish(next: string): Promise<boolean>;
  /** Those whose time is over. */
  outdated(): Promise<string[]>;
  /** After they were removed. */
  forget(names: string[]): Promise<void>;
}

/** Replicas look at the row each minute, and a question that is under way ends within two. */
const KEPT_MS = 10 * 60_000;

/** `first` names the collection where there is no row yet, `make` gives a name that nobody has. */
export function createCollectionsRow(
  switches: Switches,
  row: string,
  { first, make, now }: { first: () => Promise<string>; make: () => string; now: () => Date },
): CollectionsRow {
  async function readText(): Promise<string> {
    const text = await switches.value(row);
    if (text !== undefined) {
      return text;
    }
    await switches.change(row, undefined, JSON.stringify({ current: await first(), old: [] }));
    return readText();
  }
  const parse = (text: string) => JSON.parse(text) as Collections;

  /** Undefined from `change` = it is well as it is. */
  async function update(change: (now: Collections) => Collections | undefined): Promise<boolean> {
    while (true) {
      const text = await readText();
      const changed = change(parse(text));
      if (!changed) {
        return false;
      }
      if (await switches.change(row, text, JSON.stringify(changed))) {
        return true;
      }
    }
  }

  return {
    read: async () => parse(await readText()),

    async begin() {
      await update((all) => (all.next === undefined ? { ...all, next: make() } : undefined));
      const { current, next } = parse(await readText());
      return next ?? current;
    },

    finish(next) {
      const until = new Date(now().getTime() + KEPT_MS).toISOString();
      return update(({ current, next: awaited, old }) =>
        awaited === next ? { current: next, old: [...old, { name: current, until }] } : undefined,
      );
    },

    async outdated() {
      const { old } = parse(await readText());
      return old.filter(({ until }) => until <= now().toISOString()).map(({ name }) => name);
    },

    async forget(names) {
      await update((all) => ({ ...all, old: all.old.filter(({ name }) => !names.includes(name)) }));
    },
  };
}
