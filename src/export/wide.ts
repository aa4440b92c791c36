/** The wide form: a level is a row, with a column for each variable in the unit of the CDM. */
import { codeNames } from '../reading/codes.js';
import type { Heights } from '../reading/heights.js';
import { DEPARTURE_SCALE, valueScale, valueUnit } from '../reading/read-launch.js';
import type { StationContents } from '../reading/station.js';
import { variableName } from '../reading/variables.js';
import { type ColumnRows, type ColumnType, type ExportColumn, plainColumn } from '../tabular/table.js';
import type { FormTable } from './form-table.js';
import { type LevelBlock, levelBlocks } from './level-blocks.js';
import { unitsInPeriod } from './present.js';
import { rowsOfNumbers } from './rows.js';
import type { Selection } from './selection.js';
import { atLevels, floatType, levelColumns, type WideColumn } from './wide-levels.js';

/** A variable of the file, with its unit. */
interface Variable {
  readonly code: number;
  readonly name: string;
  readonly unit: string;
}

/**
 * The levels of the selected period and kinds that have a value of a selected variable. Without selected variables the columns are those of
 * the variables that the file has in the period. Departures are observation minus first guess and minus analysis, in the unit of
 * the value. Throws `InputError` where the values of a variable are in several units.
 */
export async function wideTable(
  station: StationContents,
  selection: Selection,
  options: { feedback: boolean; quality: boolean; heights: Heights },
): Promise<FormTable> {
  const variables = await variablesOf(station, selection);
  const columns = [
    ...levelColumns(station, options.heights),
    ...variables.flatMap((each) => variableColumns(station, each, options)),
  ];
  return {
    columns: columns.map(({ column }) => column),
    async *batches(wanted) {
      for await (const block of levelBlocks(station, selection)) {
        const made: ColumnRows[] = [];
        for (const index of wanted) made.push(await (columns[index] as WideColumn).make(block));
        yield { rows: block.levels.starts.length, columns: made };
      }
    },
  };
}

async function variablesOf(station: StationContents, selection: Selection): Promise<Variable[]> {
  const units = await unitsInPeriod(station, selection.period);
  const abbreviations = await codeNames(station, 'units', 'abbreviation');
  const codes = selection.variables ?? [...units.keys()].sort((a, b) => a - b);
  return codes.map((code) => ({
    code,
    name: variableName(code),
    unit: abbreviations.get(valueUnit(code, station.profile, units.get(code) ?? Number.NaN)) ?? '',
  }));
}

function variableColumns(
  station: StationContents,
  { code, name, unit }: Variable,
  { feedback, quality }: { feedback: boolean; quality: boolean },
): WideColumn[] {
  const attributes = new Map([['observed_variable', String(code)]]);
  const column = (
    suffix: string,
    type: Exclude<ColumnType, 'text'>,
    about: Partial<ExportColumn>,
    make: (block: LevelBlock) => Promise<Float64Array>,
  ): WideColumn => ({
    column: plainColumn(`${name}${suffix}`, type, { units: unit, attributes, ...about }),
    make: async (block) => rowsOfNumbers(type, await make(block)),
  });
  const departure = (suffix: string, from: string, what: string): WideColumn =>
    column(suffix, 'float32', { description: `Observation minus ${what}` }, async (block) =>
      atLevels(block, await block.numbers(from, 'era5fb'), code, DEPARTURE_SCALE.get(code) ?? 1),
    );
  const columns = [
    column('', floatType(station, 'observation_value'), {}, async (block) =>
      atLevels(block, await block.numbers('observation_value'), code, valueScale(code, station.profile)),
    ),
  ];
  if (quality)
    columns.push(
      column('_quality', 'int32', { units: '', externalTable: 'quality_flag:flag' }, async (block) =>
        atLevels(block, await block.numbers('quality_flag'), code, 1),
      ),
    );
  if (feedback)
    columns.push(
      departure('_fg_depar', 'fg_depar@body', 'first guess'),
      departure('_an_depar', 'an_depar@body', 'analysis'),
    );
  return columns;
}
