/** The demo as `npm run demo` leaves it, made inside the process: sources, station files and reports below one folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoArchiveTree } from '../support/demo/archive.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { demoStations } from '../support/demo/stations.js';
import { encodeIgra2, encodeStationList } from '../support/igra2-encoder.js';
import { encodeOdbText } from '../support/odb-encoder.js';
import { makeOdbRows } from '../support/odb-rows.js';
import { writeZip } from '../support/zip.js';

/** 2020-01-01 00:00 UTC, as in the demo. */
const CREATED = '1577836800';

/**
 * Writes `demo/sources` and harvests `demo/output` from it below `folder`.
 *
 * @param stations by dataset, the stations to harvest; all where the list is empty
 */
export async function makeDemo(
  folder: string,
  stations: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const { files } = await demoArchiveTree();
  for (const [name, content] of files) write(folder, name.split('/')[0] ?? '', basename(name), content);
  for (const [source, station] of Object.entries(stations)) await harvest(folder, source, station);
}

/** The modern station alone, of igra2 and of era5_1: the paths of its files. */
export async function makeShownFiles(folder: string): Promise<{ station: string; feedback: string }> {
  const shown = demoStations().find(({ primaryId }) => primaryId === '0-20000-0-99001');
  if (shown === undefined) throw new Error('the demo has no station 99001');
  const { entry, soundings } = shown;
  const text = { name: `${entry.id}-data.txt`, content: encodeIgra2(soundings) };
  write(folder, 'igra2', `${text.name}.zip`, writeZip([text]));
  write(folder, 'igra2', 'igra2-station-list.txt', encodeStationList([entry]));
  // The demo has the last twelve soundings of a station in the other datasets.
  const rows = encodeOdbText(makeOdbRows(soundings.slice(-12), { dataset: 'era5_1' }));
  write(folder, 'era5_1', 'era5.conv.202001.99001.txt.gz', gzipSync(rows));
  for (const source of ['igra2', 'era5_1']) await harvest(folder, source, []);
  const file = (source: string): string =>
    join(folder, 'demo', 'output', source, `0-20000-0-99001_${source}_harvested.nc`);
  return { station: file('igra2'), feedback: file('era5_1') };
}

function write(folder: string, dataset: string, name: string, content: Uint8Array | string): void {
  const sources = join(folder, 'demo', 'sources', dataset);
  mkdirSync(sources, { recursive: true });
  writeFileSync(join(sources, name), content);
}

async function harvest(folder: string, source: string, station: readonly string[]): Promise<void> {
  const workdir = join(folder, 'demo');
  const input = [join(workdir, 'sources', source)];
  const before = process.env.SOURCE_DATE_EPOCH;
  process.env.SOURCE_DATE_EPOCH = CREATED;
  try {
    await harvestQuietly({
      source,
      input,
      workdir,
      output: join(workdir, 'output'),
      station: [...station],
    });
  } finally {
    if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = before;
  }
}
