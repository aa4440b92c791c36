/**
 * A small IGRA 2 archive as its server has it: one zip per station and the list of stations. The stations are made up from
 * seeds; country code `XX` and WMO block 99 belong to nobody.
 */
import {
  encodeIgra2,
  encodeStationList,
  type Igra2Sounding,
  type StationListEntry,
} from './igra2-encoder.js';
import { makeStation } from './soundings.js';
import { writeZip } from './zip.js';

/** One station of the archive. */
export interface ArchiveStation {
  /** IGRA id, 11 characters. */
  id: string;
  soundings: readonly Igra2Sounding[];
  /** What its line of the station list says. */
  entry: StationListEntry;
}

/** Folder of the stations' files in the archive. */
export const STATIONS_FOLDER = 'access/data-por/';
/** The list of stations in the archive. */
export const STATION_LIST = 'doc/igra2-station-list.txt';

/** Path of a station's zip in the archive. */
export function zipPath(id: string): string {
  return `${STATIONS_FOLDER}${zipName(id)}`;
}

/** Name of a station's zip. */
export function zipName(id: string): string {
  return `${id}-data.txt.zip`;
}

/** Name of the station file that a harvest makes of a station of WMO network `M`. */
export function outputName(id: string): string {
  return `0-20000-0-${id.slice(-5)}_igra2_harvested.nc`;
}

/** The id of the `n`-th station, counted from 1: `XXM00099001` and on; WMO numbers 99001 to 99999, then 90000 and on. */
export function stationId(n: number): string {
  return `XXM000${n < 1000 ? 99_000 + n : 89_000 + n}`;
}

/** The `n`-th station; its soundings, two per day, begin on the last day of 1998 and so lie in two years from the third on. */
export function archiveStation(n: number, soundings = 4): ArchiveStation {
  const id = stationId(n);
  const latitude = 10 + (n % 70) / 2;
  const longitude = (n % 340) / 2;
  const made = makeStation(1000 + n, {
    id,
    latitude,
    longitude,
    elevation: 50 + (n % 500),
    soundings,
    from: { year: 1998, month: 12, day: 31 },
    kinds: ['classic', 'pilot'],
    significantLevels: 12,
  });
  const entry = { id, latitude, longitude, elevation: 50 + (n % 500), name: `PLACE ${n}` };
  return { id, soundings: made, entry: { ...entry, firstYear: 1998, lastYear: 1999, soundings } };
}

/** The first stations, `archiveStation(1)` and on. */
export function archiveStations(count: number, soundings = 4): ArchiveStation[] {
  return Array.from({ length: count }, (_, i) => archiveStation(i + 1, soundings));
}

/** The zip of one station, as it lies in the archive. */
export function stationZip({ id, soundings }: ArchiveStation): Buffer {
  return writeZip([{ name: `${id}-data.txt`, content: encodeIgra2(soundings) }]);
}

/** The list of the stations, as it lies in the archive. */
export function stationList(stations: readonly ArchiveStation[]): Buffer {
  return encodeStationList(stations.map(({ entry }) => entry));
}

/** The whole archive, by path: what `startArchiveServer` serves. */
export function igra2Archive(stations: readonly ArchiveStation[]): Map<string, Buffer> {
  const files = new Map(stations.map((station) => [zipPath(station.id), stationZip(station)]));
  return files.set(STATION_LIST, stationList(stations));
}

/** A zip whose content does not fit its checksum. */
export function damagedZip({ id, soundings }: ArchiveStation): Buffer {
  return writeZip([{ name: `${id}-data.txt`, content: encodeIgra2(soundings), crc32: 0x12345678 }]);
}
