// "â€™" for "’": UTF-8 that a publisher's software read as windows-1252 and saved again; one page in seventy has
// it. Undone sequence by sequence, where the letters are the bytes of one character beyond Latin-1's signs.

/** What windows-1252 makes of the bytes 0x80 to 0x9f. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const FOLLOWING = `[\\u0080-\\u00bf${HIGH}]`;
/** Only these leads: with "ß“" and "É »" the rest of Latin-1 has pairs of its own that would pass for lost ones. */
const LOST = new RegExp(`[ÂÃ]${FOLLOWING}|[âï]${FOLLOWING}{2}|ð${FOLLOWING}{3}`, 'g');
const decoder = new TextDecoder('utf-8', { fatal: true });

export function mendMojibake(text: string): string {
  return text.replace(LOST, (letters) => {
    try {
      return decoder.decode(Uint8Array.from(letters, byteOf));
    } catch {
      return letters;
    }
  });
}

function byteOf(letter: string): number {
  const index = HIGH.indexOf(letter);
  return index === -1 ? letter.charCodeAt(0) : 0x80 + index;
}
