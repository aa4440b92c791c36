/** Peak memory of a harvest as the operating system counts it: small against large inputs, and inputs in no order. */
import { rmSync } from 'node:fs';
import { clearOutput, type HarvestJob, measureHarvests, type Usage } from '../child.js';
import type { Frame } from '../frame.js';
import { stationZip } from '../igra2-input.js';
import { odbGzip } from '../odb-input.js';

const LIMIT = { atMost: 400 };

export async function benchMemory(frame: Frame): Promise<void> {
  const [small, large] = frame.quick ? [3, 30] : [30, 900];
  const peaks: number[] = [];
  for (const megabytes of [small, large]) {
    const { path, bytes } = await stationZip(frame, { kind: 'classic', megabytes });
    const text = `${(bytes / 1e6).toFixed(0)} MB of IGRA2 text`;
    peaks.push(await peak(frame, text, { source: 'igra2', input: path }));
  }
  frame.row({
    what: `peak memory, ${large} MB over ${small} MB`,
    values: [(peaks[1] ?? 0) / (peaks[0] ?? 0)],
    unit: 'x',
    digits: 2,
    goal: { atMost: 1.2 },
  });
  const mixed = frame.quick ? 15 : 300;
  const { path } = await stationZip(frame, { kind: 'classic', megabytes: mixed, outOfOrder: true });
  await peak(frame, `${mixed} MB of IGRA2 text, years in no order`, { source: 'igra2', input: path });
}

/** The same with all the columns of era5_1. */
export async function benchOdbMemory(frame: Frame): Promise<void> {
  const [small, mixed] = frame.quick ? [40_000, 100_000] : [500_000, 3_000_000];
  const smallPeak = await odbPeak(frame, small, 'in order');
  await odbPeak(frame, mixed, 'years in no order');
  if (frame.largeOdbRows === 0) {
    frame.absent('peak memory, 50 M rows of era5_1 text', 'takes minutes: --large');
    return;
  }
  const largePeak = await odbPeak(frame, frame.largeOdbRows, 'in order', 1);
  frame.row({
    what: `peak memory, ${millions(frame.largeOdbRows)} over ${millions(small)} rows of era5_1 text`,
    values: [largePeak / smallPeak],
    unit: 'x',
    digits: 2,
  });
}

async function odbPeak(
  frame: Frame,
  rows: number,
  order: 'in order' | 'years in no order',
  times?: number,
): Promise<number> {
  // Nineteen gigabytes of text take a minute to compress as fast as it goes.
  const level = rows > 1e7 ? 1 : 6;
  const text = await odbGzip(frame, { rows, level, outOfOrder: order !== 'in order' });
  const what = `${millions(text.rows)} rows of era5_1 text, all columns, ${order}`;
  const value = await peak(frame, what, { source: 'era5_1', input: text.path }, times, text.rows);
  rmSync(text.path);
  clearOutput(frame);
  return value;
}

async function peak(
  frame: Frame,
  what: string,
  job: HarvestJob,
  times = frame.fewRepeats,
  rows?: number,
): Promise<number> {
  const usages = await measureHarvests(frame, job, times);
  const of = (part: (usage: Usage) => number): number[] => usages.map(part);
  const value = frame.row({
    what: `peak memory, ${what}`,
    values: of(({ peakMegabytes }) => peakMegabytes),
    unit: 'MB',
    by: 'largest',
    goal: LIMIT,
  });
  frame.row({ what: '  processor time', values: of(({ cpuSeconds }) => cpuSeconds), unit: 's', digits: 1 });
  frame.row({ what: '  wall', values: of(({ wallSeconds }) => wallSeconds), unit: 's', digits: 1 });
  if (rows !== undefined) {
    frame.row({
      what: '  rows per second of processor time',
      values: of(({ cpuSeconds }) => rows / 1e6 / cpuSeconds),
      unit: 'M rows/s',
      digits: 2,
    });
  }
  return value;
}

function millions(rows: number): string {
  return `${(rows / 1e6).toFixed(rows < 1e6 ? 2 : 1)} M`;
}
