/** What the command line costs before it does anything. */
import { CLI, measureHarvests, measureNode, type Usage } from '../child.js';
import { type Frame, median } from '../frame.js';
import { stationZip } from '../igra2-input.js';

export async function benchStartUp(frame: Frame): Promise<void> {
  const help: Usage[] = [];
  const bare: Usage[] = [];
  for (let i = 0; i < (frame.quick ? 5 : 21); i++) {
    bare.push(await measureNode(frame, ['-e', '0']));
    help.push(await measureNode(frame, [CLI, '--help']));
  }
  const wall = (usages: readonly Usage[]): number[] => usages.map(({ wallSeconds }) => wallSeconds * 1e3);
  const cpu = (usages: readonly Usage[]): number[] => usages.map(({ cpuSeconds }) => cpuSeconds * 1e3);
  frame.row({ what: 'node -e 0, wall', values: wall(bare), unit: 'ms' });
  frame.row({
    what: 'harvest --help, wall, over node -e 0',
    values: above(wall(help), median(wall(bare))),
    unit: 'ms',
    goal: { atMost: 150 },
  });
  frame.row({
    what: 'harvest --help, processor time, over node -e 0',
    values: above(cpu(help), median(cpu(bare))),
    unit: 'ms',
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

function above(values: readonly number[], floor: number): number[] {
  return values.map((value) => value - floor);
}
