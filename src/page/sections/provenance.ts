/** Where the files come from: the last runs, the editions of the tables, the versions of the program. */
import { bytes, counted, minute, number } from '../format.js';
import { type Html, html } from '../html.js';
import type { FolderOverview, RunOverview } from '../overview.js';
import { code, section, table } from './parts.js';

/** What exit codes mean. */
const ENDINGS: ReadonlyMap<number, string> = new Map([
  [0, 'done'],
  [1, 'ended by an unexpected error'],
  [2, 'wrong words'],
  [3, 'done, some input skipped'],
  [4, 'done, some files not fetched'],
  [5, 'nothing could be used: corrupt input'],
  [6, 'ended by the disk or a permission'],
  [7, 'another run had the folder'],
  [8, 'ended by the tables'],
  [130, 'interrupted'],
]);

export function provenance(overview: FolderOverview): Html {
  return section('provenance', 'Where it comes from', runs(overview), editions(overview), programs(overview));
}

function runs({ runs: list }: FolderOverview): Html {
  if (list.length === 0) return html`<p>There are no run reports in the folder.</p>`;
  return table<RunOverview>({
    id: 'runs',
    caption: 'The last run of each dataset',
    columns: [
      { title: 'Dataset', cell: ({ dataset }) => code(dataset) },
      { title: 'Started', cell: ({ started }) => minute(started), whole: true },
      { title: 'Took', cell: duration, numeric: true },
      { title: 'Ended', cell: (run) => `${ENDINGS.get(run.exitCode) ?? 'unknown'} (${run.exitCode})` },
      { title: 'Stations', cell: stationsOf },
      {
        title: 'Fetched',
        cell: ({ fetched }) =>
          fetched === null
            ? 'nothing to fetch'
            : `${counted(fetched.files, 'file')}, ${bytes(fetched.bytes)}`,
      },
      { title: 'Tables', cell: ({ tables }) => tables },
      { title: 'Version', cell: ({ version }) => version },
      { title: 'Report', cell: ({ run }) => code(`reports/${run}.json`) },
    ],
    rows: list,
  });
}

function stationsOf(run: RunOverview): string {
  const parts: [number, string][] = [
    [run.done, 'written'],
    [run.unchanged, 'unchanged'],
    [run.empty, 'without launches'],
    [run.failed, 'failed'],
    [run.planned - run.done - run.unchanged - run.empty - run.failed, 'not reached'],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${number(n)} ${what}`);
  return `${told.length > 0 ? told.join(', ') : 'none'}${run.dryRun ? ' (dry run: no files)' : ''}`;
}

function duration({ started, finished }: RunOverview): string {
  const seconds = (Date.parse(finished) - Date.parse(started)) / 1000;
  if (Number.isNaN(seconds)) return '–';
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function editions({ editions: list, files }: FolderOverview): Html | null {
  if (files.length === 0) return null;
  const several =
    list.length > 1
      ? html`<p class="bad">The files were made with ${number(list.length)} editions of the tables. Harvest with --force to have them all of one.</p>`
      : null;
  return html`${several}${table({
    id: 'editions',
    caption: 'Editions of the Common Data Model tables that the files were made with',
    columns: [
      { title: 'Tables', cell: ({ name }) => name },
      { title: 'Repository', cell: ({ repository }) => html`<span class="address">${repository}</span>` },
      { title: 'Commit', cell: ({ commit }) => code(commit) },
      { title: 'sha256', cell: ({ sha256 }) => html`<code class="hash">${sha256}</code>` },
      { title: 'Files', cell: (edition) => number(edition.files), numeric: true },
    ],
    rows: list,
  })}`;
}

function programs({ programs: list }: FolderOverview): Html | null {
  if (list.length === 0) return null;
  return table({
    id: 'programs',
    caption: 'Versions of radiosonde-harvester that made the files',
    columns: [
      { title: 'Version', cell: ({ version }) => version },
      { title: 'Conventions', cell: ({ profile }) => profile },
      { title: 'Time of the records', cell: ({ recordTime }) => recordTime },
      { title: 'Files', cell: (program) => number(program.files), numeric: true },
    ],
    rows: list,
  });
}
