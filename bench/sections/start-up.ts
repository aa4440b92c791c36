/** What the command line costs before it does anything. */
import { CLI, measureNode } from '../child.js';
import { type Frame, median } from '../frame.js';

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
}
