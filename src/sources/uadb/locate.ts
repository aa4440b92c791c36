/** The values of a UADB report from its raw lines. Column numbers are counted from 0. */

import type { InputFile } from '../../records/input.js';
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../records/variables.js';
import type { Datum, LocatorRequest, MarkedField, QualityMark, SourceReport, Standing } from '../locator.js';
import { step } from '../locator-step.js';
import { textField } from '../text/locate-field.js';
import { type Line, latin1, linesFrom, trimmedEnd } from '../text/locate-lines.js';
import { decimal } from '../text/numbers.js';
import { LEVEL_WIDTH, MAX_LEVELS, SEPARATORS } from './columns.js';
import { isMissingHeight, isMissingPressure } from './sentinels.js';

const LETTER_H = 0x48;
const BLANK = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const NUMLEV = [89, 93] as const;
const ELEVATION = [79, 85] as const;
const PRESSURE = [5, 13] as const;
const HEIGHT = [14, 22] as const;
/** hPa; no place on Earth has more. */
const HIGHEST_PRESSURE = 1100;
/** Metres; heights from -999 m down are marks of missing ones. */
const LOWEST_HEIGHT = -998.99;
/** Level types on which rules depend. */
const TYPE = { surface: 1, significant: 3, windByHeight: 4, windByPressure: 5 } as const;

interface LevelField {
  name: string;
  variable: number;
  columns: readonly [from: number, to: number];
  unit: string;
  /** What the quantity cannot pass by definition: marks of missing values are outside. */
  low: number;
  high: number;
}

const HIGHEST = 99_998.99;

const FIELDS: readonly LevelField[] = [
  {
    name: 'GPH',
    variable: OBSERVED_VARIABLE.geopotentialHeight,
    columns: HEIGHT,
    unit: 'gpm',
    low: LOWEST_HEIGHT,
    high: HIGHEST,
  },
  {
    name: 'TEMP',
    variable: OBSERVED_VARIABLE.airTemperature,
    columns: [23, 29],
    unit: 'degC',
    low: -273.15,
    high: HIGHEST,
  },
  {
    name: 'RH',
    variable: OBSERVED_VARIABLE.relativeHumidity,
    columns: [30, 36],
    unit: '%',
    low: 0,
    high: 100,
  },
  {
    name: 'WDIR',
    variable: OBSERVED_VARIABLE.windFromDirection,
    columns: [37, 43],
    unit: 'degree',
    low: 0,
    high: 360,
  },
  {
    name: 'WSPD',
    variable: OBSERVED_VARIABLE.windSpeed,
    columns: [44, 50],
    unit: 'm/s',
    low: 0,
    high: HIGHEST,
  },
];

/** A level with its coordinate: the pressure, the height, or the elevation of the station in the header. */
interface Level {
  line: Line;
  type: number;
  z: number;
  zType: number;
  from: 'PRESS' | 'GPH' | 'ELEV';
}

/** Units of what gives the coordinate. */
const COORDINATE_UNITS = { PRESS: 'hPa', GPH: 'gpm', ELEV: 'm above sea level' } as const;

/** The report whose header line begins at the offset; null where none does. */
export async function locateUadb(file: InputFile, { offset }: LocatorRequest): Promise<SourceReport | null> {
  let report: SourceReport | null = null;
  let header: Line | null = null;
  let announced = 0;
  const levels: Level[] = [];
  let count = 0;
  for await (const line of linesFrom(file, offset)) {
    const [first] = line.bytes;
    const width = trimmedEnd(line.bytes);
    if (report === null || header === null) {
      if (first !== LETTER_H) return null;
      header = line;
      announced = number(line, NUMLEV);
      const head = latin1(line.bytes.subarray(0, width));
      report = { from: line.from, to: line.to, head, line: line.number, data: [] };
      continue;
    }
    if (first === LETTER_H) break;
    if (width === 0) continue;
    const mayBeLevel = first === BLANK || (first !== undefined && first >= ZERO && first <= NINE);
    const foreign = !mayBeLevel || (count >= announced && width > LEVEL_WIDTH);
    if (foreign && count >= announced) break;
    if (foreign) continue;
    if (++count > MAX_LEVELS) break;
    report = { ...report, to: line.to };
    const level = levelOf(line, width, header);
    if (level !== null) levels.push(level);
  }
  return report === null || header === null ? null : { ...report, data: dataOf(levels, header) };
}

function levelOf(line: Line, width: number, header: Line): Level | null {
  const type = number(line, [0, 4]);
  if (width > LEVEL_WIDTH || !Number.isInteger(type)) return null;
  if (SEPARATORS.some((column) => column < width && line.bytes[column] !== BLANK)) return null;
  const pressure = number(line, PRESSURE);
  if (pressure > 0 && pressure <= HIGHEST_PRESSURE && !isMissingPressure(Math.round(pressure * 100)))
    return { line, type, z: hundredfold(line, PRESSURE), zType: Z_TYPE.pressure, from: 'PRESS' };
  const height = number(line, HEIGHT);
  if (height >= LOWEST_HEIGHT && height <= HIGHEST && !isMissingHeight(Math.round(height * 100)))
    return { line, type, z: height, zType: Z_TYPE.height, from: 'GPH' };
  const elevation = number(header, ELEVATION);
  if (type !== TYPE.surface || !Number.isFinite(elevation)) return null;
  return { line, type, z: elevation, zType: Z_TYPE.heightFromElevation, from: 'ELEV' };
}

function dataOf(levels: readonly Level[], header: Line): Datum[] {
  const others = levels.some(({ type }) => type === TYPE.significant || type === TYPE.windByPressure);
  const key = ({ z, zType }: Level, { variable }: LevelField): string => `${variable} ${zType} ${z}`;
  const given = new Set<string>();
  for (const level of levels)
    if (level.type !== TYPE.windByHeight)
      for (const quantity of FIELDS) if (hasValue(level, quantity)) given.add(key(level, quantity));
  return levels.flatMap((level) =>
    FIELDS.filter((quantity) => hasValue(level, quantity)).map((quantity): Datum => {
      const repeats = others && level.type === TYPE.windByHeight && given.has(key(level, quantity));
      return {
        observedVariable: quantity.variable,
        value: number(level.line, quantity.columns),
        z: level.z,
        zType: level.zType,
        elapsed: Number.NaN,
        quality: repeats ? QUALITY.duplicate : QUALITY.notChecked,
        latitude: Number.NaN,
        longitude: Number.NaN,
        feedback: null,
        describe: () => describe(level, quantity, header, repeats),
      };
    }),
  );
}

function hasValue({ line, from }: Level, { name, columns, low, high }: LevelField): boolean {
  const value = number(line, columns);
  return name !== from && value >= low && value <= high;
}

function describe(level: Level, quantity: LevelField, header: Line, repeats: boolean): Standing {
  const { line } = level;
  const value = textField(line, quantity.name, 'observation_value', ...quantity.columns);
  const coordinate = coordinateOf(level, header);
  const steps = [step(coordinate.raw, COORDINATE_UNITS[level.from])];
  if (level.from === 'PRESS') steps.push(step(level.z, 'Pa'));
  return {
    unit: {
      kind: 'line',
      number: line.number,
      from: line.from,
      to: line.to,
      text: latin1(line.bytes.subarray(0, trimmedEnd(line.bytes))),
    },
    fields: [value, coordinate],
    conversions: [
      { element: 'observation_value', steps: [step(value.raw, quantity.unit)] },
      { element: 'z_coordinate', steps },
    ],
    marks: [typeMark(level, repeats)],
  };
}

function coordinateOf({ line, from }: Level, header: Line): MarkedField {
  if (from === 'ELEV') return textField(header, 'ELEV of the header', 'z_coordinate', ...ELEVATION);
  const [first, end] = from === 'PRESS' ? PRESSURE : HEIGHT;
  return textField(line, from, 'z_coordinate', first, end);
}

function typeMark({ line }: Level, repeats: boolean): QualityMark {
  const { raw } = textField(line, 'level type', 'quality_flag', 0, 4);
  return repeats
    ? {
        name: 'level type',
        raw,
        meaning: 'wind by height that another level of the report gives as well',
        became: 'quality_flag 100',
      }
    : {
        name: 'level type',
        raw,
        meaning: 'the archive gives no flag to the values of a level',
        became: 'quality_flag 2',
      };
}

function number({ bytes }: Line, [from, to]: readonly [number, number]): number {
  return decimal(bytes, from, to, trimmedEnd(bytes));
}

/** Hundredths of the printed number: Pa of hPa, without a rounding of their own. */
function hundredfold({ bytes }: Line, [from, to]: readonly [number, number]): number {
  return decimal(bytes, from, to, trimmedEnd(bytes), 100);
}
