// The thread behind extract.ts.
import type { MessagePort } from 'node:worker_threads';
import type { ExtractedPage } from '../domain.js';
import { decodeDocument } from './decode.js';
import { checkPage } from './page-guard.js';
import { readPage } from './page-read.js';

/** Errors cross threads as text, so their code stands in front: "page_too_deep: …". */
export function extractPage(task: {
  bytes: Uint8Array;
  contentType?: string | undefined;
  url: string;
  startedPort: MessagePort;
}): ExtractedPage {
  task.startedPort.postMessage('started');
  const { text } = decodeDocument(task.bytes, task.contentType);
  checkPage(text);
  return readPage(text, task.url);
}
