/** Forty stations over one worker and over two. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeIgra2 } from '../../test/support/igra2-encoder.js';
import { makeStation } from '../../test/support/soundings.js';
import { writeZip } from '../../test/support/zip.js';
import { measureHarvest } from '../child.js';
import type { Frame } from '../frame.js';
import { ratios } from '../rates.js';

const STATIONS = 40;

export async function benchWorkers(frame: Frame): Promise<void> {
  const input = join(frame.folder, 'stations');
  mkdirSync(input);
  // 3 MB of text each: two years of two soundings a day.
  const soundings = frame.quick ? 150 : 1400;
  let bytes = 0;
  for (let i = 1; i <= STATIONS; i++) {
    const id = `XXM000${10_000 + i}`;
    const content = encodeIgra2(makeStation(i, { id, soundings, kinds: ['classic'] }));
    bytes += content.length;
    writeFileSync(join(input, `${id}-data.txt.zip`), writeZip([{ name: `${id}-data.txt`, content }]));
  }
  const one: number[] = [];
  const two: number[] = [];
  for (let i = 0; i < frame.repeats; i++) {
    one.push((await measureHarvest(frame, { source: 'igra2', input, workers: 1 })).wallSeconds);
    two.push((await measureHarvest(frame, { source: 'igra2', input, workers: 2 })).wallSeconds);
  }
  const what = `${STATIONS} stations, ${(bytes / 1e6).toFixed(0)} MB of IGRA2 text`;
  frame.row({ what: `${what}, 1 worker, wall`, values: one, unit: 's', digits: 2 });
  frame.row({ what: `${what}, 2 workers, wall`, values: two, unit: 's', digits: 2 });
  frame.row({
    what: '  2 workers against 1',
    values: ratios(one, two),
    unit: 'x',
    digits: 2,
    goal: { atLeast: 1.8 },
  });
}
