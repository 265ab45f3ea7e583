// Writes well-formed XML from begin, text and end calls in any order: what is still open when an outer element
// ends is closed with it.

/** What XML 1.0 does not allow, lone halves of surrogate pairs among it. */
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export interface XmlWriter {
  /** Opens an element and gives its depth, from 0; attributes that are undefined are left out. */
  begin(name: string, attributes?: Record<string, string | undefined>): number;
  text(text: string): void;
  /** Closes the element at that depth and all inside it; nothing when it is closed already. */
  endAt(depth: number): void;
  /** Names of the open elements, outermost first. */
  readonly open: readonly string[];
  /** Closes what is open and gives the document. */
  finish(): string;
}

export function createXmlWriter(): XmlWriter {
  const parts: string[] = [];
  const open: string[] = [];

  function endAt(depth: number) {
    while (open.length > depth) {
      parts.push(`</${open.pop()}>`);
    }
  }

  return {
    open,
    begin(name, attributes = {}) {
      const written = Object.entries(attributes).flatMap(([key, value]) =>
        value === undefined ? [] : ` ${key}="${escapeXml(value)}"`,
      );
      parts.push(`<${name}${written.join('')}>`);
      return open.push(name) - 1;
    },
    text(text) {
      if (open.length > 0) {
        parts.push(escapeXml(text));
      }
    },
    endAt,
    finish() {
      endAt(0);
      return parts.join('');
    },
  };
}

function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (found) => ESCAPES[found] ?? '');
}
