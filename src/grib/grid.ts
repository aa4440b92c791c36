/** The grid of a field. */
import type { Field } from './field.js';
import { readGrid1 } from './grid/edition1.js';
import { readGrid2 } from './grid/edition2.js';
import type { Grid, SampledGrid } from './grid/grid.js';
import { Refusal } from './grid/head.js';
import { damagedGrid, unsupportedGrid } from './refusal.js';

/**
 * Grids by the sections that describe them. Fields of a message share the bytes of theirs, and what a program does to a field it does to
 * it several times.
 */
const grids = new WeakMap<Uint8Array, SampledGrid>();

/** The grid of a field. Throws InputError: `UNSUPPORTED_GRID` for a kind that cannot be sampled, `GRIB_GRID` for one that makes no sense. */
export function gridOf(field: Field): Grid {
  return sampledGridOf(field);
}

/** The grid of a field, with what sampling needs. */
export function sampledGridOf(field: Field): SampledGrid {
  const { edition, grid: section, identification } = field;
  if (section === null) throw unsupportedGrid(field, `catalogued grid ${identification[6]}`);
  const known = grids.get(section);
  if (known !== undefined) return known;
  try {
    const grid = edition === 2 ? readGrid2(section) : readGrid1(section);
    grids.set(section, grid);
    return grid;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw error.isUnsupported ? unsupportedGrid(field, error.message) : damagedGrid(field, error.message);
  }
}
