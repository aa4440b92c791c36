/** The order of the rows of a report: from the ground up, and by variable within a level. */
import { writtenVariable, Z_TYPE } from '../records/variables.js';
import type { FileView } from './file-view.js';
import type { ReportRun } from './report-runs.js';
import { floatsOf, intsOf, type RowBlock } from './row-blocks.js';

const TABLE = 'observations_table';

/** What the order of a row depends on. */
interface Level {
  report: string;
  rank: number;
  z: number;
  method: number;
  variable: number;
}

/**
 * Levels by pressure come first, then those by height of any kind, then by geopotential, then those without a coordinate. At one
 * height the kinds of heights follow each other.
 */
function rankOf(type: number): number {
  return type === Z_TYPE.pressure ? -1 : type < 0 ? Z_TYPE.geopotential + 1 : type;
}

type Floats = Float32Array | Float64Array;

/** What is looked at of the rows of a block. */
interface Columns {
  types: Int32Array;
  z: Floats;
  /** Undefined in files that do not tell heights apart. */
  methods: Int32Array | undefined;
  variables: Int32Array;
}

/** Finds rows that stand before where they belong; the first of each report and block is told. */
export function createRowOrder({
  findings,
}: FileView): (block: RowBlock, runs: readonly ReportRun[]) => void {
  let last: Level = { report: '', rank: 0, z: 0, method: 0, variable: 0 };
  return (block, runs) => {
    const types = intsOf(block, 'z_coordinate_type');
    const z = floatsOf(block, 'z_coordinate');
    const variables = intsOf(block, 'observed_variable');
    if (types === undefined || z === undefined || variables === undefined) return;
    const columns = { types, z, methods: intsOf(block, 'z_coordinate_method'), variables };
    for (const run of runs) {
      const first = run.id === last.report ? run.from : run.from + 1;
      if (first > run.from) last = levelOf(columns, run, run.from);
      const row = firstMisplaced(last, run, first, columns);
      if (row >= 0)
        findings.add(
          'row-order',
          { table: TABLE, variable: 'z_coordinate', row: block.firstRow + row },
          () =>
            `${describe(columns, row)} stands behind ${row > 0 ? describe(columns, row - 1) : 'a later one'}`,
        );
      last = levelOf(columns, run, run.to - 1);
    }
  };
}

function levelOf({ types, z, methods, variables }: Columns, { id }: ReportRun, row: number): Level {
  return {
    report: id,
    rank: rankOf(types[row] as number),
    z: z[row] as number,
    method: methods?.[row] ?? 0,
    variable: writtenVariable(variables[row] as number),
  };
}

function firstMisplaced(
  last: Level,
  { to }: ReportRun,
  first: number,
  { types, z, methods, variables }: Columns,
): number {
  let { rank, z: level, method, variable } = last;
  for (let row = first; row < to; row++) {
    const nextRank = rankOf(types[row] as number);
    const nextLevel = z[row] as number;
    const nextMethod = methods === undefined ? 0 : (methods[row] as number);
    const nextVariable = variables[row] as number;
    if (nextRank < rank) return row;
    if (nextRank === rank) {
      const rise = nextLevel - level;
      const hasCoordinate = rank <= Z_TYPE.geopotential;
      if (hasCoordinate && (rank === -1 ? rise > 0 : rise < 0)) return row;
      if (!hasCoordinate || rise === 0) {
        if (nextMethod < method) return row;
        if (nextMethod === method && nextVariable < variable) return row;
      }
    }
    rank = nextRank;
    level = nextLevel;
    method = nextMethod;
    variable = nextVariable;
  }
  return -1;
}

function describe({ types, z, variables }: Columns, row: number): string {
  const unit = types[row] === Z_TYPE.pressure ? ' Pa' : types[row] === Z_TYPE.height ? ' m' : '';
  return `variable ${variables[row]} at ${z[row]}${unit}`;
}
