/**
 * Looks for damaged inputs worth keeping and writes them to `test/corpus/`, with what reading them gives today:
 * `tsx scripts/make-fuzz-corpus.ts [MUTANTS]`. Read the difference before it is committed: an outcome that changed is
 * either an improvement or a fault.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadTables } from '../src/sources/bufr/tables.js';
import { encodeBufrSoundings } from '../test/support/bufr-soundings.js';
import {
  CORPUS,
  CORPUS_SOURCES,
  type CorpusFormat,
  type CorpusOutcome,
  corpusOutcome,
} from '../test/support/corpus.js';
import { encodeIgra2 } from '../test/support/igra2-encoder.js';
import { mutate, seededRandom } from '../test/support/mutate.js';
import { encodeOdbText } from '../test/support/odb-encoder.js';
import { makeOdbRows } from '../test/support/odb-rows.js';
import { encodeOdb2 } from '../test/support/odb2-encoder.js';
import { makeStation } from '../test/support/soundings.js';
import { encodeUadb } from '../test/support/uadb-encoder.js';

/** Inputs kept per format at most, the rarest outcomes first. */
const MAX_KEPT = 30;
const SEED = 20_261_121;

const soundings = makeStation(SEED, {
  id: 'XXM00011035',
  soundings: 3,
  significantLevels: 3,
  kinds: ['modern', 'classic', 'pilot-by-height'],
});

function odbTable() {
  const table = makeOdbRows(soundings, { dataset: 'era5_1759' });
  return { ...table, rows: table.rows.filter((_, i) => i % 12 === 0) };
}

/** An undamaged input of each format, and bytes that mean something in it. */
const WHOLE: Record<CorpusFormat, () => Promise<[Uint8Array, Uint8Array]>> = {
  igra2: async () => [encodeIgra2(soundings), Buffer.from('#- \n\r0129AB')],
  uadb: async () => [encodeUadb(soundings, { kind: 'windc' }), Buffer.from('H- .\n\r0149')],
  'odb-text': async () => [encodeOdbText(odbTable()), Buffer.from("\t\n\r '-.0129eN@:")],
  'odb-2': async () => {
    const { columns, rows } = odbTable();
    const frames = [rows.slice(0, 6), rows.slice(6)].map((part) => ({
      columns: columns.map(({ name, type }, i) => ({
        name,
        type,
        values: part.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
      })),
    }));
    return [encodeOdb2(frames), Uint8Array.of(0xff, 0x4f, 0x44, 0x41, 0, 1, 2, 3, 5, 0x7f, 0x80)];
  },
  bufr: async () => [
    encodeBufrSoundings(await loadTables(), soundings, { wmoNumber: 11_035 }),
    Uint8Array.of(0x07, 0x04, 0x0a, 0x03, 0x41, 0x1f, 0x01, 0xff, 0xde, 0x42, 0x55, 0x46, 0x52, 0x37),
  ],
};

/** What is remarkable about an outcome: the error, or each thing that was noted. */
function remarks({ error, noted }: CorpusOutcome): string[] {
  return error === undefined ? Object.keys(noted) : [`error ${error}`];
}

const mutants = Number(process.argv[2] ?? 3000);
const expected: Record<string, Record<string, CorpusOutcome>> = {};
rmSync(CORPUS, { recursive: true, force: true });
for (const format of Object.keys(CORPUS_SOURCES) as CorpusFormat[]) {
  const [whole, meaningful] = await WHOLE[format]();
  const usual = new Set(remarks(await corpusOutcome(format, whole)));
  const random = seededRandom(SEED);
  const found = new Map<string, { times: number; bytes: Uint8Array; outcome: CorpusOutcome }>();
  for (let i = 0; i < mutants; i++) {
    const bytes = mutate(whole, random, meaningful);
    const outcome = await corpusOutcome(format, bytes);
    for (const remark of remarks(outcome).filter((one) => !usual.has(one))) {
      const known = found.get(remark);
      const smaller = known === undefined || bytes.length < known.bytes.length;
      found.set(remark, { times: (known?.times ?? 0) + 1, ...(smaller ? { bytes, outcome } : known) });
    }
  }
  mkdirSync(join(CORPUS, format), { recursive: true });
  const kept = [...found].sort(([, a], [, b]) => a.times - b.times).slice(0, MAX_KEPT);
  for (const [remark, { bytes, outcome }] of kept) {
    const name = `${remark.replace(/[^\w-]+/g, '-')}.gz`;
    writeFileSync(join(CORPUS, format, name), gzipSync(bytes, { level: 9 }));
    expected[format] = { ...expected[format], [name]: outcome };
  }
  console.log(`${format}: ${kept.length} of ${found.size} kept`);
}
writeFileSync(join(CORPUS, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
