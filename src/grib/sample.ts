/** Values of fields at places. */
import { DecodeRoom, decode } from './decode.js';
import type { Field } from './field.js';
import type { SampledGrid } from './grid/grid.js';
import { sampledGridOf } from './grid.js';
import { damagedData, damagedGrid } from './refusal.js';
import { type Points, SamplingPlan } from './sampling-plan.js';
import { AddressedValues, type Addresses, addressesOf, bytesOf } from './single-values.js';

export type { Points };

/** What became of a place. */
export const SAMPLE_STATUS = {
  /** There is a value. */
  ok: 0,
  /** The place is not on the grid, or is none (NaN). */
  outside: 1,
  /** One of the points around the place has no value. */
  missing: 2,
} as const;

/** Values at places. */
export interface Sampled {
  /** In the units of the message; NaN where there is none. */
  readonly values: Float64Array;
  /** A number of {@link SAMPLE_STATUS} for each place. */
  readonly status: Uint8Array;
}

/** How a field is sampled. */
export interface SampleOptions {
  /** `bilinear`, the default: linear in the coordinates of the grid, from the points around. `nearest`: the nearest of these. */
  readonly method?: 'bilinear' | 'nearest';
  /** Reused buffers, for packings that have to be decoded. */
  readonly room?: DecodeRoom;
}

/** Places up to which points are read one by one. */
const FEW = 16;
/** Bytes up to which all between the first and the last point are read at once. */
const NEAR = 65_536;

/**
 * Values of a field at places. Between the last row of a global grid and a pole the mean of that row stands for the pole. Simple packing
 * and floats without a bitmap are not decoded: only the bits of the points around the places are read. Rejects with InputError as
 * `decode` and `gridOf` do.
 */
export async function sample(field: Field, points: Points, options: SampleOptions = {}): Promise<Sampled> {
  const grid = sampledGridOf(field);
  const plan = new SamplingPlan(grid, points, options.method === 'nearest');
  const values = new Float64Array(plan.places).fill(Number.NaN);
  const status = new Uint8Array(plan.places).fill(SAMPLE_STATUS.outside);
  if (plan.range === null) return { values, status };
  const addresses = addressesOf(field, grid.points);
  const read =
    addresses === null ? await decoded(field, grid, options.room) : await addressed(field, addresses, plan);
  const isConstant = addresses?.bits === 0;
  const meanOf = isConstant ? (): number => addresses.scale.reference : meansOf(grid, read);
  for (let place = 0; place < plan.places; place++) {
    if (plan.inside[place] === 0) continue;
    const value = plan.valueAt(place, read, meanOf);
    values[place] = value;
    status[place] = Number.isNaN(value) ? SAMPLE_STATUS.missing : SAMPLE_STATUS.ok;
  }
  return { values, status };
}

/** Values by index, of a field that has to be decoded. */
async function decoded(
  field: Field,
  grid: SampledGrid,
  room: DecodeRoom | undefined,
): Promise<(index: number) => number> {
  const { values } = await decode(field, room ?? new DecodeRoom());
  if (values.length !== grid.points)
    throw damagedGrid(field, `it has ${grid.points} points, the field has ${values.length} values`);
  return (index) => values[index]!;
}

/** Values by index, of all points that the plan uses, without decoding the others. */
async function addressed(
  field: Field,
  addresses: Addresses,
  plan: SamplingPlan,
): Promise<(index: number) => number> {
  const { from, to } = plan.range!;
  const { length } = bytesOf(addresses, from, to);
  if (length <= NEAR || plan.places > FEW || plan.usesPoles) {
    const values = await readValues(field, addresses, from, to);
    return (index) => values.at(index);
  }
  const values = new Map<number, number>();
  for (const index of new Set(plan.used()))
    values.set(index, (await readValues(field, addresses, index, index)).at(index));
  return (index) => values.get(index)!;
}

async function readValues(
  field: Field,
  addresses: Addresses,
  from: number,
  to: number,
): Promise<AddressedValues> {
  const { position, length } = bytesOf(addresses, from, to);
  const bytes = await field.source.read(position, length);
  if (bytes.length < length) throw damagedData(field, 'the source ends within the data');
  return new AddressedValues(addresses, bytes, position);
}

/** Means of rows, each computed once. */
function meansOf(grid: SampledGrid, read: (index: number) => number): (row: number) => number {
  const means = new Map<number, number>();
  return (row) => {
    const known = means.get(row);
    if (known !== undefined) return known;
    let sum = 0;
    let count = 0;
    for (const index of grid.rowIndexes(row)) {
      sum += read(index);
      count++;
    }
    means.set(row, sum / count);
    return sum / count;
  };
}
