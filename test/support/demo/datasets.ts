/**
 * The demo archives of the other datasets than igra2, made of the same made-up stations: each as its data centre would hand it
 * out, UADB as two files, ODB as text (packed, by month) and binary with several stations, BUFR with and without ships.
 */
import { gzipSync } from 'node:zlib';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { encodeBufrSoundings, hasPressure } from '../bufr-soundings.js';
import type { Igra2Sounding } from '../igra2-encoder.js';
import { encodeOdbText, type OdbTable } from '../odb-encoder.js';
import { makeOdbRows, type OdbDataset } from '../odb-rows.js';
import { encodeOdb2, type Odb2FrameInput } from '../odb2-encoder.js';
import { encodeUadb, uadbSoundings } from '../uadb-encoder.js';
import type { DemoStation } from './stations.js';

/** The last soundings of a station are enough to show a dataset, and keep the demo short. */
const MAX_SOUNDINGS = 12;

/** A dataset of the demo. */
export interface DemoDataset {
  id: string;
  files: readonly { name: string; content: Uint8Array }[];
  /** What the output must have of each station. */
  expected: readonly ExpectedStation[];
}

export interface ExpectedStation {
  primaryId: string;
  reports: number;
  /** Whether rows have feedback with departures. */
  departures: boolean;
}

/** Every dataset but igra2. The same on every call. */
export async function otherDatasets(stations: readonly DemoStation[]): Promise<DemoDataset[]> {
  const of = (id: string): DemoStation => {
    const station = stations.find(({ entry }) => entry.id === id);
    if (station === undefined) throw new Error(`the demo has no station ${id}`);
    return { ...station, soundings: station.soundings.slice(-MAX_SOUNDINGS) };
  };
  // Numbers of collections that nobody can trace to a station: their stations have places of their own.
  const collected = (id: string): DemoStation => {
    const station = of(id);
    return { ...station, soundings: station.soundings.map(moved) };
  };
  const modern = of('XXM00099001');
  const century = of('XXM00099002');
  const byHeight = of('XXM00099004');
  const wban = of('XXW00099007');
  const ship = of('ZZV000DEMO1');
  return [
    ncar([modern, century, of('XXM00099003')]),
    era5([modern, century, byHeight]),
    odbStation('era5_1759', [
      [modern, '99001', modern.primaryId],
      [wban, '2:99007', 'WBAN-99007'],
    ]),
    odbStation('era5_1761', [
      [modern, '1:99001', modern.primaryId],
      [collected('XXM00099004'), '9:967', '9:967'],
    ]),
    odbStation('era5_3188', [
      [modern, '99001', modern.primaryId],
      [collected('XXM00099002'), 'C:4629', 'C:4629'],
    ]),
    await bufr([modern, century], ship),
  ];
}

function moved(sounding: Igra2Sounding): Igra2Sounding {
  return { ...sounding, latitude: sounding.latitude === null ? null : sounding.latitude + 1 };
}

function wmoNumber({ primaryId }: DemoStation): string {
  return primaryId.slice(-5);
}

function ncar(stations: readonly DemoStation[]): DemoDataset {
  const files = stations.flatMap((station) =>
    (['trhc', 'windc'] as const).flatMap((kind) => {
      const content = encodeUadb(station.soundings, { kind });
      return content.length === 0 ? [] : [{ name: `uadb_${kind}_${wmoNumber(station)}.txt`, content }];
    }),
  );
  const expected = stations.map((station) => ({
    primaryId: station.primaryId,
    reports: reportsOfBoth(station.soundings),
    departures: false,
  }));
  return { id: 'ncar', files, expected };
}

/** Soundings that are in either of the two files of a station: those in both are one report. */
function reportsOfBoth(soundings: readonly Igra2Sounding[]): number {
  const times = (['trhc', 'windc'] as const).flatMap((kind) =>
    uadbSoundings(soundings, kind).map(({ year, month, day, hour }) => [year, month, day, hour].join('-')),
  );
  return new Set(times).size;
}

/** Text by month of one station, and several stations in one binary file. */
function era5(stations: readonly DemoStation[]): DemoDataset {
  const [first, ...others] = stations;
  if (first === undefined) throw new Error('no station');
  const text = [...groupByMonth(first.soundings)].map(([month, soundings]) => ({
    name: `era5.conv.${month}.${wmoNumber(first)}.txt.gz`,
    content: gzipSync(encodeOdbText(makeOdbRows(soundings, { dataset: 'era5_1' }))),
  }));
  const frames = others.map((station) =>
    frameOf(makeOdbRows(station.soundings, { dataset: 'era5_1', statid: wmoNumber(station) })),
  );
  const binary = { name: 'era5.conv.several.odb', content: encodeOdb2(frames) };
  return {
    id: 'era5_1',
    files: [...text, binary],
    expected: stations.map(({ primaryId, soundings }) => ({
      primaryId,
      reports: soundings.length,
      departures: true,
    })),
  };
}

function groupByMonth(soundings: readonly Igra2Sounding[]): Map<string, Igra2Sounding[]> {
  const months = new Map<string, Igra2Sounding[]>();
  for (const sounding of soundings) {
    const month = `${sounding.year}${String(sounding.month).padStart(2, '0')}`;
    months.set(month, [...(months.get(month) ?? []), sounding]);
  }
  return months;
}

function frameOf({ columns, rows }: OdbTable): Odb2FrameInput {
  return {
    columns: columns.map(({ name, type }, i) => ({
      name,
      type,
      values: rows.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
    })),
  };
}

function odbStation(
  dataset: Exclude<OdbDataset, 'era5_1' | 'era5_2'>,
  stations: readonly [station: DemoStation, statid: string, primaryId: string][],
): DemoDataset {
  return {
    id: dataset,
    files: stations.map(([{ soundings }, statid]) => ({
      name: `${dataset.replace('_', '.')}.conv._${statid}.gz`,
      content: gzipSync(encodeOdbText(makeOdbRows(soundings, { dataset, statid }))),
    })),
    expected: stations.map(([{ soundings }, , primaryId]) => ({
      primaryId,
      reports: soundings.length,
      departures: dataset !== 'era5_3188',
    })),
  };
}

async function bufr(stations: readonly DemoStation[], ship: DemoStation): Promise<DemoDataset> {
  const tables = await loadTables();
  const callSign = ship.primaryId.slice(-5);
  const reports = (soundings: readonly Igra2Sounding[]): number => soundings.filter(hasPressure).length;
  return {
    id: 'bufr',
    files: [
      ...stations.map((station) => ({
        name: `era5.${wmoNumber(station)}.bfr`,
        content: encodeBufrSoundings(tables, station.soundings, { wmoNumber: Number(wmoNumber(station)) }),
      })),
      { name: 'ships.bfr', content: encodeBufrSoundings(tables, ship.soundings, { callSign }) },
    ],
    expected: [
      ...stations.map(({ primaryId, soundings }) => ({
        primaryId,
        reports: reports(soundings),
        departures: false,
      })),
      { primaryId: callSign, reports: reports(ship.soundings), departures: false },
    ],
  };
}
