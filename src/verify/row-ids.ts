/** Ids of rows that lead to other tables, but for report_id: they are found there. */
import type { StoredVariable } from '../netcdf4/index.js';
import { type KeyFinder, type Keys, quoted } from './codes.js';
import { type FileView, placeOf } from './file-view.js';
import { runEnd, textAt } from './report-runs.js';
import { bytesOf, type RowBlock } from './row-blocks.js';

const TABLE = 'observations_table';
/** A row without one was observed by nobody knows whom; the others may be missing. */
const REQUIRED: ReadonlySet<string> = new Set(['source_id']);

/** One check per column of texts that refers to another table. */
export async function createIdRows(
  view: FileView,
  finder: KeyFinder,
): Promise<((block: RowBlock) => void)[]> {
  const checks: ((block: RowBlock) => void)[] = [];
  for (const variable of view.contents.root.groups.get(TABLE)?.variables.values() ?? []) {
    if (variable.type !== 'char' || variable.name === 'report_id') continue;
    const keys = await finder.of(variable);
    if (keys !== undefined) checks.push(idCheck(view, variable, keys));
  }
  return checks;
}

function idCheck({ findings }: FileView, variable: StoredVariable, keys: Keys): (block: RowBlock) => void {
  const { name, shape } = variable;
  const width = shape[1] ?? 1;
  const [table] = placeOf(variable.path);
  return (block) => {
    const bytes = bytesOf(block, name);
    if (bytes === undefined) return;
    for (let row = 0; row < block.rows; row = runEnd(bytes, width, row, block.rows)) {
      const id = textAt(bytes, width, row);
      if (id === '' ? !REQUIRED.has(name) : keys.texts.has(id)) continue;
      findings.add(
        keys.kind,
        { table, variable: name, row: block.firstRow + row },
        () => `${quoted(id)} is not in ${keys.target}`,
      );
    }
  };
}
