/** The end of a file's rows: the final length of every dimension, and the check that all variables agree with it. */
import { HarvestError } from '../../errors.js';
import type { DimensionNode, FileContext, VariableNode } from './model.js';

/**
 * Fixes the length of the dimensions that grow and submits the last rows of every variable.
 * Throws `NETCDF_ROWS` where variables over one dimension have different numbers of rows, or where rows are missing and
 * the variable has no fill value.
 */
export function finishRows(file: FileContext): void {
  const longest = new Map<DimensionNode, VariableNode>();
  for (const variable of file.variables) {
    const first = variable.dimensions[0];
    if (first?.grows !== true || variable.column.rows === 0) continue;
    const other = longest.get(first);
    if (other !== undefined && other.column.rows !== variable.column.rows)
      throw rowsError(
        variable,
        `has ${variable.column.rows} rows, ${other.path} over the same dimension ${first.path} has ${other.column.rows}`,
      );
    longest.set(first, variable);
  }
  // Those of prepared groups have their length, and belong to other files as well.
  const prepared = new Set(file.included.flatMap(({ dimensions }) => dimensions));
  for (const dimension of file.dimensions)
    if (dimension.grows && !(prepared.has(dimension) && !longest.has(dimension)))
      dimension.length = longest.get(dimension)?.column.rows ?? 0;
  for (const variable of file.variables) {
    const first = variable.dimensions[0];
    const length = first === undefined ? 1 : (first.length ?? 0);
    checkRows(variable, length, first === undefined ? undefined : longest.get(first));
    variable.finished = variable.column.finish(length);
  }
  for (const place of new Set(file.included.map((group) => group.place))) file.pipeline.submit(place);
}

function checkRows(variable: VariableNode, length: number, other: VariableNode | undefined): void {
  const { rows } = variable.column;
  // Text without a fill value reads as NUL, the empty text.
  const readsAsMissing = variable.fill !== undefined || variable.type === 'char';
  if (rows === length || (rows === 0 && readsAsMissing)) return;
  const needed =
    other === undefined
      ? `${variable.dimensions[0]?.path ?? 'a scalar'} needs ${length}`
      : `${other.path} over the same dimension ${variable.dimensions[0]?.path} has ${length}`;
  throw rowsError(variable, `has ${rows} rows and no fill value for missing ones, ${needed}`, rows);
}

function rowsError(variable: VariableNode, what: string, rows = 1): HarvestError {
  return new HarvestError('NETCDF_ROWS', `${variable.path}: ${what}`, {
    hint:
      rows === 0
        ? 'Append the rows, or give the option `fill`.'
        : 'Append the same number of rows to each variable of a dimension, or none at all.',
  });
}
