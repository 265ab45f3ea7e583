// The parts of a text that are looked at by themselves, so that what is plainly harmless cannot vouch for what stands beside it.

/** Words: as long as an insult is, and how far apart the runs begin. */
const RUN = 8;
const RUN_STEP = 4;

/** Its clauses, and in long ones every run of so many words. */
export function stretchesOf(text: string): string[] {
  return text.split(/[.!?;:,\n]+/).flatMap((clause) => {
    const all = clause.split(/\s+/).filter((word) => word !== '');
    const starts = Math.max(1, Math.ceil((all.length - RUN) / RUN_STEP) + 1);
    return Array.from({ length: starts }, (_, i) => all.slice(i * RUN_STEP, i * RUN_STEP + RUN).join(' '));
  });
}
