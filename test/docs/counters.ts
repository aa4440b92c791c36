/** The counters that the program may write, found in its tables of slots and in its source text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTally, type Tally } from '../../src/records/tally.js';
import * as bufr from '../../src/sources/bufr/levels-counters.js';
import * as bufrKinds from '../../src/sources/bufr/message-kinds.js';
import * as igra2 from '../../src/sources/igra2/counters.js';
import * as odb from '../../src/sources/odb/counters.js';
import * as odbKinds from '../../src/sources/odb/report-kinds.js';
import * as uadb from '../../src/sources/uadb/counters.js';
import { ROOT } from '../cli/built.js';

/** The text of all files of a folder of `src`, or of one file. */
function sourceText(path: string): string {
  const full = join(ROOT, 'src', path);
  if (path.endsWith('.ts')) return readFileSync(full, 'utf8');
  return readdirSync(full)
    .map((name) => readFileSync(join(full, name), 'utf8'))
    .join('\n');
}

/** First groups of all matches. */
function found(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, name]) => name ?? '');
}

/** Counters of fields that made no row, as far as slots tell them from the others. */
export const DROPPED = new Set<string>();

/** Names of the counters of slots: each is written where all slots hold something. */
function ofSlots(commit: (tally: Tally) => void): string[] {
  const tally = createTally();
  commit(tally);
  for (const name of tally.dropped.keys()) DROPPED.add(name);
  return [...tally.dropped.keys(), ...tally.noted.keys()];
}

/** Reasons for which a message, a frame or a report is left out, by what the readers make of error codes. */
function kebab(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}

function bufrCounters(): string[] {
  const text = sourceText('sources/bufr');
  const codes = found(sourceText('sources/bufr/error.ts'), /\| 'BUFR_([A-Z_]+)'/g);
  const damage = found(sourceText('sources/bufr/gap.ts'), /reason: ('[a-z' |-]+);/g).flatMap((union) =>
    found(union, /'([a-z-]+)'/g),
  );
  return [
    ...ofSlots((tally) => bufr.commitSlots(bufr.createSlots().fill(1), tally)),
    ...found(text, /'(bufr\.[\w.-]+)'/g),
    ...[...codes.map(kebab), ...damage].map((reason) => `bufr.message.${reason}`),
    ...found(sourceText('sources/bufr/time.ts'), /\['([a-z0-9-]+)'\]/g).map((note) => `bufr.time.${note}`),
    ...['missing', 'out-of-range'].map((oddity) => `bufr.position.${oddity}`),
    ...bufrKinds.OTHER_KINDS.map((kind) => `bufr.message.${kind}`),
    'bufr.air_temperature.substitute-offered',
    'bufr.element.011061',
  ];
}

function odbCounters(): string[] {
  const counts = odb.createRowCounts();
  counts.dropped.fill(1);
  for (const key of Object.keys(counts.notes)) counts.notes[key as keyof typeof counts.notes] = 1;
  counts.unknownVarnos.set(119, 1);
  counts.otherCoordinates.set(Number.NaN, 1).set(69, 1);
  const text = sourceText('sources/odb');
  const frames = found(sourceText('sources/odb/odb2-fault.ts'), /'([A-Z]+_[A-Z_]+)',/g);
  return [
    ...ofSlots((tally) => odb.commitRowCounts(counts, 'era5_1', tally)),
    ...found(text, /(?:note|skip|listOnce)\(\s*(?:this\.)?context,\s*'([a-z.-]+)'/g).map(
      (name) => `era5_1.${name}`,
    ),
    ...found(text, /(?:\?|:) '(row\.[a-z-]+)'/g).map((name) => `era5_1.${name}`),
    ...found(sourceText('sources/odb/report-time.ts'), /'(impossible-[a-z]+)'/g).map(
      (fault) => `era5_1.report.${fault}`,
    ),
    ...frames.map((code) => `era5_1.${kebab(code).replace('-', '.')}`),
    ...odbKinds.OTHER_KINDS.map((kind) => `era5_1.report.${kind}`),
    ...found(text, /`\$\{dataset\}\.([a-z.-]+)`/g).map((name) => `era5_1.${name}`),
    ...launchCounters('era5_1'),
    ...found(sourceText('records/launches.ts'), /`\$\{dataset\}\.([a-z.-]+)`/g).map(
      (name) => `era5_1.${name}`,
    ),
  ];
}

function launchCounters(dataset: string): string[] {
  return [`${dataset}.report.joined`];
}

/** By the page that has to name them. */
export function countersByPage(): Record<string, string[]> {
  const common = [
    'run/station.ts',
    'match/index.ts',
    'records/repeats.ts',
    'records/one-per-time.ts',
  ].flatMap((path) => found(sourceText(path), /`\$\{(?:id|descriptor\.id|dataset)\}\.([a-z.-]+)`/g));
  return {
    'docs/sources/README.md': common.map((name) => `igra2.${name}`),
    'docs/sources/igra2.md': [
      ...ofSlots((tally) => igra2.commitSlots(igra2.createSlots().fill(1), tally)),
      ...found(sourceText('sources/igra2'), /'(igra2\.[\w.-]+)'/g),
      ...found(sourceText('sources/igra2/header.ts'), /'(report\.[a-z-]+)'/g).map(
        (reason) => `igra2.${reason}`,
      ),
    ],
    'docs/sources/ncar.md': [
      ...ofSlots((tally) => uadb.commitSlots(uadb.createSlots().fill(1), tally)),
      ...found(sourceText('sources/uadb'), /'(ncar\.[\w.-]+)'/g),
      ...found(sourceText('sources/uadb/header.ts'), /'(report\.[a-z-]+)'/g).map(
        (reason) => `ncar.${reason}`,
      ),
      ...launchCounters('ncar'),
    ],
    'docs/sources/era5.md': odbCounters(),
    'docs/sources/bufr.md': bufrCounters(),
  };
}
