/** The long form: rows of a table as the station file has them, and beside observations, where asked for, their feedback. */
import { UsageError } from '../errors.js';
import type { FeedbackGroup } from '../reading/feedback-groups.js';
import type { StationContents } from '../reading/station.js';
import type { FormTable } from './form-table.js';
import { pick } from './rows.js';
import { type Selection, selectedRows } from './selection.js';
import { type StoredColumn, storedColumns } from './stored.js';

/**
 * Table `name` of the file. With `feedback` the columns of this group follow those of observations_table; one whose name is
 * taken is called `<name>|<group>`. Throws `UsageError` where the file has no such table.
 */
export function longTable(
  station: StationContents,
  name: string,
  selection: Selection,
  feedback: FeedbackGroup | undefined,
): FormTable {
  const table = station.tables.get(name);
  if (table === undefined || table.columns.size === 0) {
    const known = [...station.tables].filter(([, { columns }]) => columns.size > 0).map(([each]) => each);
    throw new UsageError('UNKNOWN_TABLE', `${station.path} has no table ${name}`, {
      hint: `It has ${known.join(', ')}.`,
    });
  }
  const columns = storedColumns(station, table);
  if (feedback !== undefined) columns.push(...feedbackColumns(station, feedback, columns));
  return formTable(columns, () => selectedRows(station, table, selection));
}

/** Columns read in blocks of rows. */
export function formTable(
  stored: readonly StoredColumn[],
  blocks: () => ReturnType<typeof selectedRows>,
): FormTable {
  return {
    columns: stored.map(({ column }) => column),
    async *batches(wanted) {
      const asked = wanted.map((index) => stored[index] as StoredColumn);
      for await (const { from, to, keep } of blocks()) {
        const columns = [];
        for (const { read } of asked) {
          const rows = await read(from, to);
          columns.push(keep === null ? rows : pick(rows, keep));
        }
        yield { rows: keep?.length ?? to - from, columns };
      }
    },
  };
}

function feedbackColumns(
  station: StationContents,
  group: FeedbackGroup,
  taken: readonly StoredColumn[],
): StoredColumn[] {
  const names = new Set(taken.map(({ column }) => column.name));
  return storedColumns(station, station.table(group.name)).map((stored) => {
    const { column } = stored;
    const name = names.has(column.name) ? `${column.name}|${group.name}` : column.name;
    return { ...stored, column: { ...column, name } };
  });
}
