/** What went wrong, first what is gravest. */
import { counted, number } from '../format.js';
import { type Html, html } from '../html.js';
import type { FolderOverview } from '../overview.js';
import type { MeaningOf } from '../reasons.js';
import type { SkippedParts, Trouble } from '../troubles.js';
import { type Column, code, details, section, table } from './parts.js';

/** More of one kind would hide the others; the run reports have all. */
const MAX_SHOWN = 200;

const HEADINGS: Readonly<Record<Trouble['kind'], string>> = {
  'run ended early': 'Runs that ended before all was done',
  'shard without report': 'Shards without a report',
  'unreadable station file': 'Station files that cannot be read',
  'station file gone': 'Station files that are no longer there',
  'station failed': 'Stations that could not be harvested',
  'input refused': 'Inputs that could not be used at all',
  'file not fetched': 'Files that could not be fetched',
  'impossible times': 'Launches with impossible times',
  warning: 'Warnings',
};

/** One line: the gravest kind, or that there is none. */
export function gravest({ troubles, runs, skipped }: FolderOverview): string {
  const [first] = troubles;
  if (first !== undefined) return HEADINGS[first.kind].toLowerCase();
  if (skipped.length > 0) return 'but parts of the input were skipped';
  return runs.length > 0 ? 'every file can be read, every run ended well' : 'every file can be read';
}

export function troubles(overview: FolderOverview, meaningOf: MeaningOf): Html {
  const kinds = new Set(overview.troubles.map(({ kind }) => kind));
  const unknown =
    overview.runs.length === 0
      ? html`<p>There are no run reports beside these files: what failed while they were made is not known here.</p>`
      : null;
  return section(
    'troubles',
    'Failures and skipped input',
    kinds.size === 0 ? html`<p class="good">No failures: ${gravest(overview)}.</p>` : null,
    unknown,
    [...kinds].map((kind) =>
      ofKind(
        kind,
        overview.troubles.filter((trouble) => trouble.kind === kind),
      ),
    ),
    skippedParts(overview.skipped, meaningOf),
  );
}

function ofKind(kind: Trouble['kind'], list: readonly Trouble[]): Html {
  const toDo: Column<Trouble> = { title: 'What to do', cell: ({ hint }) => hint };
  const id = `trouble-${kind.replaceAll(' ', '-')}`;
  return table({
    id,
    caption: `${HEADINGS[kind]} (${number(list.length)})`,
    columns: [
      {
        title: kind === 'warning' || kind === 'run ended early' ? 'Run' : 'What',
        cell: ({ subject }) => code(subject),
      },
      { title: 'Dataset', cell: ({ dataset }) => dataset },
      { title: 'Why', cell: ({ message }) => message },
      ...(list.some(({ hint }) => hint !== '') ? [toDo] : []),
    ],
    rows: list,
    most: MAX_SHOWN,
  });
}

function skippedParts(skipped: readonly SkippedParts[], meaningOf: MeaningOf): Html | null {
  if (skipped.length === 0) return null;
  const examples = skipped.flatMap((part) => part.examples);
  const count = skipped.reduce((total, part) => total + part.count, 0);
  return html`${table({
    id: 'skipped',
    caption: `Parts of the input that were skipped (${number(count)})`,
    columns: [
      { title: 'Reason', cell: ({ reason }) => code(reason) },
      { title: 'Meaning', cell: ({ reason }) => meaningOf(reason, false).text },
      { title: 'Parts', cell: (part) => number(part.count), numeric: true },
    ],
    rows: skipped,
    most: MAX_SHOWN,
  })}${details(
    `Where ${counted(examples.length, 'of them is', 'of them are')}`,
    table({
      id: 'skipped-places',
      caption: 'Skipped parts, with file and byte',
      columns: [
        { title: 'File', cell: ({ file }) => code(file) },
        { title: 'Byte', cell: ({ byteOffset }) => number(byteOffset), numeric: true },
        { title: 'What', cell: ({ detail }) => detail },
        { title: 'Reason', cell: ({ reason }) => code(reason) },
      ],
      rows: examples,
      most: MAX_SHOWN,
    }),
  )}`;
}
