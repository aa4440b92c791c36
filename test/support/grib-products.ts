/** Section 4 of edition 2, for the writer of the tests: templates 0, 1, 2, 8, 11, 12 and 60. */
import { OctetWriter } from './grib-octets.js';

/** A time of day in UTC: year, month, day, hour, minute, second; what is left out is 0. */
export type TimeSpec = readonly [year: number, month: number, day: number, ...rest: number[]];

/** A surface: type, and its value as `value x 10^-scale`. */
export type SurfaceSpec = readonly [type: number, value?: number, scale?: number];

/** What a field of edition 2 is of. The template follows from what is given. */
export interface ProductSpec {
  category: number;
  number: number;
  /** Type of generating process, 2 for forecasts unless given; and the number of the process. */
  process?: readonly [type: number, number: number];
  /** Step, and the code of its unit: 1 hours unless given. Of an interval its beginning. */
  step?: number;
  unit?: number;
  first: SurfaceSpec;
  second?: SurfaceSpec;
  /** Type of ensemble forecast, perturbation number, size. */
  member?: readonly [type: number, number: number, size: number];
  /** Kind of derived forecast, size. */
  derived?: readonly [kind: number, size: number];
  interval?: IntervalSpec;
  /** Date of the model version: a reforecast, template 60. */
  version?: TimeSpec;
}

/** An interval: its end, the statistical process, and its length in a unit. */
export interface IntervalSpec {
  end: TimeSpec;
  process: number;
  length: number;
  unit?: number;
}

/** A time in 7 octets. */
export function writeTime(
  out: OctetWriter,
  [year, month, day, hour = 0, minute = 0, second = 0]: TimeSpec,
): void {
  out.unsigned(year, 2).octets(month, day, hour, minute, second);
}

/** Number of the template that a product needs. */
export function templateOf({ member, derived, interval, version }: ProductSpec): number {
  if (version !== undefined) return 60;
  const instant = member !== undefined ? 1 : derived !== undefined ? 2 : 0;
  return interval === undefined ? instant : [8, 11, 12][instant]!;
}

/** Section 4 without its head. */
export function encodeProduct(spec: ProductSpec): Uint8Array {
  const { category, number, process = [2, 96], step = 0, unit = 1, interval, version } = spec;
  const out = new OctetWriter().unsigned(0, 2).unsigned(templateOf(spec), 2);
  out.octets(category, number, process[0], 0, process[1]).unsigned(0, 2).octets(0, unit).signed(step, 4);
  writeSurface(out, spec.first);
  writeSurface(out, spec.second ?? [255]);
  if (spec.member !== undefined) out.octets(...spec.member);
  else if (spec.derived !== undefined) out.octets(...spec.derived);
  if (version !== undefined) writeTime(out, version);
  if (interval !== undefined) {
    writeTime(out, interval.end);
    // One range; no missing values; forecasts of one run; the length; no increment.
    out
      .octets(1)
      .unsigned(0, 4)
      .octets(interval.process, 2, interval.unit ?? 1);
    out.unsigned(interval.length, 4).octets(255).unsigned(0, 4);
  }
  return out.bytes();
}

function writeSurface(out: OctetWriter, [type, value, scale = 0]: SurfaceSpec): void {
  out.octets(type);
  if (value === undefined) out.unsigned(null, 1).unsigned(null, 4);
  else out.signed(scale, 1).signed(value, 4);
}
