// A terminal's screen, as far as this program's output needs one: text that wraps, colours, carriage returns, lines that are
// rewritten. Lines are counted from the first on; nothing is ever scrolled away. A sequence that is not known is an error.

const ESCAPE = '\u001b';
const CONTROL = /^\[([\d;?]*)([A-Za-z])/;
const LINK = ']8;';
const LINK_END = `${ESCAPE}\\`;
const COLOURS = { 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan', 90: 'grey' };
const PLAIN = '';

export function createScreen(columns) {
  const lines = [[]];
  let row = 0;
  let column = 0;
  let style = { bold: false, dim: false, colour: PLAIN };
  let rest = '';

  const lineAt = (at) => {
    while (lines.length <= at) {
      lines.push([]);
    }
    return lines[at];
  };

  function put(letter) {
    if (column === columns) {
      row += 1;
      column = 0;
    }
    const line = lineAt(row);
    while (line.length < column) {
      line.push({ letter: ' ', name: PLAIN });
    }
    const name = [style.bold && 'bold', style.dim && 'dim', style.colour].filter(Boolean).join(' ');
    line[column] = { letter, name };
    column += 1;
  }

  function paint(code) {
    switch (code) {
      case 0:
        style = { bold: false, dim: false, colour: PLAIN };
        break;
      case 1:
        style = { ...style, bold: true };
        break;
      case 2:
        style = { ...style, dim: true };
        break;
      case 22:
        style = { ...style, bold: false, dim: false };
        break;
      case 39:
        style = { ...style, colour: PLAIN };
        break;
      default:
        if (!COLOURS[code]) {
          throw new Error(`colour ${code} is not known here`);
        }
        style = { ...style, colour: COLOURS[code] };
    }
  }

  function control(numbers, letter) {
    const count = Number(numbers || 1);
    switch (letter) {
      case 'm':
        numbers.split(';').map(Number).forEach(paint);
        break;
      case 'A':
        row = Math.max(0, row - count);
        break;
      case 'K':
        lineAt(row).length = numbers === '2' ? 0 : Math.min(lineAt(row).length, column);
        break;
      case 'J':
        lineAt(row).length = Math.min(lineAt(row).length, column);
        lines.length = row + 1;
        break;
      case 'G':
        column = count - 1;
        break;
      case 'h':
      case 'l':
        // The cursor is hidden or shown, or pasting is bracketed: nothing that a picture has.
        break;
      default:
        throw new Error(`the sequence ESC [ ${numbers}${letter} is not known here`);
    }
  }

  /** Obeys a sequence without its escape and gives its length; 0 = its end has not come yet. */
  function sequence(body) {
    const link = body.startsWith(LINK) ? body.indexOf(LINK_END) : -1;
    if (link > 0) {
      return link + LINK_END.length;
    }
    const found = CONTROL.exec(body);
    if (!found && body.length > 300) {
      throw new Error(`the sequence ${JSON.stringify(body.slice(0, 20))} is not known here`);
    }
    if (found) {
      control(found[1], found[2]);
    }
    return found?.[0].length ?? 0;
  }

  return {
    lines,
    /** The next piece of output; it may end inside a sequence. */
    write(piece) {
      rest += piece;
      while (rest !== '') {
        if (rest.startsWith(ESCAPE)) {
          const length = sequence(rest.slice(1));
          if (length === 0) {
            return;
          }
          rest = rest.slice(1 + length);
          continue;
        }
        const letter = String.fromCodePoint(rest.codePointAt(0));
        rest = rest.slice(letter.length);
        if (letter === '\r') {
          column = 0;
        } else if (letter === '\n') {
          row += 1;
          lineAt(row);
        } else {
          put(letter);
        }
      }
    },
  };
}
