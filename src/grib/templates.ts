/** Product definition templates of edition 2: where their parts begin, counted from 0. */
import type { TimePlaces } from './times.js';

/** Where a template has what; -1 where it has it not. */
export interface ProductPlaces {
  /** Type of generating process; two octets behind it its number. */
  readonly process: number;
  /** First fixed surface; six octets behind it the second. */
  readonly surface: number;
  readonly times: TimePlaces;
  /** Type of ensemble forecast, perturbation number, size. */
  readonly member: number;
  /** Derived forecast, size. */
  readonly derived: number;
  /** Whether it is of no member at all: probabilities, percentiles. */
  readonly ofMany: boolean;
}

const PROCESS = 11;
const STEP = 17;
const SURFACE = 22;
const ENSEMBLE = 34;

interface Shape {
  member?: true;
  derived?: true;
  ofMany?: true;
  /** End of the interval. */
  end?: number;
  /** Octets that come in front of the process: kinds of constituents and aerosols. */
  shift?: number;
}

const SHAPES: ReadonlyMap<number, Shape> = new Map<number, Shape>([
  [0, {}],
  [1, { member: true }],
  [2, { derived: true }],
  [3, { derived: true }],
  [4, { derived: true }],
  [5, { ofMany: true }],
  [6, { ofMany: true }],
  [7, {}],
  [8, { end: 34 }],
  [9, { ofMany: true, end: 47 }],
  [10, { ofMany: true, end: 35 }],
  [11, { member: true, end: 37 }],
  [12, { derived: true, end: 36 }],
  [13, { derived: true, end: 68 }],
  [14, { derived: true, end: 64 }],
  [15, {}],
  [40, { shift: 2 }],
  [41, { shift: 2, member: true }],
  [42, { shift: 2, end: 34 }],
  [43, { shift: 2, member: true, end: 37 }],
  [44, { shift: 13 }],
  [48, { shift: 24 }],
  [60, { member: true }],
  [61, { member: true, end: 44 }],
]);

const places = new Map<number, ProductPlaces>();
for (const [template, { member, derived, ofMany = false, end, shift = 0 }] of SHAPES)
  places.set(template, {
    process: PROCESS + shift,
    surface: SURFACE + shift,
    times: { step: STEP + shift, end: end === undefined ? -1 : end + shift },
    member: member ? ENSEMBLE + shift : -1,
    derived: derived ? ENSEMBLE + shift : -1,
    ofMany,
  });

/** Where a template has its parts; null for templates that are not known. */
export function placesOf(template: number): ProductPlaces | null {
  return places.get(template) ?? null;
}
