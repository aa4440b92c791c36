/**
 * Place, time, vertical coordinate and station of the feedback, which are those of the observation beside it: rows of the database
 * are read as their reader reads them, and what it takes from elsewhere (a missing time, an impossible position) is left alone.
 */

import { daysSince1900, SECONDS_PER_DAY } from '../calendar.js';
import type { NumericArray } from '../netcdf4/index.js';
import type { FeedbackDescriptor } from '../records/descriptor.js';
import { normalLongitude } from '../records/place.js';
import { STANDARD_GRAVITY, Z_TYPE } from '../records/variables.js';
import type { FeedbackFacts } from '../sources/facts.js';
import { quoted } from './codes.js';
import { type FileView, placeOf } from './file-view.js';
import { runEnd, textAt } from './report-runs.js';
import { describeTime } from './reports.js';
import { floatsOf, intsOf, type RowBlock, timesOf } from './row-blocks.js';
import { pathOf } from './row-feedback.js';

/** A float32 of a decimal and what was computed from it. */
const RELATIVE_ERROR = 2 ** -21;
/** Degrees: two float32 apart at 180. */
const NEAR = 4e-5;
/** Codes of vertco_type. */
const PRESSURE = 1;
const GEOPOTENTIAL = 2;

/** Tells of a row: what the column has and what stands beside it. */
type Tell = (path: string, row: number, message: () => string) => void;
type Check = (block: RowBlock) => void;

export function createFeedbackOrigin(
  view: FileView,
  descriptors: readonly FeedbackDescriptor[],
  facts: FeedbackFacts | undefined,
): Check[] {
  const [group] = descriptors.map((one) => one.group);
  if (group === undefined || facts === undefined) return [];
  const tell: Tell = (path, row, message) => {
    const [table, variable] = placeOf(path);
    view.findings.add('feedback', { table, variable, row }, message);
  };
  const at = (name: string): string => pathOf(view, group, name) ?? '';
  const types = at('vertco_type@body');
  return [
    places(facts.latitudesWithoutSign, at('lat@hdr'), at('lon@hdr'), tell),
    times(at('date@hdr'), at('time@hdr'), tell),
    coordinates(types, at('vertco_reference_1@body'), tell),
    stations(view, at('statid@hdr'), facts, tell),
  ];
}

/** Numbers of a column, undefined where it is not there or holds texts. */
function numbersIn(
  { columns }: RowBlock,
  path: string,
): Float32Array | Float64Array | Int32Array | undefined {
  const found: NumericArray | undefined = columns.get(path);
  if (found instanceof Float32Array || found instanceof Float64Array || found instanceof Int32Array)
    return found;
  return undefined;
}

/** A row without a latitude and a longitude that can be is where its report is. */
function places(mayBeMirrored: boolean, northPath: string, eastPath: string, tell: Tell): Check {
  return (block) => {
    const [north, east] = [numbersIn(block, northPath), numbersIn(block, eastPath)];
    const latitudes = floatsOf(block, 'latitude');
    const longitudes = floatsOf(block, 'longitude');
    if (north === undefined || east === undefined || latitudes === undefined || longitudes === undefined)
      return;
    for (let i = 0; i < block.rows; i++) {
      const latitude = latitudes[i] as number;
      const stated = north[i] as number;
      const eastward = normalLongitude(east[i] as number);
      if (!(stated >= -90 && stated <= 90) || Number.isNaN(eastward)) continue;
      const isThere = Math.abs(stated - latitude) <= NEAR;
      const isMirrored = mayBeMirrored && stated > 0 && Math.abs(stated + latitude) <= NEAR;
      if (!isThere && !isMirrored)
        tell(northPath, block.firstRow + i, () => `${stated} beside the latitude ${latitude}`);
      const longitude = longitudes[i] as number;
      const apart = Math.abs(eastward - longitude);
      // The two ends of the circle are one.
      if (!(apart <= NEAR || Math.abs(apart - 360) <= NEAR))
        tell(eastPath, block.firstRow + i, () => `${east[i]} beside the longitude ${longitude}`);
    }
  };
}

/** A report of the database has one time, nominal or that of the launch, which is its record time either way. */
function times(datePath: string, timePath: string, tell: Tell): Check {
  return (block) => {
    const [dates, clocks] = [numbersIn(block, datePath), numbersIn(block, timePath)];
    const stated = timesOf(block, 'date_time');
    if (dates === undefined || clocks === undefined || stated === undefined) return;
    let expected = Number.NaN;
    for (let i = 0; i < block.rows; i++) {
      if (i === 0 || dates[i] !== dates[i - 1] || clocks[i] !== clocks[i - 1])
        expected = secondsOf(dates[i] as number, clocks[i] as number);
      if (Number.isNaN(expected) || stated[i] === expected) continue;
      const [date, clock] = [dates[i], clocks[i]];
      const isOfDay =
        Math.floor(expected / SECONDS_PER_DAY) === Math.floor((stated[i] ?? 0) / SECONDS_PER_DAY);
      tell(
        isOfDay ? timePath : datePath,
        block.firstRow + i,
        () => `${date} ${clock} beside the time ${describeTime(stated[i])}`,
      );
    }
  };
}

/** YYYYMMDD and HHMMSS as seconds since 1900-01-01; NaN where the time is missing. */
function secondsOf(date: number, time: number): number {
  if (!(time >= 0) || !Number.isFinite(date)) return Number.NaN;
  const days = daysSince1900(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
  return (
    days * SECONDS_PER_DAY +
    Math.floor(time / 10_000) * 3600 +
    (Math.floor(time / 100) % 100) * 60 +
    (time % 100)
  );
}

/** A pressure is that of the row; a geopotential may be written as a height. Rows without a coordinate follow from nothing here. */
function coordinates(typePath: string, path: string, tell: Tell): Check {
  return (block) => {
    const [codes, references] = [numbersIn(block, typePath), numbersIn(block, path)];
    const z = floatsOf(block, 'z_coordinate');
    const types = intsOf(block, 'z_coordinate_type');
    if (codes === undefined || references === undefined || z === undefined || types === undefined) return;
    for (let i = 0; i < block.rows; i++) {
      const type = types[i] as number;
      const value = z[i] as number;
      if (Number.isNaN(value)) continue;
      const isPressure = type === Z_TYPE.pressure;
      if (codes[i] !== (isPressure ? PRESSURE : GEOPOTENTIAL))
        tell(typePath, block.firstRow + i, () => `${codes[i]} beside a coordinate of type ${type}`);
      const factor = type === Z_TYPE.height ? 1 / STANDARD_GRAVITY : 1;
      const expected = (references[i] as number) * factor;
      if (!(Math.abs(expected - value) <= RELATIVE_ERROR * Math.abs(value)))
        tell(
          path,
          block.firstRow + i,
          () => `${references[i]} beside the coordinate ${value} of type ${type}`,
        );
    }
  };
}

/** The station is the source's own, however its id is padded. */
function stations(view: FileView, path: string, { stationIdOf }: FeedbackFacts, tell: Tell): Check {
  const { attribute } = view;
  const own = attribute('source_station_id') || attribute('primary_station_id');
  const [table, name] = placeOf(path);
  const width = view.variable(table, name)?.shape[1] ?? 1;
  return (block) => {
    const array = block.columns.get(path);
    if (!(array instanceof Uint8Array)) return;
    const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
    for (let row = 0; row < block.rows; row = runEnd(bytes, width, row, block.rows)) {
      const id = textAt(bytes, width, row);
      if (stationIdOf(id) !== own)
        tell(path, block.firstRow + row, () => `${quoted(id)} beside a row of the station ${quoted(own)}`);
    }
  };
}
