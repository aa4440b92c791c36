/** docs/sources/era5-reports.md: every kind of report of the observation database, and what becomes of it. */
import { expect, it } from 'vitest';
import { REPORT_CODES, type ReportKind } from '../../src/sources/odb/report-kinds.js';
import { pageText } from './snippets.js';
import { tableRows } from './tables.js';

/** What the page says of a kind. */
function fate({ name, sounding, platformType, verticalDirection }: ReportKind): string {
  if (!sounding) return `\`<dataset>.report.${name}\``;
  const marks = [
    ...(platformType >= 0 ? [`\`platform_type\` ${platformType}`] : []),
    ...(verticalDirection >= 0 ? [`\`vertical_direction\` ${verticalDirection}`] : []),
  ];
  return marks.length === 0 ? 'sounding' : `sounding: ${marks.join(', ')}`;
}

it('has every code that is known, and no other, with what becomes of its reports', () => {
  const rows = tableRows(pageText('docs/sources/era5-reports.md'), 'column', 'code', 'what it is');
  const known = REPORT_CODES.map(({ column, code, meaning, kind }) => [
    column,
    String(code),
    meaning,
    fate(kind),
  ]);
  const sorted = (lines: readonly string[][]): string[] => lines.map((line) => line.join(' | ')).sort();
  expect(sorted(rows)).toEqual(sorted(known));
  expect(rows.length).toBeGreaterThan(100);
});
