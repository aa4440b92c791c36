/** One pass over the rows of observations_table and the feedback groups, with every check that needs them. */
import { INT_MISSING } from '../match/index.js';
import type { StoredVariable } from '../netcdf4/index.js';
import type { FeedbackDescriptor } from '../records/descriptor.js';
import type { Source } from '../sources/source.js';
import { checkCodes, type KeyFinder, type Keys } from './codes.js';
import { createDescents } from './descents.js';
import { groupsByRow } from './feedback-layout.js';
import type { FileView } from './file-view.js';
import { type FillWatch, watchFill } from './fill.js';
import { checkRecords, createRecordRows, readRecords } from './records.js';
import { createReportRows } from './report-rows.js';
import { createRunFinder } from './report-runs.js';
import { createReportVariables } from './report-variables.js';
import type { Reports } from './reports.js';
import { type RowBlock, rowBlocks } from './row-blocks.js';
import { createRowFeedback } from './row-feedback.js';
import { createFeedbackOrigin } from './row-feedback-origin.js';
import { createIdRows } from './row-ids.js';
import { createRowLevels } from './row-levels.js';
import { createRowOrder } from './row-order.js';
import { createRowValues } from './row-values.js';
import { watchUnfilled } from './unfilled.js';
import { rowRules } from './writing-rules.js';

const TABLE = 'observations_table';

export interface RowsContext {
  reports: Reports;
  keys: KeyFinder;
  /** Undefined where the dataset is unknown. */
  source: Source | undefined;
  feedback: readonly FeedbackDescriptor[];
  signal: AbortSignal | undefined;
}

export async function checkRows(view: FileView, context: RowsContext): Promise<void> {
  const { reports, source, feedback, signal } = context;
  const groups = groupsByRow(view, feedback);
  const records = await readRecords(view);
  if (records !== undefined) checkRecords(view, records, reports, view.rows(TABLE));
  const columns = await columnChecks(view, groups, context.keys);
  const runs = createRunFinder(view, reports);
  const variables = createReportVariables(view, reports);
  const descents = createDescents(view, reports);
  const values = createRowValues(
    view,
    source === undefined ? new Map() : rowRules(source.encodings, view.profile),
  );
  // Of a dataset that is not known, nothing is known of its levels either.
  const hasOnePlace = source?.facts.positionsByLevel !== true;
  const byReport = [
    createReportRows(view, reports, hasOnePlace),
    createRowOrder(view),
    variables.see,
    descents.see,
  ];
  const byRow = [
    ...(records === undefined ? [] : [createRecordRows(view, records)]),
    ...(await createIdRows(view, context.keys)),
    values.see,
    createRowLevels(view),
    createRowFeedback(view, feedback, source?.facts.feedback),
    ...createFeedbackOrigin(view, feedback, source?.facts.feedback),
  ];
  for await (const block of rowBlocks(view, groups, signal)) {
    for (const check of columns) check.see(block);
    const ofBlock = runs.of(block);
    for (const check of byReport) check(block, ofBlock);
    for (const check of byRow) check(block);
  }
  for (const check of columns) check.end();
  values.end();
  await variables.end();
  await descents.end();
}

/** What is looked at in a column by itself. */
interface ColumnCheck {
  see(block: RowBlock): void;
  end(): void;
}

async function columnChecks(
  view: FileView,
  groups: readonly string[],
  finder: KeyFinder,
): Promise<ColumnCheck[]> {
  const checks: ColumnCheck[] = [];
  for (const group of groups)
    for (const variable of view.contents.root.groups.get(group)?.variables.values() ?? []) {
      const keys = variable.type === 'int' ? await finder.of(variable) : undefined;
      checks.push(columnCheck(view, variable, watchFill(view, variable), keys));
    }
  return checks;
}

function columnCheck(
  view: FileView,
  variable: StoredVariable,
  fill: FillWatch,
  keys: Keys | undefined,
): ColumnCheck {
  const unfilled = watchUnfilled(view, variable);
  return {
    see({ columns, constant, firstRow }) {
      const values = columns.get(variable.path);
      if (values === undefined || (firstRow > 0 && constant.has(variable.path))) return;
      fill.see(values);
      unfilled?.(values, firstRow);
      if (keys !== undefined) checkCodes(view, variable, keys, values, firstRow, INT_MISSING);
    },
    end: () => fill.end(),
  };
}
