/** The wide form: a level is a row, with a column for each variable in the unit of the CDM. */
import { codeNames } from '../reading/codes.js';
import { DEPARTURE_SCALE, valueScale, valueUnit } from '../reading/read-launch.js';
import type { StationContents } from '../reading/station.js';
import { variableName } from '../reading/variables.js';
import { OBSERVED_VARIABLE, STANDARD_GRAVITY, Z_TYPE } from '../records/variables.js';
import type { FormTable } from './forms.js';
import { type LevelBlock, levelBlocks } from './level-blocks.js';
import { unitsInPeriod } from './present.js';
import { pick, rowsOfNumbers } from './rows.js';
import type { Selection } from './selection.js';
import { timestamps } from './stored.js';
import { type ColumnRows, type ColumnType, type ExportColumn, plainColumn } from './table.js';

/** A column and how its rows are made, one for each level of a block. */
interface WideColumn {
  readonly column: ExportColumn;
  make(block: LevelBlock): Promise<ColumnRows>;
}

/** A variable of the file, with its unit. */
interface Variable {
  readonly code: number;
  readonly name: string;
  readonly unit: string;
}

/**
 * The levels of the selected period that have a value of a selected variable. Without selected variables the columns are those of
 * the variables that the file has in the period. Departures are observation minus first guess and minus analysis, in the unit of
 * the value. Throws `InputError` where the values of a variable are in several units.
 */
export async function wideTable(
  station: StationContents,
  selection: Selection,
  options: { feedback: boolean; quality: boolean },
): Promise<FormTable> {
  const variables = await variablesOf(station, selection);
  const columns = [
    ...levelColumns(station),
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

function floatType(station: StationContents, name: string): 'float32' | 'float64' {
  const group = station.contents.root.groups.get('observations_table');
  return group?.variables.get(name)?.type === 'double' ? 'float64' : 'float32';
}

/** The columns that every export in this form has. */
function levelColumns(station: StationContents): WideColumn[] {
  const zType = floatType(station, 'z_coordinate');
  const heightType = zType === 'float64' ? zType : floatType(station, 'observation_value');
  return [
    {
      column: plainColumn('report_id', 'text', {
        description: 'Report: one launch',
        externalTable: 'header_table:report_id',
      }),
      make: async ({ rows, levels }) => Array.from(levels.starts, (row) => rows.reportId[row] as string),
    },
    {
      column: plainColumn('date_time', 'timestamp', { description: 'Time of the record' }),
      make: async (block) => {
        const [table, column] = ['observations_table', 'date_time'];
        const place = { file: station.path, table, column, from: block.from };
        return pick(timestamps(await block.numbers(column), place), block.levels.starts);
      },
    },
    storedAtLevels(station, 'latitude', { units: 'degrees_north' }),
    storedAtLevels(station, 'longitude', { units: 'degrees_east' }),
    {
      column: plainColumn('pressure', zType, {
        units: 'Pa',
        description: 'Pressure, where it is the vertical coordinate',
      }),
      make: async (block) => rowsOfNumbers(zType, atStarts(pressures(block), block)),
    },
    {
      column: plainColumn('height', heightType, {
        units: 'gpm',
        description: 'Geopotential height, or metres above sea level where that is the vertical coordinate',
      }),
      make: async (block) => rowsOfNumbers(heightType, await heights(station, block)),
    },
    storedAtLevels(station, 'elapsed_time', { units: 's', description: 'Time since launch' }),
  ];
}

function storedAtLevels(station: StationContents, name: string, about: Partial<ExportColumn>): WideColumn {
  const type = floatType(station, name);
  return {
    column: plainColumn(name, type, about),
    make: async (block) => rowsOfNumbers(type, atStarts(await block.numbers(name), block)),
  };
}

/** What the first row of each level has. */
function atStarts(values: Float64Array, { levels }: LevelBlock): Float64Array {
  return Float64Array.from(levels.starts, (row) => values[row] as number);
}

function pressures({ rows }: LevelBlock): Float64Array {
  return rows.z.map((value, row) => (rows.zType[row] === Z_TYPE.pressure ? value : Number.NaN));
}

/** The coordinate, or else the geopotential height that the level has. */
async function heights({ profile }: StationContents, block: LevelBlock): Promise<Float64Array> {
  const { rows, levels } = block;
  const { geopotentialHeight } = OBSERVED_VARIABLE;
  const values = await block.numbers('observation_value');
  const found = atLevels(block, values, geopotentialHeight, valueScale(geopotentialHeight, profile));
  for (const [level, row] of levels.starts.entries()) {
    const z = rows.z[row] as number;
    if (rows.zType[row] === Z_TYPE.height) found[level] = z;
    if (rows.zType[row] === Z_TYPE.geopotential) found[level] = z / STANDARD_GRAVITY;
  }
  return found;
}

/** The numbers in the rows of one variable, by level, times `scale`; NaN where a level has none. */
function atLevels(
  { rows, levels }: LevelBlock,
  values: Float64Array,
  code: number,
  scale: number,
): Float64Array {
  const found = new Float64Array(levels.starts.length).fill(Number.NaN);
  for (let row = 0; row < values.length; row++) {
    const level = levels.levelOf[row] as number;
    if (level >= 0 && rows.variable[row] === code) found[level] = (values[row] as number) * scale;
  }
  return found;
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
