// What the rest of the program knows of chunks without loading the library that cuts them, which takes a quarter
// of a second: a question is answered from chunks that are there.

export interface Chunking {
  /** Characters of a chunk's text, without its header; 100 to 1,200. */
  size: number;
  /** Characters repeated from the chunk before; less than `size`. */
  overlap: number;
  /** Whether sentences stay whole and a header stands before each chunk. */
  style: 'sentences' | 'reference';
}

/** The chunking as one word: chunks made by another one are made anew. */
export function chunkingName({ style, size, overlap }: Chunking): string {
  return `${style}-${size}-${overlap}`;
}

/** What is embedded, searched and prompted: the header, then the text. */
export function chunkDocument(chunk: { header: string; text: string }): string {
  return chunk.header ? `${chunk.header}\n${chunk.text}` : chunk.text;
}
