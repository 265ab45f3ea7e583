// Small plots as inline SVG, each with its figures in words for those who do not see it.
import { el, svg } from './dom.js';

/** Bars, one a day; the last one is today. */
export function sparkline(values: number[]): Element {
  const most = Math.max(1, ...values);
  const bars = values.map((value, i) => {
    const height = value === 0 ? 1 : Math.max(2, (value / most) * 24);
    return svg('rect', {
      x: i * 8,
      y: 26 - height,
      width: 6,
      height,
      rx: 1,
      class: value === 0 ? 'none' : 'bar',
    });
  });
  const total = values.reduce((sum, value) => sum + value, 0);
  const label = `New articles of ${values.length} days: ${total} in all, ${values.at(-1) ?? 0} today, at most ${Math.max(0, ...values)} a day`;
  return svg(
    'svg',
    { viewBox: `0 0 ${values.length * 8} 26`, class: 'spark', role: 'img', 'aria-label': label },
    ...bars,
  );
}

/** The value below which the share lies, of values in any order; 0 of none. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** "820 ms", "3.4 s", "2 min". */
export function duration(ms: number): string {
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  return ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 56;
const BOTTOM = 20;

/** Each answer as a dot, on a scale of powers of ten; lines at the median and at the slowest twentieth. */
export function latencyPlot(values: { ms: number; ending: string }[]): HTMLElement {
  const all = values.map(({ ms }) => ms);
  const [half, slow] = [quantile(all, 0.5), quantile(all, 0.95)];
  const low = Math.floor(Math.log10(Math.max(1, Math.min(...all))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, ...all))));
  const y = (ms: number) =>
    10 + (1 - (Math.log10(Math.max(1, ms)) - low) / (high - low)) * (HEIGHT - BOTTOM - 10);
  const x = (i: number) => LEFT + 8 + (i / Math.max(1, values.length - 1)) * (WIDTH - LEFT - 16);
  const scale = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)).flatMap((ms) => [
    svg('line', { x1: LEFT, x2: WIDTH, y1: y(ms), y2: y(ms), class: 'grid' }),
    svg('text', { x: LEFT - 8, y: y(ms) + 4, 'text-anchor': 'end' }, duration(ms)),
  ]);
  const dots = values.map(({ ending, ms }, i) => svg('circle', { cx: x(i), cy: y(ms), r: 3, class: ending }));
  const lines = [half, slow].map((ms, i) =>
    svg('line', { x1: LEFT, x2: WIDTH, y1: y(ms), y2: y(ms), class: i === 0 ? 'median' : 'slow' }),
  );
  const words = `${all.length} questions, the latest on the right: half took less than ${duration(half)}, one in twenty more than ${duration(slow)}`;
  const shape = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'plot', role: 'img', 'aria-label': words };
  return el('figure', {}, svg('svg', shape, ...scale, ...lines, ...dots), el('figcaption', {}, words));
}

/** How long each step took, one below the other. */
export function stepsPlot(steps: { name: string; atMs: number }[]): HTMLElement {
  const total = Math.max(1, steps.at(-1)?.atMs ?? 1);
  const rows = steps.slice(0, -1).map(({ atMs, name }, i) => {
    const ms = (steps[i + 1]?.atMs ?? atMs) - atMs;
    const bar = svg(
      'svg',
      { viewBox: '0 0 100 6', preserveAspectRatio: 'none', class: 'step', 'aria-hidden': 'true' },
      svg('rect', {
        x: (atMs / total) * 100,
        y: 0,
        width: Math.max(0.6, (ms / total) * 100),
        height: 6,
        class: 'bar',
      }),
    );
    return el('li', {}, el('span', {}, name), el('span', { class: 'figure' }, duration(ms)), bar);
  });
  return el('ol', { class: 'steps' }, ...rows);
}
