// Cuts an article into chunks. The default keeps sentences whole: as many as fit into about 1,000
// characters, with the last ones (up to 150 characters) repeated in the next chunk. `reference` is the
// reference recipe's way (100 characters, no overlap, no header), kept so that it can be measured beside.
import { createHash } from 'node:crypto';
import { RecursiveCharacterTextSplitter, TextSplitter } from '@langchain/textsplitters';
import type { Article, Chunk } from '../../domain.js';
import { splitSentences } from '../evidence/sentences.js';
import type { Chunking } from './chunking.js';

export type ChunkArticle = (article: Article) => Promise<Chunk[]>;

/** A function from an article to its chunks, in order; [] for an article without text. */
export function createChunker(chunking: Chunking): ChunkArticle {
  const options = { chunkSize: chunking.size, chunkOverlap: chunking.overlap };
  const splitter =
    chunking.style === 'reference'
      ? new RecursiveCharacterTextSplitter(options)
      : new SentenceSplitter(options);
  return async (article) => {
    const header = chunking.style === 'reference' ? '' : headerOf(article);
    const texts = await splitter.splitText(article.text);
    return texts.map((text, ordinal) => {
      const hash = createHash('sha256').update(`${header}\n${text}`).digest('hex').slice(0, 8);
      return { id: `${article.id}:${ordinal}:${hash}`, articleId: article.id, ordinal, header, text };
    });
  };
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

function headerOf(article: Article): string {
  const title = /[.!?]$/.test(article.title) ? article.title : `${article.title}.`;
  return `${title} ${article.publisher}, ${DAY.format(new Date(article.publishedAt))}.`;
}

/** The library's splitter, cutting between sentences and, in a sentence longer than a chunk, between words. */
class SentenceSplitter extends TextSplitter {
  private readonly words = new RecursiveCharacterTextSplitter({ chunkSize: this.chunkSize, chunkOverlap: 0 });

  async splitText(text: string): Promise<string[]> {
    const pieces: string[] = [];
    for (const sentence of splitSentences(text)) {
      pieces.push(...(sentence.length > this.chunkSize ? await this.words.splitText(sentence) : [sentence]));
    }
    return this.mergeSplits(pieces, '');
  }
}
