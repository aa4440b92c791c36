/** Speed of the other sources than igra2, on seeded input: bytes to record batches in this process, files end to end in another. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTally } from '../src/records/tally.js';
import { createDecoder } from '../src/sources/bufr/decode.js';
import { scanMessages } from '../src/sources/bufr/message.js';
import { loadTables } from '../src/sources/bufr/tables.js';
import { isOdb2, readOdb2 } from '../src/sources/odb/odb2.js';
import { loadSource } from '../src/sources/registry.js';
import { encodeBufrSoundings } from '../test/support/bufr-soundings.js';
import { encodeOdbText, type OdbTable } from '../test/support/odb-encoder.js';
import { makeOdbRows } from '../test/support/odb-rows.js';
import { encodeOdb2 } from '../test/support/odb2-encoder.js';
import { makeStation } from '../test/support/soundings.js';
import { encodeUadb } from '../test/support/uadb-encoder.js';
import { measureNode, median } from './child.js';

const STATION = 'XXM00011111';
const WMO_NUMBER = 11_111;
const FRAME_ROWS = 10_000;

/** Prints one line: what, the figure, the goal. */
export type PrintRow = (what: string, figure: string, goal: string) => void;

export interface SourcesBench {
  row: PrintRow;
  /** Folder for inputs and outputs. */
  folder: string;
  /** The built command line. */
  cli: string;
  repeats: number;
  /** Soundings of the made-up station. */
  soundings: number;
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}

/** Median seconds of `repeats` runs after one to warm up. */
async function secondsOf(repeats: number, work: () => Promise<void>): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i <= repeats; i++) {
    const started = performance.now();
    await work();
    if (i > 0) seconds.push((performance.now() - started) / 1e3);
  }
  return median(seconds);
}

/** Bytes of one station to record batches, feedback included. */
async function readAll(dataset: string, id: string, bytes: Uint8Array): Promise<void> {
  const source = await loadSource(dataset);
  const station = { id, files: [{ path: 'bench', name: 'bench', chunks: () => slices(bytes) }] };
  const feedback = (await source.feedback?.(station)) ?? [];
  for await (const batch of source.open(station, { tally: createTally(), feedback })) batch.reports;
}

export async function benchSources(bench: SourcesBench): Promise<void> {
  const made = makeStation(7, {
    id: STATION,
    latitude: 48.25,
    longitude: 16.36,
    elevation: 198,
    soundings: bench.soundings,
    kinds: ['modern'],
  });
  await benchUadb(bench, encodeUadb(made, { kind: 'trhc' }));
  await benchBufr(bench, encodeBufrSoundings(await loadTables(), made, { wmoNumber: WMO_NUMBER }));
  await benchOdb(bench, makeOdbRows(made, { dataset: 'era5_1' }));
}

async function benchUadb({ row, repeats }: SourcesBench, text: Buffer): Promise<void> {
  const seconds = await secondsOf(repeats, () => readAll('ncar', String(WMO_NUMBER), text));
  row('UADB text to record batches', `${(text.length / 1e6 / seconds).toFixed(0)} MB/s`, '>= 200 MB/s');
}

async function benchBufr(bench: SourcesBench, bytes: Buffer): Promise<void> {
  const { row, repeats } = bench;
  const decoder = createDecoder(await loadTables());
  let messages = 0;
  const decode = await secondsOf(repeats, async () => {
    messages = 0;
    for await (const { bytes: message } of scanMessages(slices(bytes), { path: 'bench', onDamage() {} })) {
      decoder.decode(message);
      messages++;
    }
  });
  row('BUFR 309052, decode', `${(messages / decode).toFixed(0)} messages/s`, '>= 10000 messages/s');
  const read = await secondsOf(repeats, () => readAll('bufr', String(WMO_NUMBER), bytes));
  row('BUFR 309052 to record batches', `${(messages / read).toFixed(0)} messages/s`, '');
  const end = harvestSeconds(bench, 'bufr', 'era5.11111.bfr', bytes);
  row('BUFR file to station file', `${(messages / end).toFixed(0)} messages/s`, '');
}

async function benchOdb(bench: SourcesBench, table: OdbTable): Promise<void> {
  const { row, repeats } = bench;
  const rows = table.rows.length;
  const rate = (seconds: number): string => `${(rows / seconds / 1e6).toFixed(2)} M rows/s`;
  const text = encodeOdbText(table);
  row(
    `ODB text, ${table.columns.length} columns, to record batches`,
    rate(await secondsOf(repeats, () => readAll('era5_1', String(WMO_NUMBER), text))),
    '',
  );
  const packed = gzipSync(text, { level: 6 });
  row(
    '  gz to station file, every column',
    rate(harvestSeconds(bench, 'era5_1', 'era5.conv._11111.gz', packed)),
    '>= 0.35 M rows/s',
  );
  const binary = encodeOdb2(framesOf(table));
  if (!isOdb2(binary)) throw new Error('the encoder wrote no ODB-2');
  const decode = await secondsOf(repeats, async () => {
    for await (const block of readOdb2(slices(binary), { path: 'bench', onDamage() {} })) block.rowCount;
  });
  row('ODB-2, all columns, decode', rate(decode), '>= 1.0 M rows/s');
  row(
    '  to station file, every column',
    rate(harvestSeconds(bench, 'era5_1', 'era5.odb', binary)),
    '>= 0.5 M rows/s',
  );
}

function framesOf({ columns, rows }: OdbTable): Parameters<typeof encodeOdb2>[0] {
  return Array.from({ length: Math.ceil(rows.length / FRAME_ROWS) }, (_, k) => {
    const part = rows.slice(k * FRAME_ROWS, (k + 1) * FRAME_ROWS);
    return {
      columns: columns.map(({ name, type }, i) => ({
        name,
        type,
        values: part.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
      })),
    };
  });
}

/** Processor seconds of a whole run of the command line, start-up included. */
function harvestSeconds(
  { folder, cli, repeats }: SourcesBench,
  source: string,
  name: string,
  bytes: Uint8Array,
): number {
  const input = join(folder, name);
  writeFileSync(input, bytes);
  const words = [
    '--source',
    source,
    '--input',
    input,
    '--workdir',
    folder,
    '--tables',
    'bundled',
    '--quiet',
    '--force',
  ];
  return median(Array.from({ length: repeats }, () => measureNode([cli, ...words]).cpuSeconds));
}
