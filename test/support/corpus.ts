/**
 * The corpus of damaged inputs that are kept (`test/corpus/`): for each format one mutant per outcome, the smallest of the
 * first that showed it, with what reading it must give. `scripts/make-fuzz-corpus.ts` looks for them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { HarvestError } from '../../src/errors.js';
import { mergeTally, sortedCounts } from '../../src/records/tally.js';
import { loadSource } from '../../src/sources/registry.js';
import { inputOf, isAccountedFor, listStations, readStation } from './reading.js';

/** Folder of the corpus; a folder per format, a file per input, packed with gzip. */
export const CORPUS = fileURLToPath(new URL('../corpus', import.meta.url));

/** The formats and a source that reads each. */
export const CORPUS_SOURCES = {
  igra2: 'igra2',
  uadb: 'ncar',
  'odb-text': 'era5_1',
  'odb-2': 'era5_1',
  bufr: 'bufr',
} as const;

export type CorpusFormat = keyof typeof CORPUS_SOURCES;

/** What listing and reading an input gives: counts, or the code of the error that refuses it. */
export interface CorpusOutcome {
  error?: string;
  stations: number;
  reports: number;
  fields: number;
  rows: number;
  /** Everything that was noted, skips included, listing and reading together. */
  noted: Record<string, number>;
}

/** @throws Error where a field of an accepted report is unaccounted for, and for any error that is not of the input */
export async function corpusOutcome(format: CorpusFormat, bytes: Uint8Array): Promise<CorpusOutcome> {
  const source = await loadSource(CORPUS_SOURCES[format]);
  const outcome: CorpusOutcome = { stations: 0, reports: 0, fields: 0, rows: 0, noted: {} };
  try {
    const { stations, tally } = await listStations(source, [
      inputOf(bytes, { chunks: [700], path: 'input' }),
    ]);
    for (const station of stations) {
      const reading = await readStation(source, station);
      if (!isAccountedFor(reading)) throw new Error(`${station.id}: fields are unaccounted for`);
      outcome.stations++;
      outcome.rows += reading.rows.length;
      mergeTally(tally, reading.tally);
    }
    return { ...outcome, reports: tally.reports, fields: tally.fields, noted: sortedCounts(tally.noted) };
  } catch (error) {
    if (error instanceof HarvestError) return { ...outcome, error: error.code };
    throw error;
  }
}

/** The inputs of a format by name. */
export function corpusInputs(format: CorpusFormat): Map<string, Uint8Array> {
  const folder = join(CORPUS, format);
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, gunzipSync(readFileSync(join(folder, name)))]),
  );
}
