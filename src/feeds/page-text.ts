// Article HTML as lines: a paragraph, heading or list item each, and table rows with their cells side by
// side, because a scorecard that falls apart into cells tells nothing.
import { Parser } from 'htmlparser2';
import { isBlock, tidy } from './html-text.js';

export function blockText(html: string): string {
  let text = '';
  let inRow = 0;
  const parser = new Parser({
    onopentag(name) {
      if (name === 'tr') {
        inRow += 1;
        text += '\n';
      } else if (name === 'td' || name === 'th') {
        text += /[\n|]\s*$/.test(text) ? ' ' : ' | ';
      } else if (name === 'li') {
        text += '\n- ';
      } else if (isBlock(name) && inRow === 0) {
        text += '\n';
      } else if (name === 'br') {
        text += inRow > 0 ? ' ' : '\n';
      }
    },
    ontext(part) {
      text += part.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      if (name === 'tr') {
        inRow -= 1;
      }
      if (name === 'tr' || (isBlock(name) && inRow === 0)) {
        text += '\n';
      }
    },
  });
  parser.end(html);
  return tidy(text.replace(/\n-\s+\n/g, '\n- '))
    .split('\n')
    .map((line) => line.replace(/^\|\s*/, ''))
    .filter((line) => line !== '-' && line !== '')
    .join('\n');
}
