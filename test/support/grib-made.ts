/** Fields for tests of GRIB: seeded values that are smooth, noisy, constant or partly missing, and messages of them. */
import type { FieldSpec, GridSpec, MarsSpec, MessageSpec } from './grib-encoder.js';
import type { Message1Spec } from './grib-encoder1.js';
import type { PackingSpec } from './grib-packings.js';
import type { ProductSpec } from './grib-products.js';
import { createRandom } from './random.js';

export const GRID: GridSpec = { ni: 24, nj: 13, first: [60, 0], last: [-60, 345] };

/** What the values of a field are like. */
export type Texture = 'smooth' | 'noise' | 'zeros' | 'constant' | 'holes';

/** Values of the grid, row by row; NaN where one is missing (`holes` only). */
export function makeValues(seed: number, texture: Texture, { ni, nj }: GridSpec = GRID): number[] {
  const random = createRandom(seed);
  return Array.from({ length: ni * nj }, (_, i) => {
    const [x, y] = [(i % ni) / ni, Math.floor(i / ni) / nj];
    const smooth = 280 + 20 * Math.sin(6 * x + seed) - 30 * y * y + 0.1 * random.next();
    if (texture === 'constant') return 273.15;
    if (texture === 'noise') return 1000 * random.normal();
    if (texture === 'zeros') return y < 0.7 || random.chance(0.5) ? 0 : random.between(0, 5);
    return texture === 'holes' && random.chance(0.2) ? Number.NaN : smooth;
  });
}

/** Temperature at 850 hPa. */
export const TEMPERATURE: ProductSpec = { category: 0, number: 0, step: 6, first: [100, 85_000] };
/** Wind to the east and to the north at 500 hPa. */
export const EASTWARD: ProductSpec = { category: 2, number: 2, step: 6, first: [100, 50_000] };
export const NORTHWARD: ProductSpec = { ...EASTWARD, number: 3 };
/** Operational ensemble of ECMWF: class 1, type 11 (pf), stream 1035. */
export const MARS: MarsSpec = [1, 1, 11, 1035, '0001'];
export const SIMPLE: PackingSpec = { kind: 'simple', bits: 12 };

export function makeField(
  product: ProductSpec,
  packing: PackingSpec = SIMPLE,
  texture: Texture = 'smooth',
): FieldSpec {
  return { product, packing, values: makeValues(product.number + 1, texture) };
}

/** A message of edition 2 with one field or several on the grid, or on those of the fields. */
export function makeMessage(fields: readonly FieldSpec[], rest: Partial<MessageSpec> = {}): MessageSpec {
  const [first, ...others] = fields;
  const withGrid = first === undefined ? [] : [{ grid: GRID, ...first }];
  return { time: [2024, 2, 29, 12], fields: [...withGrid, ...others], ...rest };
}

/** A message of edition 1: temperature at 500 hPa, of ECMWF. */
export function makeMessage1(rest: Partial<Message1Spec> = {}): Message1Spec {
  return {
    ...{ parameter: [128, 130], level: [100, 500], time: [2024, 2, 29, 12], grid: GRID },
    ...{ values: makeValues(1, 'smooth'), packing: { bits: 12 } },
    ...rest,
  };
}
