/** The largest files, and every station. */
import { basename } from 'node:path';
import { bytes, counted, day, degrees, number } from '../format.js';
import { type Html, html } from '../html.js';
import type { FolderOverview, StationOverview } from '../overview.js';
import type { StationFile } from '../station-file.js';
import { details, section, table } from './parts.js';

const LARGEST = 20;
/** Stations of one dataset that are shown without asking. */
const MAX_OPEN = 30;

export function largestFiles({ files }: FolderOverview): Html | null {
  if (files.length === 0) return null;
  const largest = [...files].sort((a, b) => b.bytes - a.bytes).slice(0, LARGEST);
  const shown =
    files.length > LARGEST ? `The ${LARGEST} largest of ${number(files.length)} files` : 'All files, by size';
  return section(
    'largest',
    'Largest files',
    table<StationFile>({
      id: 'largest-files',
      caption: shown,
      columns: [
        { title: 'File', cell: ({ path }) => html`<code>${path}</code>` },
        { title: 'Size', cell: (file) => bytes(file.bytes), numeric: true, sortBy: (file) => file.bytes },
        { title: 'Observations', cell: ({ rows }) => number(rows), numeric: true },
        {
          title: 'Bytes per observation',
          cell: (file) => (file.rows > 0 ? (file.bytes / file.rows).toFixed(1) : '–'),
          numeric: true,
        },
      ],
      rows: largest,
      sortable: true,
    }),
  );
}

export function stations({ stations: all, datasets }: FolderOverview): Html | null {
  if (all.length === 0) return null;
  return section(
    'stations',
    'Stations',
    datasets.map(({ id }, i) => {
      const own = all.filter(({ dataset }) => dataset === id);
      return details(
        html`<code>${id}</code> ${counted(own.length, 'station')}`,
        stationTable(`stations-${i}`, id, own),
        own.length <= MAX_OPEN,
      );
    }),
  );
}

function stationTable(id: string, dataset: string, rows: readonly StationOverview[]): Html {
  return table<StationOverview>({
    id,
    caption: `Stations of ${dataset}`,
    columns: [
      { title: 'Station', cell: (station) => html`<code>${station.id}</code>` },
      { title: 'Name', cell: ({ name }) => name },
      {
        title: 'Latitude',
        cell: ({ latitude }) => degrees(latitude, 'N', 'S'),
        numeric: true,
        sortBy: ({ latitude }) => latitude,
      },
      {
        title: 'Longitude',
        cell: ({ longitude }) => degrees(longitude, 'E', 'W'),
        numeric: true,
        sortBy: ({ longitude }) => longitude,
      },
      { title: 'First launch', cell: ({ first }) => day(first) },
      { title: 'Last launch', cell: ({ last }) => day(last) },
      { title: 'Launches', cell: ({ launches }) => number(launches), numeric: true },
      { title: 'Observations', cell: (station) => number(station.rows), numeric: true },
      {
        title: 'Size',
        cell: (station) => bytes(station.bytes),
        numeric: true,
        sortBy: (station) => station.bytes,
      },
      {
        title: 'File',
        cell: ({ files }) => (files.length === 1 ? basename(files[0] ?? '') : counted(files.length, 'file')),
      },
    ],
    rows,
    sortable: true,
    filter: true,
  });
}
