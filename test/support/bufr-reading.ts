/** Soundings as BUFR messages for tests: the values of the usual templates in their order, and reading back what they hold. */

import type { InputFile, StationInput } from '../../src/records/input.js';
import { createTally } from '../../src/records/tally.js';
import { OBSERVED_VARIABLE } from '../../src/records/variables.js';
import { bufr } from '../../src/sources/bufr/index.js';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { type BufrContent, type BufrValue, encodeBufr } from './bufr-encoder.js';
import { inputOf, isAccountedFor, listStations, type Reading, readStation } from './reading.js';

const tables = await loadTables();

/** The head of a report; what is left out is that of an ordinary land station. */
export interface ReportHead {
  /** Block and station number. */
  station?: readonly [block: BufrValue, number: BufrValue];
  callSign?: BufrValue;
  sondeType?: BufrValue;
  /** Code table 0 08 021. */
  significance?: BufrValue;
  /** Year, month, day, hour, minute, second. */
  time?: readonly BufrValue[];
  /** Degrees north, degrees east. */
  position?: readonly [latitude: BufrValue, longitude: BufrValue];
  /** Of the station, m. */
  height?: BufrValue;
}

export const STATION = [11, 35] as const;
export const TIME = [2021, 6, 7, 11, 30, 15] as const;
export const POSITION = [48.25, 16.36] as const;
const NO_CLOUDS = [null, null, null, null, null, null, null];

/** Levels of 3 09 007: pressure, significance (0 08 001), geopotential, temperature, dew point, direction, speed. */
export function temp309007(head: ReportHead, levels: readonly (readonly BufrValue[])[]): BufrValue[] {
  const { station = STATION, time = TIME, position = POSITION, height = 200, sondeType = 80 } = head;
  return [
    ...station,
    ...[sondeType, 3],
    ...time.slice(0, 5),
    ...[...position, height],
    ...NO_CLOUDS,
    ...[levels.length, ...levels.flat()],
  ];
}

/** Identification, time and position as 3 01 111 (or, without the radiation correction, 110), 113 and 114 have them. */
function highResolutionHead(head: ReportHead, isTemp: boolean): BufrValue[] {
  const { station = STATION, callSign = null, sondeType = 123, significance = 18 } = head;
  const { time = TIME, position = POSITION, height = 200 } = head;
  return [
    ...[...station, callSign, sondeType],
    ...(isTemp ? [4] : []),
    ...[8, 7],
    ...[significance, ...time],
    ...[...position, height, null, null, null],
  ];
}

/**
 * Levels of 3 09 052: seconds, significance (0 08 042), pressure, height, displacement north and east, temperature, dew
 * point, direction, speed. Shear: seconds, significance, pressure, displacements, shear below and above.
 */
export function temp309052(
  head: ReportHead,
  levels: readonly (readonly BufrValue[])[],
  shear: readonly (readonly BufrValue[])[] = [],
): BufrValue[] {
  return [
    ...highResolutionHead(head, true),
    ...[...NO_CLOUDS, null],
    ...[levels.length, ...levels.flat()],
    ...[shear.length, ...shear.flat()],
  ];
}

/** Levels of 3 09 050 (pressure) and 3 09 051 (height): seconds, significance, coordinate, displacements, direction, speed. */
export function pilot30905x(head: ReportHead, levels: readonly (readonly BufrValue[])[]): BufrValue[] {
  return [...highResolutionHead(head, false), ...[levels.length, ...levels.flat()], 0];
}

/** The head of the templates that tests make up: identification, date, time and position, launch not marked. */
export const PLAIN_HEAD = [301_001, 301_011, 301_012, 301_021] as const;
export const PLAIN_VALUES: readonly BufrValue[] = [...STATION, ...TIME.slice(0, 5), ...POSITION];

/** A message of category 2 by ECMWF with the tables of the package. */
export function message(
  descriptors: readonly number[],
  subsets: readonly (readonly BufrValue[])[],
  header: Partial<BufrContent> = {},
): Uint8Array {
  const [year = 2021, month = 6, day = 7] = TIME;
  return encodeBufr({ tables, year, month, day, hour: 12, descriptors, subsets, ...header });
}

/** What the bytes hold: the stations as listed, and each of them read. */
export interface BufrReading {
  stations: StationInput[];
  listing: Reading['tally'];
  /** By the source's id. */
  readings: Map<string, Reading>;
}

/** The reading with geopotentials as geopotential heights, which is what the match makes of them. */
function inHeights(reading: Reading): Reading {
  const { geopotential, geopotentialHeight } = OBSERVED_VARIABLE;
  return {
    ...reading,
    rows: reading.rows.map((row) =>
      row.variable === geopotential
        ? { ...row, variable: geopotentialHeight, value: row.value / 9.80665 }
        : row,
    ),
  };
}

/** Lists and reads; every reading must account for its fields. */
export async function readBufr(input: Uint8Array | InputFile): Promise<BufrReading> {
  const file = input instanceof Uint8Array ? inputOf(input, { path: 'soundings.bufr' }) : input;
  const { stations, tally } = await listStations(bufr, [file]);
  const readings = new Map<string, Reading>();
  for (const station of stations) {
    const reading = inHeights(await readStation(bufr, station));
    if (!isAccountedFor(reading)) throw new Error(`fields of ${station.id} are not accounted for`);
    readings.set(station.id, reading);
  }
  return { stations, listing: tally, readings };
}

/** The only station's reading. */
export async function readOne(input: Uint8Array | InputFile): Promise<Reading> {
  const { readings } = await readBufr(input);
  const [reading] = readings.values();
  if (reading === undefined || readings.size !== 1)
    throw new Error(`${readings.size} stations instead of one`);
  return reading;
}

/** What rows and reports say beside their values. */
export interface Told {
  /** `level_significance` by vertical coordinate; rows of a level say the same. */
  significance: Map<number, number>;
  reports: { verticalDirection: number; platformType: number; begin: number }[];
}

/** What the only station's levels and reports say of themselves. */
export async function readTold(input: Uint8Array | InputFile): Promise<Told> {
  const file = input instanceof Uint8Array ? inputOf(input, { path: 'soundings.bufr' }) : input;
  const { stations } = await listStations(bufr, [file]);
  const [station] = stations;
  if (station === undefined || stations.length !== 1)
    throw new Error(`${stations.length} stations instead of one`);
  const told: Told = { significance: new Map(), reports: [] };
  for await (const { reports, observations } of bufr.open(station, { tally: createTally() })) {
    const { significance, zCoordinate } = observations;
    if (significance === null) throw new Error('there is no column of significance');
    for (const [row, z] of zCoordinate.entries()) told.significance.set(z, significance[row] ?? Number.NaN);
    for (const [i, begin] of reports.beginTime.entries())
      told.reports.push({
        verticalDirection: reports.verticalDirection[i] ?? -9,
        platformType: reports.platformType[i] ?? -9,
        begin,
      });
  }
  return told;
}

/** The values of one level, by `observed_variable`. */
export function valuesAt(reading: Reading, z: number): Record<number, number> {
  return Object.fromEntries(
    reading.rows.filter((row) => row.z === z).map(({ variable, value }) => [variable, value]),
  );
}
