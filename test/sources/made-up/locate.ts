/** The values of a made-up report from its raw lines. */
import type { InputFile } from '../../../src/records/input.js';
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../../src/records/variables.js';
import type {
  Datum,
  Given,
  LocatorRequest,
  MarkedField,
  SourceReport,
} from '../../../src/sources/locator.js';
import { step } from '../../../src/sources/locator-step.js';
import { textField } from '../../../src/sources/text/locate-field.js';
import { type Line, latin1, linesFrom } from '../../../src/sources/text/locate-lines.js';
import { COLUMNS } from './columns.js';

type Columns = readonly [from: number, to: number];

const FIELDS = {
  height: { variable: OBSERVED_VARIABLE.geopotentialHeight, divisor: 1, printed: 'm', unit: 'gpm' },
  temperature: {
    variable: OBSERVED_VARIABLE.airTemperature,
    divisor: 10,
    printed: 'tenths of degC',
    unit: 'degC',
  },
} as const;

/** The report whose header line begins at the offset; null where none does. */
export async function locateMadeUp(
  file: InputFile,
  { offset }: LocatorRequest,
): Promise<SourceReport | null> {
  const data: Datum[] = [];
  let report: SourceReport | null = null;
  for await (const line of linesFrom(file, offset)) {
    const text = latin1(line.bytes);
    if (text.startsWith('>')) {
      if (report !== null) break;
      report = { from: line.from, to: line.to, head: text, line: line.number, data };
    } else if (report === null) return null;
    else {
      report.to = line.to;
      data.push(...dataOf(line, text));
    }
  }
  return report;
}

function dataOf(line: Line, text: string): Datum[] {
  const number = ([from, to]: Columns): number => Number(text.slice(from, to));
  const [z, height] = [number(COLUMNS.pressure), number(COLUMNS.height)];
  const byPressure = z > 0;
  const temperature = datumOf(line, 'temperature', byPressure ? z : height, byPressure);
  return byPressure ? [datumOf(line, 'height', z, true), temperature] : [temperature];
}

function datumOf(line: Line, name: keyof typeof FIELDS, z: number, byPressure: boolean): Datum {
  const { variable, divisor, printed, unit } = FIELDS[name];
  const at = byPressure ? 'pressure' : 'height';
  const field = fieldIn(line, name, 'observation_value');
  const coordinate = fieldIn(line, at, 'z_coordinate');
  const value = Number(field.raw) / divisor;
  return {
    observedVariable: variable,
    value,
    z,
    zType: byPressure ? Z_TYPE.pressure : Z_TYPE.height,
    elapsed: Number.NaN,
    quality: QUALITY.notChecked,
    latitude: Number.NaN,
    longitude: Number.NaN,
    feedback: null,
    describe: () => ({
      unit: { kind: 'line', number: line.number, from: line.from, to: line.to, text: latin1(line.bytes) },
      fields: [field, coordinate],
      conversions: [
        { element: 'observation_value', steps: [step(field.raw, printed), step(value, unit)] },
        { element: 'z_coordinate', steps: [step(coordinate.raw, byPressure ? 'Pa' : 'gpm')] },
      ],
      marks: [],
    }),
  };
}

function fieldIn(line: Line, name: keyof typeof COLUMNS, gives: Given): MarkedField {
  const [from, to] = COLUMNS[name];
  return textField(line, name, gives, from, to);
}
