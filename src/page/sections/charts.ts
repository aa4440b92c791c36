/** Where and when: the map of the stations, the timeline of their launches, and the same as tables for those who see no charts. */
import { coverageTimeline } from '../../plot/coverage-timeline.js';
import { stationMap } from '../../plot/station-map.js';
import { number } from '../format.js';
import { type Html, html, trusted } from '../html.js';
import type { FolderOverview } from '../overview.js';
import { details, section, table } from './parts.js';

/** The width that the charts are drawn for; the page scales them. */
const SIZE = { width: 900 };

export function charts({ stations }: FolderOverview): Html | null {
  if (stations.length === 0) return null;
  return html`${section(
    'map',
    'Where the stations are',
    figure('map', stationMap(stations, SIZE), 'The table of stations below has the positions as numbers.'),
  )}${section(
    'coverage',
    'When there are launches',
    figure('timeline', coverageTimeline(stations, SIZE), 'The table below has the same as numbers.'),
    years(stations),
  )}`;
}

function figure(name: string, svg: string, caption: string): Html {
  return html`<figure><div class="chart" role="group" aria-label="Chart: ${name}" tabindex="0">${trusted(svg)}</div><figcaption>${caption}</figcaption></figure>`;
}

interface Year {
  year: number;
  stations: Set<string>;
  launches: number;
}

function years(stations: FolderOverview['stations']): Html {
  const byYear = new Map<number, Year>();
  for (const { id, launchesByYear } of stations)
    for (const [year, n] of launchesByYear) {
      const entry = byYear.get(year) ?? { year, stations: new Set(), launches: 0 };
      entry.stations.add(id);
      entry.launches += n;
      byYear.set(year, entry);
    }
  return details(
    'Launches by year, as a table',
    table({
      id: 'years',
      caption: 'Stations with launches, and launches in all datasets, by calendar year',
      columns: [
        { title: 'Year', cell: ({ year }) => year },
        { title: 'Stations', cell: (entry) => number(entry.stations.size), numeric: true },
        { title: 'Launches', cell: ({ launches }) => number(launches), numeric: true },
      ],
      rows: [...byYear.values()].sort((a, b) => a.year - b.year),
      sortable: true,
    }),
  );
}
