/** The temperatures of a report from its raw lines. */
import type { InputFile } from '../../../src/records/input.js';
import { OBSERVED_VARIABLE, QUALITY, Z_TYPE } from '../../../src/records/variables.js';
import type { Datum, LocatorRequest, SourceReport } from '../../../src/sources/locator.js';
import { step } from '../../../src/sources/locator-step.js';
import { textField } from '../../../src/sources/text/locate-field.js';
import { type Line, latin1, linesFrom } from '../../../src/sources/text/locate-lines.js';

/** The report whose first line begins at the offset: the lines of its station as long as the time stays. */
export async function locateExample(
  file: InputFile,
  { offset, isStation }: LocatorRequest,
): Promise<SourceReport | null> {
  let report: SourceReport | null = null;
  let first = '';
  for await (const line of linesFrom(file, offset)) {
    const text = latin1(line.bytes);
    const [station = '', time = ''] = text.split(',');
    if (!isStation(station)) continue;
    report ??= { from: line.from, to: line.to, head: text, line: line.number, data: [] };
    first ||= time;
    if (time !== first) break;
    report = { ...report, to: line.to, data: [...report.data, ...dataOf(line, text)] };
  }
  return report;
}

function dataOf(line: Line, text: string): Datum[] {
  const [station = '', time = '', hectopascal = '', celsius = ''] = text.split(',');
  if (celsius === '') return [];
  const pressureAt = station.length + time.length + 2;
  const valueAt = pressureAt + hectopascal.length + 1;
  const value = textField(line, 'temperature', 'observation_value', valueAt, valueAt + celsius.length);
  const pressure = textField(line, 'pressure', 'z_coordinate', pressureAt, valueAt - 1);
  const z = Number(hectopascal) * 100;
  return [
    {
      observedVariable: OBSERVED_VARIABLE.airTemperature,
      value: Number(celsius),
      z,
      zType: Z_TYPE.pressure,
      elapsed: Number.NaN,
      quality: QUALITY.notChecked,
      latitude: Number.NaN,
      longitude: Number.NaN,
      feedback: null,
      describe: () => ({
        unit: { kind: 'line', number: line.number, from: line.from, to: line.to, text },
        fields: [value, pressure],
        conversions: [
          { element: 'observation_value', steps: [step(celsius, 'degC')] },
          { element: 'z_coordinate', steps: [step(hectopascal, 'hPa'), step(z, 'Pa')] },
        ],
        marks: [],
      }),
    },
  ];
}
