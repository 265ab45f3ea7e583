// Colours and links for people at a terminal; plain text for pipes, files and NO_COLOR.
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

export interface Style {
  /** Whether a person sees this stream: colours, moving progress. */
  isRich: boolean;
  paint(format: Format, text: string): string;
  /** An OSC 8 link where a terminal shows it, else the text alone. */
  link(text: string, url: string): string;
  width: number;
}

export function createStyle(
  stream: Pick<WriteStream, 'isTTY' | 'columns'>,
  environment: { noColor: boolean },
): Style {
  const isRich = Boolean(stream.isTTY) && !environment.noColor;
  return {
    isRich,
    paint: (format, text) => (isRich ? styleText(format, text, { validateStream: false }) : text),
    link: (text, url) => (isRich ? `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\` : text),
    width: stream.columns || 100,
  };
}

/** Takes out what could steer a terminal: control characters but line breaks and tabs. */
export function plain(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');
}
