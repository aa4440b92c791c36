/** The observation database: text and ODB-2 of era5_1, 63 columns, all feedback kept. */
import { countOf, measureHarvests, runProbe, secondsOf } from '../child.js';
import type { Frame } from '../frame.js';
import { ODB_STATION, odb2File, odbGzip } from '../odb-input.js';
import { ratios, speeds } from '../rates.js';

const COLUMNS = 63;

export async function benchOdb(frame: Frame): Promise<void> {
  await text(frame);
  await binary(frame);
}

async function text(frame: Frame): Promise<void> {
  const { path, rows } = await odbGzip(frame, { rows: frame.quick ? 50_000 : 1_150_000 });
  const probe = await runProbe('read-text', ['era5_1', ODB_STATION, path, frame.repeats]);
  if (countOf(probe, 'lines') !== rows + 1) throw new Error('the input has not the rows that it was made of');
  countOf(probe, 'rows');
  const [read, tabs] = [secondsOf(probe, 'read'), secondsOf(probe, 'findTabs')];
  const what = `ODB text, ${million(rows)} rows of ${COLUMNS} columns`;
  frame.row({ what: `${what}, inflated, to record batches`, ...millionPerSecond(rows, read) });
  frame.row({ what: '  byte loop alone (tabs and newlines)', ...millionPerSecond(rows, tabs) });
  frame.row({ what: '  parse, of the byte loop', values: ratios(tabs, read), unit: '', digits: 2 });
  const cpu = await harvestSeconds(frame, path);
  frame.row({
    what: `${what}, gzip to station file, every column, per core`,
    ...millionPerSecond(rows, cpu),
    goal: { atLeast: 0.35 },
  });
  frame.row({ what: '  end to end, of the byte loop', values: ratios(tabs, cpu), unit: '', digits: 2 });
}

async function binary(frame: Frame): Promise<void> {
  const { path, rows } = odb2File(frame, frame.quick ? 30_000 : 800_000);
  const probe = await runProbe('decode-odb2', [path, frame.repeats]);
  if (countOf(probe, 'rows') !== rows || countOf(probe, 'columns') !== COLUMNS)
    throw new Error('ODB-2 was not decoded whole');
  const what = `ODB-2, ${million(rows)} rows of ${COLUMNS} columns`;
  frame.row({
    what: `${what}, decode`,
    ...millionPerSecond(rows, secondsOf(probe, 'decode')),
    goal: { atLeast: 1 },
  });
  frame.row({
    what: `${what}, to station file, per core`,
    ...millionPerSecond(rows, await harvestSeconds(frame, path)),
    goal: { atLeast: 0.5 },
  });
}

/** Processor seconds of whole runs of the command line, start-up included. */
async function harvestSeconds(frame: Frame, input: string): Promise<number[]> {
  const usages = await measureHarvests(frame, { source: 'era5_1', input }, frame.repeats);
  return usages.map(({ cpuSeconds }) => cpuSeconds);
}

function million(rows: number): string {
  return `${(rows / 1e6).toFixed(2)} M`;
}

function millionPerSecond(rows: number, seconds: readonly number[]) {
  return { values: speeds(rows / 1e6, seconds), unit: 'M rows/s', digits: 2 };
}
