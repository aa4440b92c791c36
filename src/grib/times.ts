/** When a field is valid: run time, steps, intervals. Times are seconds since 1970-01-01 00:00:00 UTC; steps are seconds after the run. */
import { civilTime, daysSince1900, isDate, SECONDS_PER_DAY } from '../calendar.js';
import { isMissing, s32, u16, u32 } from './octets.js';

/** Times of a field. What is not coded, or not for us to know, is null. */
export interface Times {
  /** Reference time of the run. */
  readonly runTime: number | null;
  /** Run time plus step: of an interval its end. */
  readonly validTime: number | null;
  /** Of an interval its end. */
  readonly step: number | null;
  /** Of an interval its beginning, else the step. */
  readonly stepBegin: number | null;
  /** `instant avg accum max min diff`, or `stat<N>` with the number of the process (edition 2) or of the time range (edition 1). */
  readonly stepType: string;
}

/** Seconds from 1900-01-01, which the calendar counts from, to 1970-01-01. */
const EPOCH = 25_567 * SECONDS_PER_DAY;
const HOUR = 3600;
const DAY = SECONDS_PER_DAY;
/** Seconds of the units of time: those of both editions, and the others of edition 1. */
const SECONDS: ReadonlyMap<number, number> = new Map([
  ...([
    [0, 60],
    [1, HOUR],
    [2, DAY],
    [10, 3 * HOUR],
    [11, 6 * HOUR],
    [12, 12 * HOUR],
  ] as const),
]);
const SECONDS_1: ReadonlyMap<number, number> = new Map([...SECONDS, [13, 900], [14, 1800], [254, 1]]);
const SECONDS_2: ReadonlyMap<number, number> = new Map([...SECONDS, [13, 1]]);
/** Units that are months, by their number of months: month, year, decade, normal, century. */
const MONTHS: ReadonlyMap<number, number> = new Map([
  ...([
    [3, 1],
    [4, 12],
    [5, 120],
    [6, 360],
    [7, 1200],
  ] as const),
]);
/** The inventory keeps steps in 32 bits: 68 years. */
const MAX_STEP = 2 ** 31 - 1;
const STATISTICS = ['avg', 'accum', 'max', 'min', 'diff'] as const;
const ECMWF = 98;

/** The times of edition 1; `section` is the product definition. `isLeast` tells the fields that are minima by what they are of. */
export function times1(section: Uint8Array, centre: number, isLeast: () => boolean): Times {
  const runTime = runTime1(section);
  const [unit, p1, p2, range] = [section[17]!, section[18]!, section[19]!, section[20]!];
  const step = (count: number): number | null => secondsOf(count, unit, SECONDS_1, runTime);
  const instant = (count: number): Times => timesOf(runTime, step(count), step(count), 'instant');
  if (range === 0) return instant(p1);
  if (range === 1) return instant(0);
  if (range === 10) return instant(u16(section, 18));
  if (range < 2 || range > 5) return timesOf(runTime, null, null, `stat${range}`);
  // Range 2 says that the field is valid between two times, not how: ECMWF has its maxima and minima so.
  const between = isLeast() ? 'min' : centre === ECMWF ? 'max' : 'accum';
  const stepType = range === 2 ? between : range === 3 ? 'avg' : range === 4 ? 'accum' : 'diff';
  return timesOf(runTime, step(p2), step(p1), stepType);
}

/** Octet 13 is the year of the century, octet 25 the century; the 100th year of a century still belongs to it. */
function runTime1(section: Uint8Array): number | null {
  const [year, month, day, hour, minute] = section.subarray(12, 17) as unknown as [
    ...[number, number, number],
    ...[number, number],
  ];
  if (year > 100) return null;
  return timeOf([(section[24]! - 1) * 100 + year, month, day], [hour, minute, 0]);
}

/** Where the parts of a product definition of edition 2 begin, counted from 0. */
export interface TimePlaces {
  /** The unit of the step, and the step behind it. */
  readonly step: number;
  /** The end of the interval; -1 where the template has none. */
  readonly end: number;
}

/** The times of edition 2: of sections 1 and 4. Null places: a template whose times are not known. */
export function times2(identification: Uint8Array, product: Uint8Array, places: TimePlaces | null): Times {
  const runTime = time2(identification, 12);
  if (places === null || places.step + 5 > product.length) return timesOf(runTime, null, null, 'instant');
  const { step: at, end } = places;
  const begin = isMissing(product, at + 1, 4)
    ? null
    : secondsOf(s32(product, at + 1), product[at]!, SECONDS_2, runTime);
  // What follows the end of the interval: number of ranges, missing values, and the first range from its process on.
  if (end < 0 || end + 24 > product.length) return timesOf(runTime, begin, begin, 'instant');
  const process = product[end + 12]!;
  const stepType = STATISTICS[process] ?? `stat${process}`;
  const ends = time2(product, end);
  if (ends !== null && runTime !== null) return timesOf(runTime, ends - runTime, begin, stepType);
  const length = secondsOf(u32(product, end + 15), product[end + 14]!, SECONDS_2, runTime);
  const step = begin === null || length === null ? null : begin + length;
  return timesOf(runTime, step, begin, stepType);
}

/** A time in 7 octets: year in two, month, day, hour, minute, second. */
function time2(octets: Uint8Array, at: number): number | null {
  const year = u16(octets, at);
  return timeOf(
    [year, octets[at + 2]!, octets[at + 3]!],
    [octets[at + 4]!, octets[at + 5]!, octets[at + 6]!],
  );
}

type Three = readonly [number, number, number];

function timeOf([year, month, day]: Three, [hour, minute, second]: Three): number | null {
  // 24:00 is written by some for the end of a day.
  const isTime = hour <= 24 && minute <= 59 && second <= 60;
  if (year <= 0 || !isDate(year, month, day) || !isTime) return null;
  return daysSince1900(year, month, day) * DAY - EPOCH + hour * HOUR + minute * 60 + second;
}

/** Months are counted in the calendar, from the run on. */
function secondsOf(
  count: number,
  unit: number,
  units: ReadonlyMap<number, number>,
  runTime: number | null,
): number | null {
  const seconds = units.get(unit);
  if (seconds !== undefined) return count * seconds;
  const months = MONTHS.get(unit);
  if (months === undefined || runTime === null) return count === 0 && months !== undefined ? 0 : null;
  const { year, month, day, hour, minute, second } = civilTime(runTime + EPOCH);
  const total = year * 12 + month - 1 + count * months;
  const time = timeOf([Math.floor(total / 12), (((total % 12) + 12) % 12) + 1, day], [hour, minute, second]);
  return time === null ? null : time - runTime;
}

function timesOf(runTime: number | null, end: number | null, begin: number | null, stepType: string): Times {
  const fits = (step: number | null): step is number => step !== null && Math.abs(step) <= MAX_STEP;
  const step = fits(end) ? end : null;
  const validTime = runTime === null || step === null ? null : runTime + step;
  return { runTime, validTime, step, stepBegin: fits(begin) ? begin : null, stepType };
}
