// Bounds as a file or an option gives them.
import { z } from 'zod';
import { FIGURES, type FigureName, unitOf } from './figures.js';

const bounds = Object.fromEntries(
  FIGURES.map((name) => {
    const number = z.number().min(0);
    return [name, (unitOf(name) === 'share' ? number.max(1) : number).optional()];
  }),
) as Record<FigureName, z.ZodOptional<z.ZodNumber>>;

/** A bound for each figure that has one: shares 0 to 1, latency in milliseconds, age in hours. */
export const thresholdsSchema = z.strictObject(bounds).default({});
