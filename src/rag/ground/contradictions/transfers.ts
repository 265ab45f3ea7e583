// Who bought whom. "Ash went to Valley" has every word of a report in which Ash went to Harbour and Valley bought
// somebody else.
import { clauseAt, isBearer, isSameName } from '../clauses.js';
import type { NameSpan } from '../names.js';
import { type Pieced, type Span, sentenceAt } from '../pieces.js';
import type { FindContradicted } from './contradiction.js';

const MOVES =
  /^(?:went|goes|gone|bought|buys?|signed|signs?|paid|pays?|got|took|taken|landed|lands?|acquired|cost|costs|sold|snapped|fetched|joins?|joined|moved|moves|secured|picked)$/;

interface Transfer extends Span {
  player: NameSpan;
  clubs: NameSpan[];
}

export const findOtherBuyers: FindContradicted = (said, texts) => {
  const claims = transfersOf(said, (text, at) => clauseAt(text, at));
  return claims.filter(({ clubs, player }) => {
    const told = texts
      .flatMap((text) => {
        const near = transfersOf(text, (one, at) => clauseAt(one, at)).filter((each) => isOf(each, player));
        const wide = transfersOf(text, ({ tokens }, at) => sentenceAt(tokens, at)).filter((each) =>
          isOf(each, player),
        );
        return near.length > 0 ? near : wide;
      })
      .flatMap((each) => each.clubs);
    const [club] = clubs;
    return (
      club !== undefined &&
      clubs.length === 1 &&
      !texts.some((text) => buysSomebody(text, club)) &&
      told.length > 0 &&
      !told.some((other) => isSameClub(club, other))
    );
  });
};

function isOf(transfer: Transfer, player: NameSpan): boolean {
  return isSameName(transfer.player, player);
}

/** The club buys him, her or them: it may be the player. */
function buysSomebody(text: Pieced, club: NameSpan): boolean {
  return text.tokens.some(({ lower }, at) => {
    const { next, start } = MOVES.test(lower) ? sentenceAt(text.tokens, at) : { start: 0, next: 0 };
    const isClub = text.names.some(
      (name) => name.start >= start && name.next <= next && isSameClub(club, name),
    );
    return (
      isClub && text.tokens.slice(start, next).some((token) => /^(?:him|her|he|she|they)$/.test(token.lower))
    );
  });
}

/** Delhi for the Capitals, too. */
function isSameClub(one: NameSpan, other: NameSpan): boolean {
  return (
    isSameName(one, other) ||
    one.homes.some((home) => other.homes.includes(home) || other.words.join(' ') === home)
  );
}

/** Where one player and clubs stand beside a word for a transfer. */
function transfersOf(text: Pieced, spanAt: (text: Pieced, at: number) => Span): Transfer[] {
  return text.tokens.flatMap(({ lower }, at) => {
    if (!MOVES.test(lower)) {
      return [];
    }
    const { next, start } = spanAt(text, at);
    const inside = text.names.filter((name) => name.start >= start && name.next <= next);
    const clubs = inside.filter(({ kind }) => kind === 'team');
    const players = inside
      .filter(({ kind, start: own }) => kind === 'person' && text.tokens[own]?.isCapital)
      .filter((name) => isBearer(text.tokens, name));
    const [player] = players;
    return player && clubs.length > 0
      ? players.map((one) => ({ player: one, clubs, start: at, next: at + 1 }))
      : [];
  });
}
