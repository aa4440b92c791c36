/** Stations by place: which part of their periods a map shows. */
import { greatest, least } from '../numbers.js';
import type { StationPeriod } from './station-period.js';
import { yearOf } from './years.js';

/** A station on the map. Its entries in several datasets are one. */
export interface Place {
  id: string;
  name: string;
  longitude: number;
  latitude: number;
  firstYear: number;
  lastYear: number;
  /** Of the dataset that has the most: archives hold much the same launches, so that their sum means little. */
  launches: number;
  datasets: string[];
}

/** The stations that have a place, by id, and how many have none. */
export function placesOf(stations: readonly StationPeriod[]): { places: Place[]; placeless: number } {
  const places = new Map<string, Place>();
  const placeless = new Set<string>();
  for (const station of stations) {
    const { id, name, latitude, longitude, first, last, launches, dataset } = station;
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360)) {
      placeless.add(id);
      continue;
    }
    const [firstYear, lastYear] = [yearOf(first), yearOf(last)];
    const known = places.get(id);
    if (known === undefined)
      places.set(id, {
        id,
        name,
        longitude,
        latitude,
        firstYear,
        lastYear,
        launches,
        datasets: [dataset],
      });
    else {
      known.firstYear = least(known.firstYear, firstYear);
      known.lastYear = greatest(known.lastYear, lastYear);
      known.launches = Math.max(known.launches, launches);
      if (known.name === '') known.name = name;
      if (!known.datasets.includes(dataset)) known.datasets.push(dataset);
    }
  }
  const withoutAny = [...placeless].filter((id) => !places.has(id)).length;
  return { places: [...places.values()], placeless: withoutAny };
}
