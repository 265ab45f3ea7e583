// All ways of twisting a report that are looked for.

import type { FindContradicted } from './contradiction.js';
import { findOtherDismissals } from './dismissals.js';
import { findMoved } from './moved.js';
import { findTurnedInnings } from './not-out.js';
import { findOpposites } from './opposites.js';
import { findTurnedDenials } from './polarity.js';
import { findTurnedResults } from './results.js';
import { findOthersRoles } from './roles.js';
import { findOtherBuyers } from './transfers.js';

const FINDERS: FindContradicted[] = [
  findMoved,
  findTurnedResults,
  findOthersRoles,
  findOtherBuyers,
  findTurnedInnings,
  findOtherDismissals,
  findTurnedDenials,
  findOpposites,
];

export const findContradicted: FindContradicted = (said, texts) =>
  FINDERS.flatMap((find) => find(said, texts));
