/** Verifying a station file of ten million rows: all columns inflated, every row held against the others and the tables. */
import { openStation } from '../../src/reading/open.js';
import { CLI, clearOutput, measureHarvest, measureNode, stationFile, type Usage } from '../child.js';
import type { Frame } from '../frame.js';
import { stationZip } from '../igra2-input.js';

export async function benchVerify(frame: Frame): Promise<void> {
  const { path } = await stationZip(frame, { kind: 'modern', megabytes: frame.quick ? 10 : 90 });
  clearOutput(frame);
  await measureHarvest(frame, { source: 'igra2', input: path });
  const file = stationFile(frame, 'igra2');
  const station = await openStation(file);
  const rows = `${(station.table('observations_table').rows / 1e6).toFixed(1)} M rows`;
  station.close();
  const usages: Usage[] = [];
  for (let i = 0; i < frame.fewRepeats; i++)
    usages.push(await measureNode(frame, [CLI, 'verify', file, '--quiet']));
  frame.row({
    what: `harvest verify, ${rows}, wall`,
    values: usages.map(({ wallSeconds }) => wallSeconds),
    unit: 's',
    digits: 1,
    goal: { atMost: 20 },
  });
  frame.row({
    what: '  processor time of all threads',
    values: usages.map(({ cpuSeconds }) => cpuSeconds),
    unit: 's',
    digits: 1,
  });
  frame.row({
    what: '  peak memory',
    values: usages.map(({ peakMegabytes }) => peakMegabytes),
    unit: 'MB',
    by: 'largest',
  });
}
