/** The wide form: a level is a row, with a column for each variable in the unit of the CDM. */
import { codeNames } from '../reading/codes.js';
import { departureColumn, type FeedbackGroup } from '../reading/feedback-groups.js';
import type { Heights } from '../reading/heights.js';
import type { StationContents } from '../reading/station.js';
import { valueScale, valueUnit } from '../reading/value-units.js';
import { variableName } from '../reading/variables.js';
import type { DepartureKind } from '../records/descriptor.js';
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
 * the variables that the file has in the period. Departures, those of the group `feedback`, are observation minus first guess and
 * minus analysis, in the unit of the value; null for none. Throws `InputError` where the values of a variable are in several units.
 */
export async function wideTable(
  station: StationContents,
  selection: Selection,
  options: {
    feedback: FeedbackGroup | undefined;
    hasDepartures: boolean;
    quality: boolean;
    heights: Heights;
  },
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
  options: { feedback: FeedbackGroup | undefined; hasDepartures: boolean; quality: boolean },
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
  const departure = (suffix: string, from: DepartureKind): WideColumn => {
    const of = departureColumn(options.feedback, from);
    return {
      column: plainColumn(`${name}${suffix}`, 'float32', {
        units: unit,
        attributes,
        description: `Observation minus ${from}`,
      }),
      make: async (block) =>
        of === undefined
          ? null
          : rowsOfNumbers(
              'float32',
              atLevels(block, await block.numbers(of.name, of.group), code, of.scale(code)),
            ),
    };
  };
  const columns = [
    column('', floatType(station, 'observation_value'), {}, async (block) =>
      atLevels(block, await block.numbers('observation_value'), code, valueScale(code, station.profile)),
    ),
  ];
  if (options.quality)
    columns.push(
      column('_quality', 'int32', { units: '', externalTable: 'quality_flag:flag' }, async (block) =>
        atLevels(block, await block.numbers('quality_flag'), code, 1),
      ),
    );
  if (options.hasDepartures)
    columns.push(departure('_fg_depar', 'first guess'), departure('_an_depar', 'analysis'));
  return columns;
}
