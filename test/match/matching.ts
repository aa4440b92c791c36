/** A match over hand-made soundings, with what it hands on copied out of the reused block. */
import {
  createStationMatch,
  type MatchedStation,
  type ObservationBlock,
  type Profile,
  type TextWidths,
} from '../../src/match/index.js';
import { soundingsOf } from '../../src/records/sounding.js';
import { createTally, type Tally } from '../../src/records/tally.js';
import type { SourceEncodings } from '../../src/records/variables.js';
import type { SourceDescriptor, StationEntry, StationIdentity } from '../../src/sources/source.js';
import { batchOf, type ReportOfRowsFields } from '../records/soundings.js';

export const DESCRIPTOR: SourceDescriptor = {
  id: 'demo',
  title: 'Demo archive',
  summary: 'Made for tests',
  provider: 'Nobody',
  homepage: 'https://example.org/archive',
  size: 'small',
  period: '1880 to 2100',
  licence: 'none',
  dataPolicyLicence: 0,
  citation: 'Doe (2000), Demo',
  references: ['https://example.org/a', 'https://example.org/b'],
  access: 'https://example.org/',
  login: false,
  download: { pattern: '', atLeast: 1, mirrors: [], layout: { folder: '', files: [] } },
  filePatterns: ['*.txt'],
  stationIdRule: 'as it is',
  productVersion: '2.2',
  sourceFormat: 102,
  sourceFormatVersion: '2',
};

const ENCODINGS: SourceEncodings = {
  airTemperature: { unit: 'degC', precision: 0.1 },
  dewPointDepression: { unit: 'degC-difference', precision: 0.1 },
  relativeHumidity: { unit: 'percent', precision: 0.1 },
  windFromDirection: { unit: 'degree', precision: 1 },
  windSpeed: { unit: 'm/s', precision: 0.1 },
  geopotentialHeight: { unit: 'gpm', precision: 1 },
};

const IDENTITY: StationIdentity = {
  primaryId: '0-20000-0-12345',
  primaryScheme: 0,
  secondaryId: 'XXM00012345',
  secondaryScheme: 6,
  platformType: 0,
};

export interface MatchSettings {
  identity?: Partial<StationIdentity>;
  entry?: StationEntry;
  profile?: Profile;
  files?: number;
}

export interface MatchOutcome {
  matched: MatchedStation;
  tally: Tally;
  constants: ReadonlyMap<string, number>;
  /** Rows of each block that was handed on. */
  blocks: number[];
  /** A numeric column over all blocks. */
  column(name: Exclude<keyof ObservationBlock, keyof TextWidths>): number[];
  /** A text column over all blocks. */
  texts(name: keyof TextWidths): string[];
}

/** Matches the reports, in this order. */
export function match(reports: readonly ReportOfRowsFields[], settings: MatchSettings = {}): MatchOutcome {
  const tally = createTally();
  const copies = new Map<string, (Uint8Array | Int32Array | Float32Array | Float64Array | BigInt64Array)[]>();
  const blocks: number[] = [];
  const station = createStationMatch({
    descriptor: DESCRIPTOR,
    encodings: ENCODINGS,
    stationId: 'XXM00012345',
    identity: { ...IDENTITY, ...settings.identity },
    entry: settings.entry,
    files: Array.from({ length: settings.files ?? 1 }, (_, i) => ({
      name: `file${i}.txt`,
      bytes: 100 + i,
      sha256: 'ab'.repeat(32),
    })),
    recordTime: 'launch',
    profile: settings.profile ?? 'cdm',
    tally,
    feedback: null,
    definitions: new Map(),
    onBlock(block, rows) {
      blocks.push(rows);
      for (const [name, array] of Object.entries(block)) {
        const width = name in station.widths ? station.widths[name as keyof TextWidths] : 1;
        copies.set(name, [...(copies.get(name) ?? []), array.slice(0, rows * width)]);
      }
    },
  });
  let last = Number.NaN;
  let collision = 0;
  for (const sounding of soundingsOf(batchOf(reports), 'launch')) {
    collision = sounding.time === last ? collision + 1 : 0;
    last = sounding.time;
    station.add(sounding, collision);
  }
  const matched = station.finish();
  return {
    matched,
    tally,
    constants: station.constants,
    blocks,
    column: (name) => (copies.get(name) ?? []).flatMap((array) => Array.from(array, Number)),
    texts(name) {
      const bytes = (copies.get(name) ?? []).map((array) => Uint8Array.from(array, Number));
      const text = Buffer.concat(bytes).toString('latin1');
      const width = station.widths[name];
      return Array.from({ length: text.length / width }, (_, i) => text.slice(i * width, (i + 1) * width));
    },
  };
}

/** A column of one of the small tables. */
export function tableColumn(outcome: MatchOutcome, table: string, column: string): unknown {
  return outcome.matched.tables.get(table)?.columns.get(column);
}
