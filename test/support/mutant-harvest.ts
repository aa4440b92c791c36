/**
 * Harvests of damaged inputs whose outputs are verified: every file that is published is one that `verify` accepts, every field is
 * accounted for, and nothing ends but with the errors of the project. Stations are harvested many in a run, and have several pieces
 * in a file, so that ten thousand mutants take minutes; a fault is narrowed down to its piece by harvests of fewer and fewer.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { HarvestError, StorageError } from '../../src/errors.js';
import { sumOf } from '../../src/records/tally.js';
import type { HarvestOptions } from '../../src/run/options.js';
import { exitCodeOfRun, type RunReport, skipsOf } from '../../src/run/reports/report.js';
import { smallEdition, verifierOf } from '../verify/planted.js';
import { harvestQuietly } from './demo/harvest.js';
import { sayCases } from './matrix.js';
import { MUTANT_FORMATS } from './mutant-inputs.js';
import { type Mutant, type MutantSource, mutantFiles, piecesOf } from './mutants.js';

/** How the mutants ended. */
export interface MutantCounts {
  mutants: number;
  stations: Record<string, number>;
  refused: Record<string, number>;
  reports: number;
  rows: number;
  verified: number;
  faults: string[];
}

const STATIONS_PER_RUN = 40;
/** The options of one run after the other. */
const OPTIONS: readonly Partial<HarvestOptions>[] = [
  {},
  { profile: 'cuon' },
  { recordTime: 'nominal' },
  { splitByYear: true },
];
const MAX_FAULTS = 5;
/** `station/piece` of the mutants that are to be tried alone, with blanks between them. */
const ASKED = (process.env.MUTANT ?? '').split(' ').filter((text) => text !== '');

/** Harvests `mutants` mutants of a format: nothing may be wrong, and most must have given something. */
export async function expectVerified(name: string, mutants: number, seed: number): Promise<void> {
  const { faults, verified, stations, refused, ...counts } = await harvestMutants(name, mutants, seed);
  const outcome = [counts, stations, refused].map((part) => JSON.stringify(part)).join(', ');
  sayCases(`harvests of mutated ${name}`, counts.mutants, `${verified} files verified, ${outcome}`);
  expect(faults.join('\n')).toBe('');
  if (ASKED.length > 0) return;
  expect(verified).toBeGreaterThan(0.6 * Object.values(stations).reduce((sum, n) => sum + n, 0));
  // Pieces hold one launch or two: were most of them lost, little would have been tested.
  expect(counts.reports).toBeGreaterThan(0.3 * mutants);
}

/** Harvests and verifies at least `mutants` mutants of a format. */
export async function harvestMutants(name: string, mutants: number, seed: number): Promise<MutantCounts> {
  const format = MUTANT_FORMATS[name];
  if (format === undefined) throw new RangeError(`no format ${name}`);
  // In memory where there is a file system for it: a station file is synced before it is published.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'harvest-mutants-'));
  const bench: Bench = { name, format, seed, folder, tables: smallEdition(folder), verify: verifierOf() };
  const counts = emptyCounts();
  try {
    for (const options of ASKED.length > 0 ? OPTIONS : [])
      counts.faults.push(...(await tryMutants(bench, ASKED.map(mutantOfText), options, counts)));
    for (let station = 0, run = 0; ASKED.length === 0 && counts.mutants < mutants; run++) {
      const of: Mutant[] = [];
      for (const end = station + STATIONS_PER_RUN; station < end; station++) {
        const pieces = piecesOf(format, station);
        for (let piece = 0; piece < pieces; piece++) of.push({ station, piece });
      }
      counts.mutants += of.length;
      const options = OPTIONS[run % OPTIONS.length] ?? {};
      const faults = await tryMutants(bench, of, options, counts);
      if (faults.length > 0) counts.faults.push(await narrowed(bench, of, options, faults));
      if (counts.faults.length >= MAX_FAULTS) break;
    }
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What all runs have in common. */
interface Bench extends MutantSource {
  name: string;
  folder: string;
  tables: string;
  verify: ReturnType<typeof verifierOf>;
}

function mutantOfText(text: string): Mutant {
  const [station = 0, piece = 0] = text.split('/').map(Number);
  return { station, piece };
}

/** Harvests the mutants in one run and looks at what came of it; the sentences say what must not be. */
async function tryMutants(
  bench: Bench,
  mutants: readonly Mutant[],
  options: Partial<HarvestOptions>,
  counts: MutantCounts,
): Promise<string[]> {
  const { format, folder, tables } = bench;
  const workdir = mkdtempSync(join(folder, 'run-'));
  const input = join(workdir, 'sources', format.source);
  mkdirSync(input, { recursive: true });
  for (const [name, bytes] of mutantFiles(bench, mutants)) writeFileSync(join(input, name), bytes);
  try {
    const request = {
      source: format.source,
      input: [input],
      output: join(workdir, 'output'),
      workdir,
      tables,
    };
    const report = await harvestQuietly({ ...request, ...options });
    return await faultsOf(report, join(workdir, 'output', format.source), bench, counts);
  } catch (error) {
    if (!isOfInput(error)) return [`the run ended with ${described(error)}`];
    add(counts.refused, error.code);
    return [];
  } finally {
    rmSync(workdir, { recursive: true, force: true });
  }
}

/** What is wrong with a run and with every file that it published. */
async function faultsOf(
  report: RunReport,
  outputs: string,
  { verify }: Bench,
  counts: MutantCounts,
): Promise<string[]> {
  const faults: string[] = [];
  const published = new Set<string>();
  if (report.error !== undefined) faults.push(`the run ended with ${described(report.error)}`);
  for (const { error } of report.refused) {
    if (isOfInput(error)) add(counts.refused, error.code);
    else faults.push(`an input was refused with ${described(error)}`);
  }
  for (const { station, state, error, tally, files } of report.stations) {
    add(counts.stations, state);
    if (isOfInput(error)) add(counts.refused, error.code);
    else if (error !== undefined) faults.push(`${station} failed with ${described(error)}`);
    if (tally.fields !== tally.rows + sumOf(tally.dropped))
      faults.push(`${station}: ${tally.fields} fields, ${tally.rows} rows, ${sumOf(tally.dropped)} dropped`);
    let rows = 0;
    for (const path of files) {
      published.add(basename(path));
      const verified = await verify(path);
      rows += verified.rows;
      counts.verified++;
      for (const finding of verified.findings) faults.push(`${station}: ${JSON.stringify(finding)}`);
    }
    if (rows !== tally.rows) faults.push(`${station}: ${rows} rows in files, ${tally.rows} counted`);
    counts.reports += tally.reports;
    counts.rows += rows;
  }
  const left = existsSync(outputs) ? readdirSync(outputs).filter((name) => !published.has(name)) : [];
  if (left.length > 0) faults.push(`left behind: ${left.join(', ')}`);
  const code = exitCodeOfRun(report);
  const expected = expectedCodes(report);
  if (!expected.includes(code)) faults.push(`exit code ${code} where ${expected.join(' or ')} is documented`);
  return faults;
}

/** What `docs/operations` says: 0 where all was read, 3 where something was left out, else the code of what was wrong. */
function expectedCodes(report: RunReport): number[] {
  const failed = report.stations.filter(({ state }) => state === 'failed').length;
  const errors = failed + report.refused.length;
  if (errors === 0) return [skipsOf(report).length === 0 ? 0 : 3];
  return failed < report.stations.length ? [3] : [2, 5];
}

/** The fewest mutants found that show a fault, with what makes them again. */
async function narrowed(
  bench: Bench,
  mutants: readonly Mutant[],
  options: Partial<HarvestOptions>,
  found: readonly string[],
): Promise<string> {
  let [few, faults] = [mutants, found];
  for (let shrinks = true; shrinks && few.length > 1; ) {
    shrinks = false;
    const half = Math.ceil(few.length / 2);
    for (const part of [few.slice(0, half), few.slice(half)]) {
      const still = await tryMutants(bench, part, options, emptyCounts());
      if (still.length === 0) continue;
      [few, faults, shrinks] = [part, still, true];
      break;
    }
  }
  const kept = mkdtempSync(join(tmpdir(), `mutant-${bench.name}-`));
  for (const [name, bytes] of mutantFiles(bench, few)) writeFileSync(join(kept, name), bytes);
  const names = few.map(({ station, piece }) => `${station}/${piece}`).join(' ');
  return `seed ${bench.seed}, mutants ${names}, ${JSON.stringify(options)}, kept in ${kept}:\n  ${faults.slice(0, 6).join('\n  ')}`;
}

function emptyCounts(): MutantCounts {
  return { mutants: 0, stations: {}, refused: {}, reports: 0, rows: 0, verified: 0, faults: [] };
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** An error that the project has for inputs: a disk that is full would hide what they show. */
function isOfInput(error: unknown): error is HarvestError {
  return error instanceof HarvestError && !(error instanceof StorageError);
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
