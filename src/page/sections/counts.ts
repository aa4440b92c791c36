/** What became of the values: which are rows, which are not and why, which were changed. */

import type { Effect } from '../../records/reason.js';
import { sumOf } from '../counts.js';
import { counted, number, share } from '../format.js';
import { type Html, html } from '../html.js';
import type { DatasetOverview, FolderOverview } from '../overview.js';
import type { MeaningOf } from '../reasons.js';
import { code, details, section, table } from './parts.js';

/** Reasons of one dataset that are shown; the program knows fewer, a damaged file may have more. */
const MAX_REASONS = 200;
/** Datasets whose counts are open from the start. */
const MAX_OPEN = 3;

/** Classes of values, in the order of the bar. */
const CLASSES = ['row', 'absent', 'removed', 'repeated', 'other'] as const;
type ValueClass = (typeof CLASSES)[number];

const CLASS_TITLES: Readonly<Record<ValueClass, string>> = {
  row: 'Rows',
  absent: 'Missing in the archive',
  removed: 'Removed by quality control',
  repeated: 'Repeated',
  other: 'Other reasons',
};

export function counts({ datasets }: FolderOverview, meaningOf: MeaningOf): Html | null {
  if (datasets.length === 0) return null;
  return section(
    'counts',
    'What became of the values',
    html`<p>A value that the source has room for becomes a row of the file, or is counted under the reason why not. Nothing is left
out without a count: the values read are the rows and the counts together.</p>${balance(datasets)}`,
    html`<p class="legend" aria-hidden="true">${CLASSES.map((name) => html`<span><i class="${name}"></i>${CLASS_TITLES[name]}</span> `)}</p>`,
    table({
      id: 'counts-datasets',
      caption: 'Values read, by what became of them',
      columns: [
        { title: 'Dataset', cell: ({ id }) => code(id) },
        { title: 'Values read', cell: (dataset) => number(dataset.counts.fields), numeric: true },
        ...CLASSES.map((name) => ({
          title: CLASS_TITLES[name],
          cell: (dataset: DatasetOverview) => number(classesOf(dataset)[name]),
          numeric: true,
        })),
        { title: 'Shares', cell: bar },
      ],
      rows: datasets,
    }),
    datasets.map((dataset, i) => ofDataset(dataset, i, meaningOf, datasets.length <= MAX_OPEN)),
  );
}

function classesOf({ counts: { rows, dropped } }: DatasetOverview): Record<ValueClass, number> {
  const classes = { row: rows, absent: 0, removed: 0, repeated: 0, other: 0 };
  for (const [reason, n] of dropped) classes[classOf(reason)] += n;
  return classes;
}

function classOf(reason: string): ValueClass {
  if (/\.(?:missing|null)$/.test(reason)) return 'absent';
  if (reason.endsWith('.qa-removed')) return 'removed';
  return /\.(?:exact-duplicate|repeated|of-report-sent-again)$/.test(reason) ? 'repeated' : 'other';
}

/** Whether the values read are the rows and the counts together. */
function balance(datasets: readonly DatasetOverview[]): Html {
  const names = (list: readonly DatasetOverview[]): Html[] =>
    list.map(({ id }, i) => html`${i > 0 ? ', ' : null}<code>${id}</code>`);
  const off = datasets.filter(({ counts: { fields, rows, dropped } }) => fields !== rows + sumOf(dropped));
  const partial = datasets.filter(({ filesWithoutCounts }) => filesWithoutCounts > 0);
  return html`${
    off.length > 0
      ? html`<p class="bad">They do not add up for ${names(off)}: the files were changed, or are of different runs.</p>`
      : html`<p class="good">They add up for every dataset.</p>`
  }${partial.map(
    ({ id, filesWithoutCounts, files }) =>
      html`<p class="bad">Of <code>${id}</code>, ${number(filesWithoutCounts)} of ${counted(files, 'file')} ${filesWithoutCounts === 1 ? 'has' : 'have'} no counts; the numbers are those of the others.</p>`,
  )}`;
}

function bar(dataset: DatasetOverview): Html {
  const classes = classesOf(dataset);
  const parts = CLASSES.filter((name) => classes[name] > 0);
  return html`<span class="bar" aria-hidden="true">${parts.map((name) => html`<i class="${name}" style="flex-grow:${classes[name]}"></i>`)}</span><span class="hidden">${share(classes.row, dataset.counts.fields)} are rows</span>`;
}

interface Reason {
  reason: string;
  count: number;
  effect: Effect;
  text: string;
}

function reasonsOf(counted: ReadonlyMap<string, number>, meaningOf: MeaningOf, dropped: boolean): Reason[] {
  return [...counted]
    .map(([reason, count]) => ({ reason, count, ...meaningOf(reason, dropped) }))
    .sort((a, b) => b.count - a.count);
}

function ofDataset(dataset: DatasetOverview, index: number, meaningOf: MeaningOf, open: boolean): Html {
  const { id, counts: all, countsFrom } = dataset;
  const dropped = reasonsOf(all.dropped, meaningOf, true);
  const noted = reasonsOf(all.noted, meaningOf, false);
  const of = (effect: Effect): Reason[] => noted.filter((reason) => reason.effect === effect);
  const also = of('noted');
  const rows = `${number(all.rows)} of ${number(all.fields)} values are rows`;
  return details(
    html`<code>${id}</code> ${rows}, ${counted(dropped.length, 'reason')} why the others are not`,
    html`<h3><code>${id}</code> by reason</h3>
${countsFrom === 'run' ? html`<p>Its files are cut by year and hold no counts of their own: these are the counts of the last run.</p>` : null}
${reasonTable(`dropped-${index}`, 'Values that made no row', 'Values', dropped, all.fields)}
${reasonTable(`changed-${index}`, 'Changed on the way', 'Times', of('changed'), null)}
${reasonTable(`left-${index}`, 'Levels, lines and reports that were not used', 'Times', of('left out'), null)}
${also.length === 0 ? null : details('Counted as well, and neither left out nor changed', reasonTable(`noted-${index}`, 'Counted as well', 'Times', also, null))}`,
    open,
  );
}

function reasonTable(id: string, caption: string, unit: string, rows: Reason[], whole: number | null): Html {
  if (rows.length === 0) return html`<p>${caption}: none.</p>`;
  return table({
    id,
    caption,
    columns: [
      { title: 'Reason', cell: ({ reason }) => code(reason) },
      { title: 'Meaning', cell: ({ text }) => text },
      { title: unit, cell: ({ count }) => number(count), numeric: true },
      ...(whole === null
        ? []
        : [{ title: 'Share', cell: ({ count }: Reason) => share(count, whole), numeric: true }]),
    ],
    rows,
    most: MAX_REASONS,
  });
}
