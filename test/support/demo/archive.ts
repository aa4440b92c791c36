/** The demo archives on disk: files as the data centre distributes them, byte for byte the same each time. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeIgra2, encodeStationList } from '../igra2-encoder.js';
import { writeZip } from '../zip.js';
import { type DemoDataset, otherDatasets } from './datasets.js';
import { type DemoStation, demoStations } from './stations.js';

/** Writes the archives of all datasets, a folder each, in place of what was there. */
export async function writeDemoArchives(
  folder: string,
): Promise<{ stations: DemoStation[]; others: DemoDataset[] }> {
  rmSync(folder, { recursive: true, force: true });
  const stations = writeDemoArchive(join(folder, 'igra2'));
  const others = await otherDatasets(stations);
  for (const { id, files } of others) {
    mkdirSync(join(folder, id), { recursive: true });
    for (const { name, content } of files) writeFileSync(join(folder, id, name), content);
  }
  return { stations, others };
}

/** The same archives as an HTTP server would have them, a folder per dataset; the files of igra2 where NCEI has them. */
export async function demoArchiveTree(): Promise<{
  stations: DemoStation[];
  others: DemoDataset[];
  files: Map<string, Buffer>;
}> {
  const stations = demoStations();
  const others = await otherDatasets(stations);
  const files = new Map<string, Buffer>();
  for (const { entry, soundings } of stations) {
    const zip = writeZip([{ name: `${entry.id}-data.txt`, content: encodeIgra2(soundings) }]);
    files.set(`igra2/access/data-por/${entry.id}-data.txt.zip`, Buffer.from(zip));
  }
  const list = encodeStationList(stations.map((station) => station.entry));
  files.set('igra2/doc/igra2-station-list.txt', Buffer.from(list));
  for (const { id, files: parts } of others)
    for (const { name, content } of parts) files.set(`${id}/${name}`, Buffer.from(content));
  return { stations, others, files };
}

/** Writes the archive of igra2 into `folder`, in place of what was there; returns the stations that it holds. */
export function writeDemoArchive(folder: string): DemoStation[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stations = demoStations();
  for (const station of stations) writeStation(folder, station);
  const list = encodeStationList(stations.map((station) => station.entry));
  writeFileSync(join(folder, 'igra2-station-list.txt'), list);
  return stations;
}

function writeStation(folder: string, { entry, packing, soundings }: DemoStation): void {
  const perFile = Math.ceil(soundings.length / packing.length);
  for (const [i, form] of packing.entries()) {
    const text = encodeIgra2(soundings.slice(i * perFile, (i + 1) * perFile));
    const name = `${entry.id}-data${i === 0 ? '' : `-part${i + 1}`}.txt`;
    if (form === 'plain') writeFileSync(join(folder, name), text);
    else if (form === 'gz') writeFileSync(join(folder, `${name}.gz`), gzipSync(text));
    else writeFileSync(join(folder, `${name}.zip`), writeZip([{ name, content: text }]));
  }
}
