/** A run over an archive in which nothing has changed: the archive is served over loopback, its listing looked at, no file touched. */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startArchiveServer } from '../../test/support/archive-server.js';
import { archiveStations, igra2Archive } from '../../test/support/igra2-archive.js';
import { CLI, measureNode } from '../child.js';
import type { Frame } from '../frame.js';

export async function benchUnchanged(frame: Frame): Promise<void> {
  const stations = frame.quick ? 100 : 3000;
  const server = await startArchiveServer({ files: igra2Archive(archiveStations(stations, 1)) });
  try {
    const workdir = join(frame.folder, 'archive');
    const output = join(workdir, 'output', 'igra2');
    const words = ['--source', 'igra2', '--tables', 'bundled', '--workdir', workdir, '--quiet'];
    const run = async (): Promise<number> =>
      (await measureNode(frame, [CLI, ...words, '--mirror', `igra2=${server.url}`])).wallSeconds;
    const first = await run();
    const before = stamps(output);
    if (before.size !== stations) throw new Error(`${before.size} station files of ${stations}`);
    const wall: number[] = [];
    const rewritten: number[] = [];
    for (let i = 0; i < frame.repeats; i++) {
      wall.push(await run());
      const after = stamps(output);
      rewritten.push([...after].filter(([name, stamp]) => before.get(name) !== stamp).length);
    }
    frame.row({
      what: `${stations} stations served over loopback, first run`,
      values: [first],
      unit: 's',
      digits: 1,
    });
    frame.row({
      what: `${stations} stations served over loopback, unchanged, wall`,
      values: wall,
      unit: 's',
      digits: 2,
      goal: { atMost: 5 },
    });
    frame.row({
      what: '  station files written (inodes and times compared)',
      values: rewritten,
      unit: 'files',
      by: 'largest',
      goal: { atMost: 0 },
    });
  } finally {
    await server.close();
  }
}

/** What any writing to a file changes, by name. */
function stamps(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder).map((name) => {
      const { ino, mtimeNs, ctimeNs } = lstatSync(join(folder, name), { bigint: true });
      return [name, `${ino} ${mtimeNs} ${ctimeNs}`];
    }),
  );
}
