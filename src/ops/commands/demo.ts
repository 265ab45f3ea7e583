import type { Session } from '../session.js';
export async function runDemo(_session: Session): Promise<number> {
  return 1;
}
