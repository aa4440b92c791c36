/** A station that occurs in several archives has the same primary_station_id and scheme in each: every pair of the demo at one place. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoOutputs } from '../support/demo/outputs.js';
import { withStation } from '../support/demo/station-view.js';

const DEGREES = 0.01;

/** What a station file says of who and where its station is. */
interface StationAtPlace {
  /** Dataset and name of the file. */
  file: string;
  dataset: string;
  id: string;
  scheme: number;
  /** Latitudes and longitudes of its reports, those that differ; a ship has many. */
  positions: [latitude: number, longitude: number][];
}

let stations: StationAtPlace[];
beforeAll(async () => {
  const outputs = join(await demoOutputs(), 'output');
  stations = readdirSync(outputs)
    .filter((dataset) => dataset !== 'reports')
    .flatMap((dataset) =>
      readdirSync(join(outputs, dataset))
        .filter((name) => name.endsWith('.nc'))
        .map((name) => stationAt(join(outputs, dataset, name), dataset, name)),
    );
});

function stationAt(path: string, dataset: string, name: string): StationAtPlace {
  return withStation(path, (view) => {
    const header = view.table('header_table');
    const longitudes = header.numbers('longitude');
    const places = Array.from(header.numbers('latitude'), (latitude, i) => `${latitude} ${longitudes[i]}`);
    const [id = ''] = header.texts('primary_station_id');
    return {
      file: `${dataset}/${name}`,
      dataset,
      id,
      scheme: header.numbers('primary_station_id_scheme')[0] ?? Number.NaN,
      positions: [...new Set(places)].map((place) => {
        const [latitude = Number.NaN, longitude = Number.NaN] = place.split(' ').map(Number);
        return [latitude, longitude];
      }),
    };
  });
}

/** Pairs of stations of different archives that have a position in common. */
function pairsAtOnePlace(): [StationAtPlace, StationAtPlace][] {
  return stations.flatMap((one, i) =>
    stations
      .slice(i + 1)
      .filter((other) => other.dataset !== one.dataset && isAtOnePlace(one, other))
      .map((other): [StationAtPlace, StationAtPlace] => [one, other]),
  );
}

function isAtOnePlace(one: StationAtPlace, other: StationAtPlace): boolean {
  return one.positions.some(([latitude, longitude]) =>
    other.positions.some(
      (there) => Math.abs(there[0] - latitude) <= DEGREES && Math.abs(there[1] - longitude) <= DEGREES,
    ),
  );
}

describe('stations of the demo at one place', () => {
  it('have one id and scheme, from whichever archive they come', () => {
    const pairs = pairsAtOnePlace();
    const differ = pairs.filter(([one, other]) => one.id !== other.id || one.scheme !== other.scheme);
    expect(differ.map(([one, other]) => [one.file, one.scheme, other.file, other.scheme])).toEqual([]);
    // WMO numbers, a WBAN number and a call sign.
    const ids = new Set(pairs.map(([one]) => one.id));
    expect([...ids].sort()).toEqual([
      ...['1', '2', '3', '4'].map((last) => `0-20000-0-9900${last}`),
      'DEMO1',
      'WBAN-99007',
    ]);
  });

  it('are the only ones with that id in their archives', () => {
    for (const one of stations)
      expect(stations.filter(({ dataset, id }) => dataset === one.dataset && id === one.id)).toHaveLength(1);
  });
});
