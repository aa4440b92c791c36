/** The largest files, and every station. */
import { bytes, day, degrees, number } from '../format.js';
import type { Html } from '../html.js';
import type { FolderOverview, StationOverview } from '../overview.js';
import type { StationFile } from '../station-file.js';
import { type Column, code, details, section, table } from './parts.js';

const LARGEST = 20;
/** Stations that are shown without asking. */
const MAX_OPEN = 50;

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
        { title: 'File', cell: ({ path }) => code(path) },
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

export function stations({ stations: all }: FolderOverview): Html | null {
  if (all.length === 0) return null;
  return section(
    'stations',
    'Stations',
    details(`All ${number(all.length)}, by dataset`, stationTable(all), all.length <= MAX_OPEN),
  );
}

function stationTable(rows: readonly StationOverview[]): Html {
  const named: Column<StationOverview> = { title: 'Name', cell: ({ name }) => name };
  const files: Column<StationOverview> = {
    title: 'Files',
    cell: (station) => number(station.files.length),
    numeric: true,
  };
  return table<StationOverview>({
    id: 'stations-all',
    caption: 'Stations: where, when, how much',
    columns: [
      { title: 'Station', cell: (station) => code(station.id) },
      { title: 'Dataset', cell: ({ dataset }) => dataset },
      ...(rows.some(({ name }) => name !== '') ? [named] : []),
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
      { title: 'First launch', cell: ({ first }) => day(first), whole: true },
      { title: 'Last launch', cell: ({ last }) => day(last), whole: true },
      { title: 'Launches', cell: ({ launches }) => number(launches), numeric: true },
      { title: 'Observations', cell: (station) => number(station.rows), numeric: true },
      {
        title: 'Size',
        cell: (station) => bytes(station.bytes),
        numeric: true,
        sortBy: (station) => station.bytes,
      },
      ...(rows.some((station) => station.files.length > 1) ? [files] : []),
    ],
    rows,
    sortable: true,
    filter: true,
  });
}
