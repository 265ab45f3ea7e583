// What is written for a program and not for readers is left out of what is found, before anything is made of it.
import { honestPassage } from '../generate/tampering.js';
import type { Retrieve } from './retrieve.js';

/** Gets the addresses of articles that hold such text. */
export type OnTampering = (urls: string[]) => void;

/** Like `retrieve`, passages without such text, or without the whole passage. */
export function createHonestRetriever(retrieve: Retrieve, onTampering: OnTampering = () => {}): Retrieve {
  return async (query, signal, articles) => {
    const found = await retrieve(query, signal, articles);
    const honest = found.map(honestPassage);
    const tampered = found.filter((passage, at) => honest[at] !== passage);
    if (tampered.length > 0) {
      onTampering([...new Set(tampered.map(({ url }) => url))]);
    }
    return honest.filter((passage) => passage !== undefined);
  };
}
