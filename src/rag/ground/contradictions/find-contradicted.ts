// All ways of twisting a report that are looked for.

import { findMisplaced } from '../belonging/find-misplaced.js';
import type { FindContradicted } from './contradiction.js';
import { findOtherDismissals } from './dismissals.js';
import { findTurnedInnings } from './not-out.js';
import { findOpposedCounts } from './opposed-counts.js';
import { findOpposites } from './opposites.js';
import { findTurnedDenials } from './polarity.js';
import { findTurnedResults } from './results.js';
import { findOthersRoles } from './roles.js';
import { findOtherBuyers } from './transfers.js';

export const FINDERS: FindContradicted[] = [
  findMisplaced,
  findOpposedCounts,
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
