// A message as people read it.
import { withInner } from './components.js';
import type { JsonObject } from './json.js';
import { textOf } from './pings.js';
import type { FakeMessage } from './state.js';

/** The words: masked links by their words, escapes and invisible joiners taken out. */
export function visibleText(message: Pick<FakeMessage, 'content' | 'components'>): string {
  return textOf(message)
    .replace(/\[((?:\[[^\]]*\]|[^[\]])*)\]\(<?[^)\s]*>?\)/g, '$1')
    .replace(/\\([^0-9A-Za-z\s])/g, '$1')
    .replace(/\u2060/g, '')
    .replace(/^-# /gm, '');
}

/** Whether it says only what is being done. */
export function isStatus(message: FakeMessage): boolean {
  const texts = message.components.flatMap(withInner).filter(({ type }) => type === 10);
  return (
    texts.length === 1 && String(texts[0]?.['content']).startsWith('-# ') && message.components.length === 2
  );
}

/** All that can be pressed. */
export function buttonsOf(message: FakeMessage): { label: string; id: string }[] {
  return message.components
    .flatMap(withInner)
    .filter((one: JsonObject) => one['type'] === 2 && one['custom_id'])
    .map((one) => ({ label: String(one['label']), id: String(one['custom_id']) }));
}
