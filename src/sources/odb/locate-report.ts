/**
 * The values of a report of an observation database, whichever encoding its rows stand in. The report begins at its first row, and
 * its further rows may lie between rows of other stations.
 */
import { normalLongitude } from '../../records/place.js';
import { OBSERVED_VARIABLE, Z_TYPE } from '../../records/variables.js';
import type {
  Conversion,
  Datum,
  Given,
  LocatorRequest,
  MarkedField,
  QualityMark,
  SourceReport,
  SourceUnit,
  Standing,
  Step,
} from '../locator.js';
import { step } from '../locator-step.js';
import type { ColumnPlaces } from './columns.js';
import { normalLatitude } from './position.js';
import { QUANTITIES, qualityOf } from './quantities.js';
import { reportTimes } from './report-time.js';
import { stationIdOf } from './station-id.js';

/** A field with the steps of its own encoding; none where it is printed as it is. */
export interface MarkedColumn {
  field: MarkedField;
  steps: readonly Step[];
}

/** A row in either encoding; numbers NaN where missing. */
export interface OdbRow {
  statid: string;
  date: number;
  time: number;
  kind: number;
  obstype: number;
  codetype: number;
  number: number;
  latitude: number;
  longitude: number;
  varno: number;
  value: number;
  coordinateType: number;
  coordinate: number;
  status: number;
  /** Whether the report may begin here: the row is at the offset that the station file gives. */
  mayBegin: boolean;
  /** Bytes of the row; in ODB-2, of its frame. */
  from: number;
  to: number;
  unit(): SourceUnit;
  /** The field of a column that is there, and the steps from its bytes to the value. */
  mark(column: keyof ColumnPlaces, gives: Given): MarkedColumn;
  feedback(): ReadonlyMap<string, number | string>;
}

const PRESSURE = 1;
const GEOPOTENTIAL = 2;
/** m2 s-2; below stand marks of missing heights. */
const LOWEST_GEOPOTENTIAL = -9790;
/** The readers refuse longer reports. */
const MAX_REPORT_ROWS = 250_000;
/** Bits of `datum_status@body`. */
const STATUS_BITS: readonly (readonly [bit: number, meaning: string])[] = [
  [1, 'active'],
  [2, 'passive'],
  [4, 'rejected'],
  [8, 'blacklisted'],
  [16, 'used for emissivity only'],
];
/** Units of the database by the quantity's own name, where they are not those of the CDM. */
const UNITS: Readonly<Record<string, string>> = {
  geopotentialHeight: 'm2 s-2',
  relativeHumidity: 'fraction',
  relativeHumiditySurface: 'fraction',
  specificHumidity: 'kg/kg',
  windFromDirection: 'degree',
  airPressureSurface: 'Pa',
};

/** The report of the station that begins in one of the rows that may begin it and has the time asked for; null without one. */
export async function collectReport(
  rows: AsyncIterable<OdbRow>,
  { isStation, isTime }: LocatorRequest,
  southern: ReadonlySet<string>,
  head: (row: OdbRow) => Pick<SourceReport, 'head' | 'line'>,
): Promise<SourceReport | null> {
  let first: OdbRow | null = null;
  let wanted = false;
  /** First and last row of what is wanted. */
  const ends: OdbRow[] = [];
  const data: Datum[] = [];
  for await (const row of rows) {
    const id = stationIdOf(row.statid);
    if (id === '' || !isStation(id)) continue;
    if (first === null || !isSameReport(row, first)) {
      if (!row.mayBegin) break;
      first = row;
      const times = reportTimes(row.date, row.time, row.kind, normalLongitude(row.longitude));
      wanted = typeof times !== 'string' && isTime(times);
    }
    if (!wanted) continue;
    ends[ends.length === 0 ? 0 : 1] = row;
    const datum = datumOf(row, first, southern.has(id));
    if (datum !== null) data.push(datum);
    if (data.length > MAX_REPORT_ROWS) break;
  }
  const [begin, end = begin] = ends;
  return begin === undefined || end === undefined
    ? null
    : { from: begin.from, to: end.to, data, ...head(begin) };
}

function isSameReport(a: OdbRow, b: OdbRow): boolean {
  return (
    Object.is(a.date, b.date) &&
    Object.is(a.time, b.time) &&
    Object.is(a.kind, b.kind) &&
    Object.is(a.obstype, b.obstype) &&
    Object.is(a.codetype, b.codetype) &&
    Object.is(a.number, b.number)
  );
}

function datumOf(row: OdbRow, first: OdbRow, southern: boolean): Datum | null {
  const quantity = QUANTITIES.find(({ varno }) => varno === row.varno);
  if (quantity === undefined || Number.isNaN(row.value)) return null;
  const byPressure = row.coordinateType === PRESSURE && row.coordinate > 0;
  const byHeight = row.coordinateType === GEOPOTENTIAL && row.coordinate > LOWEST_GEOPOTENTIAL;
  const hasCoordinate = byPressure || byHeight;
  const isGeopotential = quantity.quantity === 'geopotentialHeight';
  if (!hasCoordinate && !quantity.surface) return null;
  if (byHeight && isGeopotential && row.value === row.coordinate) return null;
  const isElsewhere = !Object.is(row.latitude, first.latitude) || !Object.is(row.longitude, first.longitude);
  const north = normalLatitude(row.latitude, southern);
  const east = normalLongitude(row.longitude);
  const hasPosition = isElsewhere && !Number.isNaN(north) && !Number.isNaN(east);
  return {
    observedVariable: OBSERVED_VARIABLE[quantity.quantity],
    value: row.value,
    z: hasCoordinate ? row.coordinate : Number.NaN,
    zType: byPressure ? Z_TYPE.pressure : byHeight ? Z_TYPE.geopotential : -1,
    elapsed: Number.NaN,
    quality: qualityOf(row.status),
    latitude: hasPosition ? north : Number.NaN,
    longitude: hasPosition ? east : Number.NaN,
    feedback: () => row.feedback(),
    describe: () => describe(row, quantity.quantity, byPressure, byHeight, hasPosition),
  };
}

function describe(
  row: OdbRow,
  quantity: string,
  byPressure: boolean,
  byHeight: boolean,
  isElsewhere: boolean,
): Standing {
  const wind = /wind/i.test(quantity);
  const unit = UNITS[quantity] ?? (wind ? 'm/s' : 'K');
  const fields: MarkedField[] = [];
  const conversions: Conversion[] = [];
  const add = (column: keyof ColumnPlaces, element: Given, value: number, of: string): void => {
    const { field, steps } = row.mark(column, element);
    fields.push(field);
    conversions.push({ element, steps: [...steps, step(value, of)] });
  };
  add('obsvalue', 'observation_value', row.value, unit);
  if (byPressure || byHeight)
    add('vertcoReference', 'z_coordinate', row.coordinate, byPressure ? 'Pa' : 'm2 s-2');
  if (isElsewhere) {
    add('lat', 'latitude', row.latitude, 'degree north');
    add('lon', 'longitude', row.longitude, 'degree east');
  }
  const marks = statusMarks(row);
  if (!Number.isNaN(row.status)) fields.push(row.mark('datumStatus', 'quality_flag').field);
  return { unit: row.unit(), fields, conversions, marks };
}

function statusMarks({ status }: OdbRow): QualityMark[] {
  const bits = STATUS_BITS.filter(([bit]) => (status & bit) !== 0).map(([, meaning]) => meaning);
  return [
    {
      name: 'datum_status@body',
      raw: Number.isNaN(status) ? '' : String(status),
      meaning: Number.isNaN(status) ? 'missing' : bits.length === 0 ? 'no bit set' : bits.join(', '),
      became: `quality_flag ${qualityOf(status)}`,
    },
  ];
}
