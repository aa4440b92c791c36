/** From the words of the command line to what a harvest is asked for; nothing is run. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { asStorageError, UsageError } from '../errors.js';
import type { HarvestOptions } from '../run/options.js';
import { parseShard } from '../run/shard.js';
import { loadSource, sources } from '../sources/registry.js';
import type { HarvestWords } from './harvest-words.js';
import { parsePeriod } from './period.js';

/** What is asked for, but for who listens. */
export interface HarvestRequest {
  /** A dataset, or null for all. */
  source: string | null;
  options: Omit<HarvestOptions, 'source' | 'mirrors' | 'onEvent' | 'signal'>;
  /** Addresses by dataset. */
  mirrors: ReadonlyMap<string, readonly string[]>;
}

const ALL = 'all';

/** @throws UsageError for words that do not fit, StorageError for a file of stations that cannot be read */
export async function requestOf(words: HarvestWords): Promise<HarvestRequest> {
  const { source } = words;
  if (source === undefined) {
    throw new UsageError('NO_SOURCE', 'which dataset? --source is missing', {
      hint: "'harvest sources' lists the datasets, 'harvest --help' the options.",
    });
  }
  if (source !== ALL) await loadSource(source);
  else if (words.input.length > 0) {
    throw new UsageError('INPUT_OF_ALL', '--input belongs to one dataset, and --source all is all of them', {
      hint: 'Put the files of each dataset under <workdir>/sources/<dataset>/.',
    });
  }
  return {
    source: source === ALL ? null : source,
    mirrors: parseMirrors(words.mirror),
    options: {
      input: words.input,
      workdir: words.workdir,
      output: resolve(words.output ?? join(words.workdir, 'output')),
      station: [
        ...words.station,
        ...(words.stations === undefined ? [] : await readStations(words.stations)),
      ],
      ...parsePeriod(words.from, words.to),
      tables: words.tables,
      offline: words.offline,
      profile: words.profile,
      recordTime: words.recordTime,
      splitByYear: words.split === 'year',
      dryRun: words.dryRun,
      workers: words.workers === undefined ? null : positive('--workers', words.workers),
      shard: words.shard === undefined ? null : parseShard(words.shard),
      force: words.force,
      keepReports: positive('--keep-reports', words.keepReports),
    },
  };
}

function positive(option: string, value: number): number {
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new UsageError('NOT_A_NUMBER', `${option} is not a number from 1 to 10000`, {
    hint: `For example ${option} 4`,
  });
}

/** `igra2=https://...`, several times, by dataset. An address may hold a password by mistake: none is repeated. */
function parseMirrors(texts: readonly string[]): Map<string, string[]> {
  const mirrors = new Map<string, string[]>();
  for (const text of texts) {
    const [, dataset = '', url = ''] = /^([a-z0-9_]+)=(.+)$/s.exec(text) ?? [];
    const reason = sources.has(dataset) ? faultOf(url) : 'it does not begin with a dataset and =';
    if (reason !== undefined) {
      throw new UsageError('BAD_MIRROR', `--mirror: ${reason}`, {
        hint: `Write --mirror igra2=https://mirror.example.org/igra2/; datasets: ${[...sources.keys()].sort().join(', ')}.`,
      });
    }
    mirrors.set(dataset, [...(mirrors.get(dataset) ?? []), url]);
  }
  return mirrors;
}

function faultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'the address is not a URL';
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return 'the address is not one of https or http';
  if (url.username !== '' || url.password !== '')
    return `the address of ${url.host} holds a user name or a password, which belong into a HARVEST_ variable`;
  if (url.search !== '' || url.hash !== '') return `the address of ${url.host} has a part behind ? or #`;
  return undefined;
}

/** The first word of each line; lines that begin with # are comments. */
async function readStations(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw asStorageError(error, 'cannot read', path);
  });
  const ids = text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((id) => id !== '' && !id.startsWith('#'));
  if (ids.length > 0) return ids;
  throw new UsageError('NO_STATIONS', `${path} names no station`, {
    file: path,
    hint: 'Write one id per line.',
  });
}
