// Articles, questions and generated text are data. What could read as a model's own control tokens is taken out
// before it reaches a prompt; addresses are taken out of what a model writes, since only those of retrieved
// articles may be shown.

const ROLE_TOKENS =
  /\[\/?(?:INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<<\/?SYS>>|<\/?s>|<\|[^|<>]{1,40}\|>|<\/?(?:start_of_turn|end_of_turn|bos|eos|unk|pad)>/gi;

/** The text without role tokens; a token that appears when another is taken out goes, too. */
export function withoutRoleTokens(text: string): string {
  let clean = text.replace(ROLE_TOKENS, ' ');
  while (clean.search(ROLE_TOKENS) >= 0) {
    clean = clean.replace(ROLE_TOKENS, ' ');
  }
  return clean;
}

const MARKDOWN_LINK = /!?\[([^\]]*)\]\(\s*[^)\s]*\s*\)/g;
/** A scheme counts also where it sticks to a word. */
const ADDRESS = /<?(?:https?:\/\/|ftp:\/\/|\bwww\.)[^\s<>"”)]*>?|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\/[^\s<>"”)]*/gi;
/** What is left around an address that was taken out: "(see )". */
const EMPTY_BRACKETS = /\s*[([]\s*[)\]]/g;

/** The text without links and addresses; a link's words stay. */
export function withoutAddresses(text: string): string {
  const plain = text.replace(MARKDOWN_LINK, '$1');
  const clean = plain.replace(ADDRESS, (address) => /[.!?]$/.exec(address)?.[0] ?? '');
  return clean === text
    ? text
    : clean
        .replace(EMPTY_BRACKETS, '')
        .replace(/ {2,}/g, ' ')
        .replace(/\s+([.,;!?])/g, '$1');
}
