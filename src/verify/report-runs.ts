/** Which rows of a block belong to which report: runs of rows with one report_id. */
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';
import type { Reports } from './reports.js';
import { bytesOf, type RowBlock } from './row-blocks.js';

/** Rows `from` to `to` of a block, which belong to one report. */
export interface ReportRun {
  from: number;
  to: number;
  /** Row of header_table; -1 where it has no such report. */
  report: number;
  id: string;
  /** Row of the file at which the report begins, which may be in an earlier block. */
  firstRow: number;
}

export interface RunFinder {
  /** The runs of a block, in order; none where report_id cannot be read. */
  of(block: RowBlock): ReportRun[];
}

const TABLE = 'observations_table';

export function createRunFinder(view: FileView, { rowOf }: Reports): RunFinder {
  const width = view.variable(TABLE, 'report_id')?.shape[1] ?? 1;
  const { findings } = view;
  let known: ReportRun | undefined;
  let lastReport = -1;
  const begin = (id: string, row: number): number => {
    const place = { table: TABLE, variable: 'report_id', row };
    const report = rowOf.get(id) ?? -1;
    if (report < 0)
      findings.add('foreign-key', place, () => `${quoted(id)} is not in header_table:report_id`);
    else if (report <= lastReport)
      findings.add(
        'report-rows',
        place,
        () => `${quoted(id)} begins behind a later report of header_table, or a second time`,
      );
    lastReport = Math.max(report, lastReport);
    return report;
  };
  return {
    of(block) {
      const bytes = bytesOf(block, 'report_id');
      if (bytes === undefined) return [];
      const runs: ReportRun[] = [];
      for (let from = 0; from < block.rows; ) {
        const to = runEnd(bytes, width, from, block.rows);
        const id = textAt(bytes, width, from);
        // A report whose rows are broken up by others that lead nowhere goes on behind them.
        const run: ReportRun =
          known?.id === id
            ? { ...known, from, to }
            : { from, to, id, report: begin(id, block.firstRow + from), firstRow: block.firstRow + from };
        if (run.report >= 0) known = run;
        runs.push(run);
        from = to;
      }
      return runs;
    },
  };
}

/** Where the texts stop to be equal to that of `row`: comparing the bytes with themselves one row further, ever more at a time. */
export function runEnd(bytes: Buffer, width: number, row: number, rows: number): number {
  let end = row + 1;
  for (let step = 1; end < rows; ) {
    const to = Math.min(rows, end + step);
    if (bytes.compare(bytes, end * width, to * width, (end - 1) * width, (to - 1) * width) === 0) {
      end = to;
      step *= 2;
    } else if (step === 1) return end;
    else step >>= 1;
  }
  return end;
}

/** The text of a row without its padding. */
export function textAt(bytes: Buffer, width: number, row: number): string {
  let end = (row + 1) * width;
  while (end > row * width && bytes[end - 1] === 0) end--;
  return bytes.toString('utf8', row * width, end);
}
