/** The wide form: the columns that say which level a row is, where it is and what the source says of it. */
import { geopotentialHeightOf } from '../atmosphere/geopotential.js';
import { geometricOf, geopotentialOf, type Heights } from '../reading/heights.js';
import { significanceText } from '../reading/significance.js';
import type { StationContents } from '../reading/station.js';
import { valueScale } from '../reading/value-units.js';
import { OBSERVED_VARIABLE, Z_TYPE } from '../records/variables.js';
import { type ColumnRows, type ExportColumn, plainColumn } from '../tabular/table.js';
import type { LevelBlock } from './level-blocks.js';
import { pick, rowsOfNumbers } from './rows.js';
import { timestamps } from './stored.js';

/** A column and how its rows are made, one for each level of a block. */
export interface WideColumn {
  readonly column: ExportColumn;
  make(block: LevelBlock): Promise<ColumnRows>;
}

/** The type of a column of numbers of observations_table as the file has it. */
export function floatType(station: StationContents, name: string): 'float32' | 'float64' {
  const group = station.contents.root.groups.get('observations_table');
  return group?.variables.get(name)?.type === 'double' ? 'float64' : 'float32';
}

/** The columns that every export in this form has. */
export function levelColumns(station: StationContents, heights: Heights): WideColumn[] {
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
        description:
          heights === 'geopotential'
            ? 'Geopotential height, reported or computed from the geometric height (WMO-No. 8)'
            : 'Geopotential height, reported',
      }),
      make: async (block) => rowsOfNumbers(heightType, await geopotentialHeights(station, block, heights)),
    },
    {
      column: plainColumn('geometric_height', heightType, {
        units: 'm',
        description:
          'Geometric height above sea level, reported or computed from the elevation of the station',
      }),
      make: async (block) => rowsOfNumbers(heightType, await geometricHeights(station, block)),
    },
    storedAtLevels(station, 'elapsed_time', { units: 's', description: 'Time since launch' }),
    ...significanceColumns(),
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

/** The bits of `level_significance` and their words. */
function significanceColumns(): WideColumn[] {
  return [
    {
      column: plainColumn('level_significance', 'int32', {
        description: 'What the source says of the level: bits of BUFR flag table 0 08 042',
      }),
      make: async (block) => rowsOfNumbers('int32', await significanceAtLevels(block)),
    },
    {
      column: plainColumn('significance', 'text', {
        description: 'What the source says of the level, in words',
      }),
      make: async (block) => Array.from(await significanceAtLevels(block), significanceText),
    },
  ];
}

/** What any row of the level says; NaN where none does. */
async function significanceAtLevels({ levels, numbers }: LevelBlock): Promise<Float64Array> {
  const bits = await numbers('level_significance');
  const found = new Float64Array(levels.starts.length).fill(Number.NaN);
  for (let row = 0; row < bits.length; row++) {
    const level = levels.levelOf[row] as number;
    if (level >= 0 && !Number.isNaN(bits[row]))
      found[level] = (found[level] as number) | (bits[row] as number);
  }
  return found;
}

/** The coordinate, or else the value of the level; where that is asked for, also what its geometric height makes. */
async function geopotentialHeights(
  station: StationContents,
  block: LevelBlock,
  heights: Heights,
): Promise<Float64Array> {
  const found = await heightsOf(station, block, OBSERVED_VARIABLE.geopotentialHeight, geopotentialOf);
  if (heights === 'reported') return found;
  const geometric = await geometricHeights(station, block);
  const latitudes = atStarts(await block.numbers('latitude'), block);
  return found.map((gpm, level) =>
    Number.isNaN(gpm) ? geopotentialHeightOf(geometric[level] as number, latitudes[level] as number) : gpm,
  );
}

async function geometricHeights(station: StationContents, block: LevelBlock): Promise<Float64Array> {
  return await heightsOf(station, block, OBSERVED_VARIABLE.altitude, geometricOf);
}

/** The coordinate of each level where it is a height of the kind, else the value of the variable. */
async function heightsOf(
  { profile }: StationContents,
  block: LevelBlock,
  code: number,
  ofCoordinate: typeof geopotentialOf,
): Promise<Float64Array> {
  const { rows, levels } = block;
  const found = atLevels(block, await block.numbers('observation_value'), code, valueScale(code, profile));
  for (const [level, row] of levels.starts.entries()) {
    const z = ofCoordinate({ type: rows.zType[row], method: rows.zMethod[row], z: rows.z[row] as number });
    if (!Number.isNaN(z)) found[level] = z;
  }
  return found;
}

/** The numbers in the rows of one variable, by level, times `scale`; NaN where a level has none. */
export function atLevels(
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
