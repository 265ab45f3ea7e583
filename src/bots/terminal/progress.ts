// Progress of long work on stderr: one bar a name that moves on a terminal, one plain line a name at its end
// elsewhere, so that a log stays readable.
import type { Style } from './style.js';

export interface Progress {
  /** Moves the bar named `name`; total may grow or be unknown. */
  update(
    name: string,
    progress: { done: number; total?: number | undefined; note?: string | undefined },
  ): void;
  /** Draws the last state and lets the cursor stay below. */
  end(): void;
}

const BAR_WIDTH = 24;
const NAME_WIDTH = 34;
const REDRAW_MS = 80;

export function createProgress(write: (text: string) => void, style: Style, now: () => number): Progress {
  const bars = new Map<string, string>();
  let drawn = 0;
  let drawnAt = 0;

  function draw(): void {
    const lines = [...bars.values()];
    write(`${drawn > 0 ? `\u001b[${drawn}A` : ''}${lines.map((line) => `\u001b[2K${line}\n`).join('')}`);
    drawn = lines.length;
    drawnAt = now();
  }

  return {
    update(name, { done, total, note }) {
      const isNew = !bars.has(name);
      bars.set(name, barLine(name, done, total, note, style));
      if (style.isRich && (isNew || done === total || now() - drawnAt > REDRAW_MS)) {
        draw();
      }
    },
    end() {
      if (style.isRich) {
        draw();
      } else {
        write([...bars.values()].map((line) => `${line}\n`).join(''));
      }
      bars.clear();
      drawn = 0;
    },
  };
}

function barLine(
  name: string,
  done: number,
  total: number | undefined,
  note: string | undefined,
  style: Style,
) {
  const label = name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 1)}…` : name.padEnd(NAME_WIDTH);
  const count = total === undefined ? String(done) : `${done}/${total}`;
  const tail = note ? ` ${note}` : '';
  if (!style.isRich) {
    return `${label} ${count}${tail}`;
  }
  const filled = total ? Math.round((BAR_WIDTH * Math.min(done, total)) / total) : 0;
  const bar = style.paint('green', '━'.repeat(filled)) + style.paint('gray', '─'.repeat(BAR_WIDTH - filled));
  return `${label} ${bar} ${count}${style.paint('dim', tail)}`;
}
