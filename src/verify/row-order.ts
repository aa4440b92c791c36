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
  variable: number;
}

/** Levels by pressure come first, then those by height, then by geopotential, then those without a coordinate. */
function rankOf(type: number): number {
  return type === Z_TYPE.pressure ? -1 : type < 0 ? Z_TYPE.geopotential + 1 : type;
}

/** Finds rows that stand before where they belong; the first of each report and block is told. */
export function createRowOrder({
  findings,
}: FileView): (block: RowBlock, runs: readonly ReportRun[]) => void {
  const last: Level = { report: '', rank: 0, z: 0, variable: 0 };
  return (block, runs) => {
    const types = intsOf(block, 'z_coordinate_type');
    const z = floatsOf(block, 'z_coordinate');
    const variables = intsOf(block, 'observed_variable');
    if (types === undefined || z === undefined || variables === undefined) return;
    for (const run of runs) {
      const first = run.id === last.report ? run.from : run.from + 1;
      if (first > run.from) remember(last, run, types, z, variables, run.from);
      const row = firstMisplaced(last, run, first, types, z, variables);
      if (row >= 0)
        findings.add(
          'row-order',
          { table: TABLE, variable: 'z_coordinate', row: block.firstRow + row },
          () =>
            `${describe(types, z, variables, row)} stands behind ${row > 0 ? describe(types, z, variables, row - 1) : 'a later one'}`,
        );
      remember(last, run, types, z, variables, run.to - 1);
    }
  };
}

type Floats = Float32Array | Float64Array;

function remember(
  last: Level,
  { id }: ReportRun,
  types: Int32Array,
  z: Floats,
  variables: Int32Array,
  row: number,
): void {
  last.report = id;
  last.rank = rankOf(types[row] as number);
  last.z = z[row] as number;
  last.variable = writtenVariable(variables[row] as number);
}

function firstMisplaced(
  last: Level,
  { to }: ReportRun,
  first: number,
  types: Int32Array,
  z: Floats,
  variables: Int32Array,
): number {
  let { rank, z: level, variable } = last;
  for (let row = first; row < to; row++) {
    const nextRank = rankOf(types[row] as number);
    const nextLevel = z[row] as number;
    const nextVariable = variables[row] as number;
    if (nextRank < rank) return row;
    if (nextRank === rank) {
      const rise = nextLevel - level;
      const hasCoordinate = rank <= Z_TYPE.geopotential;
      if (hasCoordinate && (rank === -1 ? rise > 0 : rise < 0)) return row;
      if ((!hasCoordinate || rise === 0) && nextVariable < variable) return row;
    }
    rank = nextRank;
    level = nextLevel;
    variable = nextVariable;
  }
  return -1;
}

function describe(types: Int32Array, z: Floats, variables: Int32Array, row: number): string {
  const unit = types[row] === Z_TYPE.pressure ? ' Pa' : types[row] === Z_TYPE.height ? ' m' : '';
  return `variable ${variables[row]} at ${z[row]}${unit}`;
}
