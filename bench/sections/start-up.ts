/** What the command line costs before it does anything. */
import { CLI, measureHarvests, measureNode } from '../child.js';
import { type Frame, median } from '../frame.js';
import { stationZip } from '../igra2-input.js';

export async function benchStartUp(frame: Frame): Promise<void> {
  const help: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < (frame.quick ? 5 : 21); i++) {
    bare.push((await measureNode(frame, ['-e', '0'])).wallSeconds * 1e3);
    help.push((await measureNode(frame, [CLI, '--help'])).wallSeconds * 1e3);
  }
  const floor = median(bare);
  frame.row({ what: 'node -e 0, wall', values: bare, unit: 'ms' });
  frame.row({
    what: 'harvest --help, wall, over node -e 0',
    values: help.map((milliseconds) => milliseconds - floor),
    unit: 'ms',
    goal: { atMost: 150 },
  });
  // What every harvest has in it before its size counts: one year of soundings, most of it tables and code.
  const { path, bytes } = await stationZip(frame, { kind: 'classic', megabytes: 1 });
  const usages = await measureHarvests(frame, { source: 'igra2', input: path }, frame.repeats);
  frame.row({
    what: `harvest of ${(bytes / 1e6).toFixed(1)} MB of IGRA2 text, processor time`,
    values: usages.map(({ cpuSeconds }) => cpuSeconds * 1e3),
    unit: 'ms',
  });
}
