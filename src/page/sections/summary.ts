/** The head of the page: what folder, when, and how much is in it. */
import { bytes, counted, day, minute, number } from '../format.js';
import { type Html, html } from '../html.js';
import type { FolderOverview } from '../overview.js';
import { gravest } from './troubles.js';

export function summary(overview: FolderOverview): Html {
  const { folder, run, made, datasets, stations, files, troubles } = overview;
  const sum = (of: (dataset: (typeof datasets)[number]) => number): number =>
    datasets.reduce((total, dataset) => total + of(dataset), 0);
  const first = Math.min(...datasets.map((dataset) => dataset.first).filter(Number.isFinite));
  const last = Math.max(...datasets.map((dataset) => dataset.last).filter(Number.isFinite));
  const places = new Set(stations.map(({ id }) => id)).size;
  const tiles: [label: string, value: string, more: string][] = [
    ['Stations', number(places), `in ${counted(datasets.length, 'dataset')}`],
    ['Launches', number(sum(({ launches }) => launches)), `${number(sum(({ rows }) => rows))} observations`],
    [
      'Period',
      Number.isFinite(first) ? `${day(first).slice(0, 4)} to ${day(last).slice(0, 4)}` : '–',
      `${day(first)} to ${day(last)}`,
    ],
    ['Files', number(files.length), bytes(sum((dataset) => dataset.bytes))],
    ['Troubles', number(troubles.length), gravest(overview)],
  ];
  return html`<header>
<h1>Radiosonde harvest</h1>
<p class="folder"><code>${folder}</code></p>
${run === null ? null : html`<p>The run <code>${run}</code> alone.</p>`}
<p>Looked at on ${minute(made)}.</p>
<dl class="tiles">
${tiles.map(([label, value, more]) => html`<div><dt>${label}</dt><dd><strong>${value}</strong> <span>${more}</span></dd></div>\n`)}</dl>
</header>`;
}
