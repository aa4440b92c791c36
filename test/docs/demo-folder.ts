/** The demo as `npm run demo` leaves it, made inside the process: sources, station files and reports in one folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { demoArchiveTree } from '../support/demo/archive.js';
import { harvestQuietly } from '../support/demo/harvest.js';

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
  for (const [name, content] of files) {
    const sources = join(folder, 'demo', 'sources', name.split('/')[0] ?? '');
    mkdirSync(sources, { recursive: true });
    writeFileSync(join(sources, basename(name)), content);
  }
  const before = process.env.SOURCE_DATE_EPOCH;
  process.env.SOURCE_DATE_EPOCH = CREATED;
  try {
    for (const [source, station] of Object.entries(stations)) {
      const workdir = join(folder, 'demo');
      const input = [join(workdir, 'sources', source)];
      await harvestQuietly({
        source,
        input,
        workdir,
        output: join(workdir, 'output'),
        station: [...station],
      });
    }
  } finally {
    if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = before;
  }
}
