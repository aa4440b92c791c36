/**
 * Growth with the input: whether three times the input takes three times the time. Time is start-up and a slope, so what is compared
 * is the slope between the two largest sizes with the slope between the sizes before them: a constant part cannot hide in it.
 */
import { rmSync } from 'node:fs';
import { measureHarvest, type Usage } from '../child.js';
import type { Frame } from '../frame.js';
import { stationZip } from '../igra2-input.js';
import { odbGzip } from '../odb-input.js';

/** Within a tenth of a straight line. */
const LINEAR = { atLeast: 0.9, atMost: 1.1 };

interface Input {
  path: string;
  /** Megabytes or thousands of rows. */
  size: number;
}

export async function benchGrowth(frame: Frame): Promise<void> {
  const igra2: Input[] = [];
  for (const megabytes of frame.quick ? [3, 10, 30] : [10, 30, 100, 300]) {
    const { path, bytes } = await stationZip(frame, { kind: 'classic', megabytes });
    igra2.push({ path, size: bytes / 1e6 });
  }
  await growth(frame, 'igra2', igra2, 'MB of IGRA2 text');
  const odb: Input[] = [];
  for (const rows of frame.quick ? [40_000, 80_000, 160_000] : [230_000, 700_000, 2_300_000]) {
    const text = await odbGzip(frame, { rows });
    odb.push({ path: text.path, size: text.rows / 1e3 });
  }
  await growth(frame, 'era5_1', odb, 'thousand rows of ODB text');
  for (const { path } of odb) rmSync(path);
}

async function growth(frame: Frame, source: string, inputs: readonly Input[], unit: string): Promise<void> {
  // Round by round over the sizes, so that each round is one measurement of the growth.
  const rounds: Usage[][] = [];
  for (let i = 0; i < frame.fewRepeats; i++) {
    const usages: Usage[] = [];
    for (const { path } of inputs) usages.push(await measureHarvest(frame, { source, input: path }));
    rounds.push(usages);
  }
  const clocks = [
    ['processor time', ({ cpuSeconds }: Usage) => cpuSeconds],
    ['wall', ({ wallSeconds }: Usage) => wallSeconds],
  ] as const;
  for (const [clock, secondsOf] of clocks) {
    const seconds = rounds.map((usages) => usages.map(secondsOf));
    for (const [i, { size }] of inputs.entries()) {
      frame.row({
        what: `${size.toFixed(0)} ${unit}, ${clock}`,
        values: seconds.map((round) => round[i] ?? Number.NaN),
        unit: 's',
        digits: 2,
      });
    }
    frame.row({
      what: `growth of ${clock}, ${unit}: last slope over the one before`,
      values: seconds.map((round) => lastSlopes(inputs, round)),
      unit: '',
      digits: 2,
      goal: LINEAR,
    });
  }
}

/** The slope between the last two sizes over the slope between the two before. */
function lastSlopes(inputs: readonly Input[], seconds: readonly number[]): number {
  const n = inputs.length;
  const slope = (i: number): number => {
    const [a, b] = [inputs[i - 1], inputs[i]];
    if (a === undefined || b === undefined) return Number.NaN;
    return ((seconds[i] ?? Number.NaN) - (seconds[i - 1] ?? Number.NaN)) / (b.size - a.size);
  };
  return slope(n - 1) / slope(n - 2);
}
