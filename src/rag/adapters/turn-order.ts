// Whose turn comes next among those who wait for a model.

export interface Turn {
  user: string;
  /** Its answer has begun: it is written on. */
  goesOn: boolean;
}

/** `lastTurns` are users in the order in which their last turn came. Begun answers come first, then a question of each person, those first whose turn is longest ago. */
export function inOrder<Waiting extends Turn>(waiting: Waiting[], lastTurns: string[]): Waiting[] {
  const begun = waiting.filter(({ goesOn }) => goesOn);
  const rounds = new Map<string, number>();
  const fresh = waiting
    .filter(({ goesOn }) => !goesOn)
    .map((one, arrival) => {
      const round = rounds.get(one.user) ?? 0;
      rounds.set(one.user, round + 1);
      return { one, round, last: lastTurns.indexOf(one.user), arrival };
    });
  fresh.sort((a, b) => a.round - b.round || a.last - b.last || a.arrival - b.arrival);
  return [...begun, ...fresh.map(({ one }) => one)];
}
