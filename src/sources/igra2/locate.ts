/** The values of an IGRA 2 report from its raw lines. Column numbers are counted from 0. */

import type { InputFile } from '../../records/input.js';
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../records/variables.js';
import type {
  Conversion,
  Datum,
  Given,
  LocatorRequest,
  MarkedField,
  QualityMark,
  SourceReport,
  Standing,
} from '../locator.js';
import { shortest, step } from '../locator-step.js';
import { textField } from '../text/locate-field.js';
import { type Line, latin1, linesFrom, trimmedEnd } from '../text/locate-lines.js';
import { LEVEL_WIDTH, MAX_LEVELS, MIN_LEVEL_WIDTH, RAW, readFields, separatorsBlank } from './columns.js';
import { field, MISSING } from './field.js';

const HASH = 0x23;
const ZERO = 0x30;
const NINE = 0x39;
const NUMLEV = [32, 36] as const;
/** A height below is a mark of a missing one. */
const LOWEST_HEIGHT = -8887;
const PFLAG = 15;
const ZFLAG = 21;
const TFLAG = 27;

/** A field of a level that makes a row. */
interface LevelField {
  name: string;
  variable: number;
  raw: number;
  columns: readonly [from: number, to: number];
  divisor: number;
  /** Unit of the printed integer, and of the value. */
  printed: string;
  unit: string;
  /** Column of its flag, null for a field without one. */
  flag: number | null;
}

const FIELDS: readonly LevelField[] = [
  ...levelField('GPH', OBSERVED_VARIABLE.geopotentialHeight, RAW.height, [16, 21], 'gpm', ZFLAG),
  ...levelField('TEMP', OBSERVED_VARIABLE.airTemperature, RAW.temperature, [22, 27], 'degC', TFLAG),
  ...levelField('RH', OBSERVED_VARIABLE.relativeHumidity, RAW.relativeHumidity, [28, 33], '%'),
  ...levelField('DPDP', OBSERVED_VARIABLE.dewPointDepression, RAW.dewPointDepression, [34, 39], 'degC'),
  ...levelField('WDIR', OBSERVED_VARIABLE.windFromDirection, RAW.windDirection, [40, 45], 'degree'),
  ...levelField('WSPD', OBSERVED_VARIABLE.windSpeed, RAW.windSpeed, [46, 51], 'm/s'),
];

function levelField(
  name: string,
  variable: number,
  raw: number,
  columns: readonly [number, number],
  unit: string,
  flag: number | null = null,
): LevelField[] {
  const divisor = unit === 'gpm' || unit === 'degree' ? 1 : 10;
  const printed = divisor === 1 ? unit : `tenths of ${unit}`;
  return [{ name, variable, raw, columns, divisor, printed, unit, flag }];
}

/** The report whose header line begins at the offset; null where none does. */
export async function locateIgra2(file: InputFile, { offset }: LocatorRequest): Promise<SourceReport | null> {
  let report: (SourceReport & { data: Datum[] }) | null = null;
  let announced = 0;
  let levels = 0;
  for await (const line of linesFrom(file, offset)) {
    const [first] = line.bytes;
    if (report === null) {
      if (first !== HASH) return null;
      announced = field(line.bytes, ...NUMLEV, line.bytes.length);
      const head = latin1(line.bytes.subarray(0, trimmedEnd(line.bytes)));
      report = { from: line.from, to: line.to, head, line: line.number, data: [] };
      continue;
    }
    if (first === HASH) break;
    if (trimmedEnd(line.bytes) === 0) continue;
    if (first === undefined || first < ZERO || first > NINE) {
      // After a complete report comes a line that is not part of it: what follows that line may belong to another report.
      if (levels >= announced) break;
      continue;
    }
    if (++levels > MAX_LEVELS) break;
    report.to = line.to;
    report.data.push(...levelData(line));
  }
  return report;
}

function levelData(line: Line): Datum[] {
  const { bytes } = line;
  const trimmed = trimmedEnd(bytes);
  // A level whose last columns are blank still counts as having them.
  const end = trimmed < MIN_LEVEL_WIDTH && bytes.length >= LEVEL_WIDTH ? LEVEL_WIDTH : trimmed;
  const type = bytes[0]! - ZERO;
  if (end < MIN_LEVEL_WIDTH || end > LEVEL_WIDTH || type < 0 || type > 3) return [];
  if (!separatorsBlank(bytes, 0, end)) return [];
  const raw = new Int32Array(Object.keys(RAW).length);
  readFields(bytes, 0, end, raw);
  const pressure = raw[RAW.pressure]!;
  const height = raw[RAW.height]!;
  const byPressure = pressure > 0;
  if (!byPressure && height < LOWEST_HEIGHT) return [];
  const elapsed = elapsedSeconds(raw[RAW.elapsed]!);
  return FIELDS.filter(({ raw: at }) => byPressure || at !== RAW.height).map((quantity) => ({
    observedVariable: quantity.variable,
    value: raw[quantity.raw]! / quantity.divisor,
    z: byPressure ? pressure : height,
    zType: byPressure ? Z_TYPE.pressure : Z_TYPE.height,
    elapsed,
    quality: qualityOf(line, quantity.flag),
    latitude: Number.NaN,
    longitude: Number.NaN,
    feedback: null,
    describe: () => describe(line, quantity, byPressure, elapsed),
  }));
}

function describe(line: Line, quantity: LevelField, byPressure: boolean, elapsed: number): Standing {
  const value = textField(line, quantity.name, 'observation_value', ...quantity.columns);
  const coordinate = byPressure
    ? textField(line, 'PRESS', 'z_coordinate', 9, 15)
    : textField(line, 'GPH', 'z_coordinate', 16, 21);
  const fields: MarkedField[] = [value, coordinate];
  const conversions = [
    conversion('observation_value', value.raw, quantity.printed, quantity.divisor, quantity.unit),
    conversion('z_coordinate', coordinate.raw, byPressure ? 'Pa' : 'gpm'),
  ];
  if (!Number.isNaN(elapsed)) {
    const time = textField(line, 'ETIME', 'elapsed_time', 3, 8);
    fields.push(time);
    conversions.push({
      element: 'elapsed_time',
      steps: [step(time.raw, 'MMMSS, minutes and seconds'), step(elapsed, 's since launch')],
    });
  }
  const flag = quantity.flag;
  if (flag !== null) fields.push(textField(line, flagName(flag), 'quality_flag', flag, flag + 1));
  return {
    unit: {
      kind: 'line',
      number: line.number,
      from: line.from,
      to: line.to,
      text: latin1(line.bytes.subarray(0, trimmedEnd(line.bytes))),
    },
    fields,
    conversions,
    marks: marksOf(line, quantity, byPressure),
  };
}

function conversion(element: Given, raw: string, printed: string, divisor = 1, unit = printed): Conversion {
  const steps = [step(raw, printed)];
  if (divisor !== 1) steps.push(step(Number(raw) / divisor, unit));
  return { element, steps };
}

/** The marks of the value and of its coordinate. */
function marksOf(line: Line, quantity: LevelField, byPressure: boolean): QualityMark[] {
  const marks: QualityMark[] = [];
  if (quantity.flag === null)
    marks.push({
      name: 'flag',
      raw: '',
      meaning: `the archive gives no flag to ${quantity.name}`,
      became: 'quality_flag 2',
    });
  else
    marks.push({
      ...markAt(line, quantity.flag),
      became: `quality_flag ${shortest(qualityOf(line, quantity.flag))}`,
    });
  const ofCoordinate = byPressure ? PFLAG : ZFLAG;
  if (ofCoordinate !== quantity.flag)
    marks.push({
      ...markAt(line, ofCoordinate),
      became: 'only counted: it is a mark of the vertical coordinate',
    });
  return marks;
}

function markAt(line: Line, column: number): Omit<QualityMark, 'became'> {
  const raw = String.fromCharCode(line.bytes[column] ?? 0x20).trim();
  const meaning =
    raw === ''
      ? 'not checked'
      : raw === 'A'
        ? "within the archive's wide climatological limits"
        : raw === 'B'
          ? "within the archive's wide and narrow climatological limits"
          : 'unknown to the format';
  return { name: flagName(column), raw, meaning };
}

function flagName(column: number): string {
  return column === PFLAG ? 'PFLAG' : column === ZFLAG ? 'ZFLAG' : 'TFLAG';
}

/** Flags A and B say that the value passed. */
function qualityOf({ bytes }: Line, flag: number | null): number {
  if (flag === null) return QUALITY.notChecked;
  const mark = String.fromCharCode(bytes[flag] ?? 0x20);
  return mark === 'A' || mark === 'B' ? QUALITY.passed : QUALITY.notChecked;
}

/** MMMSS to seconds; NaN where missing or no time. */
function elapsedSeconds(etime: number): number {
  if (etime <= MISSING || etime < 0 || etime % 100 >= 60) return Number.NaN;
  return Math.floor(etime / 100) * 60 + (etime % 100);
}
