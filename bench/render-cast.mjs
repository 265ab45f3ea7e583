// A recorded terminal as one SVG file: text, not pixels, played by CSS. Where nothing can be played, or the reader wants no
// motion, it shows the last screen.

const LINE = 19;
const CELL = 8.43;
const MARGIN = 18;
const BAR = 34;

const STYLE = `
  text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d8dbe2;white-space:pre}
  .bold{font-weight:700;fill:#fff}.dim{fill:#9aa1ad}.green{fill:#86cf9c}.cyan{fill:#79c3dd}.grey{fill:#7f8794}
  .yellow{fill:#e0c069}.red{fill:#ec8a85}
  .stays{animation:appear 1ms linear backwards}.goes{visibility:hidden;animation-name:show}
  @keyframes appear{from{visibility:hidden}to{visibility:visible}}
  @keyframes show{from,to{visibility:visible}}`;

/** `versions`: {row, spans: [{name, text}], from, to} with seconds; absent `to` = it stays. */
export function renderCast({ versions, seconds, columns, rows, title }) {
  const width = Math.round(columns * CELL + 2 * MARGIN);
  const height = rows * LINE + BAR + MARGIN;
  const texts = versions.filter(({ spans }) => spans.length > 0).map(renderLine);
  const { keyframes, last } = scrolling(versions, seconds, rows);
  const label = 'The demo: sample news is read, four questions are answered with numbered sources.';
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
<style>${STYLE}
  .lines{transform:translateY(${-last}px);animation:scroll ${seconds.toFixed(2)}s step-end}
  @keyframes scroll{${keyframes}}
  @media (prefers-reduced-motion:reduce){.stays,.goes,.lines{animation:none}}
</style>
<rect width="${width}" height="${height}" rx="9" fill="#15171c"/>
<circle cx="20" cy="17" r="5.5" fill="#3a3f49"/><circle cx="38" cy="17" r="5.5" fill="#3a3f49"/><circle cx="56" cy="17" r="5.5" fill="#3a3f49"/>
<text x="${width / 2}" y="22" text-anchor="middle" class="dim">${title}</text>
<svg x="${MARGIN}" y="${BAR}" width="${width - 2 * MARGIN}" height="${rows * LINE}"><g class="lines">
${texts.join('\n')}
</g></svg>
</svg>
`;
}

function renderLine({ from, row, spans, to }) {
  const cells = spans.reduce((sum, { text }) => sum + [...text].length, 0);
  // The same width whatever font a reader has.
  const size = `y="${row * LINE + 14}" textLength="${(cells * CELL).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
  const when =
    to === undefined
      ? `class="stays" style="animation-delay:${from.toFixed(2)}s"`
      : `class="goes" style="animation-delay:${from.toFixed(2)}s;animation-duration:${(to - from).toFixed(2)}s"`;
  const inner = spans.map(({ name, text }) =>
    name ? `<tspan class="${name}">${escaped(text)}</tspan>` : escaped(text),
  );
  return `<text ${size} ${when}>${inner.join('')}</text>`;
}

/** The lines move up when one appears below the last row. */
function scrolling(versions, seconds, rows) {
  let offset = 0;
  const steps = ['0%{transform:translateY(0)}'];
  for (const { from, row, spans } of versions) {
    const needed = Math.max(0, row + 1 - rows) * LINE;
    if (spans.length > 0 && needed > offset) {
      offset = needed;
      steps.push(`${((from / seconds) * 100).toFixed(2)}%{transform:translateY(${-offset}px)}`);
    }
  }
  return { keyframes: steps.join(''), last: offset };
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
