/** A match over hand-made soundings, with what it hands on copied out of the reused block. */
import {
  BLOCK_ROWS,
  createStationMatch,
  isDerived,
  type MatchedStation,
  type ObservationBlock,
  type Profile,
  stationSchema,
  type TextWidths,
} from '../../src/match/index.js';
import type { SourceDescriptor } from '../../src/records/descriptor.js';
import { soundingsOf } from '../../src/records/sounding.js';
import type { StationEntry, StationIdentity } from '../../src/records/station.js';
import { createTally, type Tally } from '../../src/records/tally.js';
import type { SourceEncodings } from '../../src/records/variables.js';
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
  column(name: string): number[];
  /** A text column over all blocks. */
  texts(name: keyof TextWidths): string[];
}

/** Matches the reports, in this order. */
export function match(reports: readonly ReportOfRowsFields[], settings: MatchSettings = {}): MatchOutcome {
  const tally = createTally();
  const numbers = new Map<string, number[]>();
  const texts = new Map<string, string[]>();
  const blocks: number[] = [];
  const fileCount = settings.files ?? 1;
  const schema = stationSchema({
    descriptor: DESCRIPTOR,
    stationId: 'XXM00012345',
    fileCount,
    feedback: null,
    definitions: new Map(),
  });
  const station = createStationMatch({
    descriptor: DESCRIPTOR,
    schema,
    encodings: ENCODINGS,
    stationId: 'XXM00012345',
    identity: { ...IDENTITY, ...settings.identity },
    entry: settings.entry,
    files: Array.from({ length: fileCount }, (_, i) => ({
      name: `file${i}.txt`,
      bytes: 100 + i,
      sha256: 'ab'.repeat(32),
    })),
    recordTime: 'launch',
    profile: settings.profile ?? 'cdm',
    tally,
    append(block) {
      blocks.push(block.rows);
      for (const [name, values] of numbersOf(block))
        numbers.set(name, [...(numbers.get(name) ?? []), ...values]);
      for (const [name, values] of textsOf(block, schema.widths))
        texts.set(name, [...(texts.get(name) ?? []), ...values]);
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
    constants: schema.constants,
    blocks,
    column: (name) => numbers.get(name) ?? [],
    texts: (name) => texts.get(name) ?? [],
  };
}

/** Values that hold for some rows each, row by row. */
function spread<Value>(values: Iterable<Value>, lengths: Int32Array, count: number): Value[] {
  return [...values].slice(0, count).flatMap((value, i) => Array<Value>(lengths[i] ?? 0).fill(value));
}

/** The numeric columns of a block, row by row. */
function numbersOf(block: ObservationBlock): [string, number[]][] {
  const { byPiece, inRuns, byCode, byRow, codes, rows, lengths, pieces } = block;
  const { count: _, ...values } = byCode;
  return [
    ['date_time', spread(byPiece.date_time, lengths, pieces).map(Number)],
    ['date_time_meaning', spread(byPiece.date_time_meaning, lengths, pieces)],
    ...Object.entries(inRuns).map(([name, runs]): [string, number[]] => [
      name,
      spread<number>(runs.values, runs.lengths, runs.count),
    ]),
    ...Object.entries(values).map(([name, array]): [string, number[]] => [
      name,
      Array.from(codes.subarray(0, rows), (code) => Number(array[code])),
    ]),
    ...Object.entries(byRow).map(([name, array]): [string, number[]] => [name, [...array.subarray(0, rows)]]),
  ];
}

/** The text columns of a block, row by row. */
function textsOf(block: ObservationBlock, widths: TextWidths): [keyof TextWidths, string[]][] {
  const { byPiece, lengths, pieces, idPrefixes, firstNumbers } = block;
  const cut = (bytes: Uint8Array, width: number): string[] =>
    Array.from({ length: pieces }, (_, i) =>
      Buffer.from(bytes.subarray(i * width, (i + 1) * width)).toString('latin1'),
    );
  const prefixes = cut(idPrefixes, idPrefixes.length / BLOCK_ROWS);
  return [
    [
      'observation_id',
      prefixes.flatMap((prefix, piece) =>
        Array.from(
          { length: lengths[piece] ?? 0 },
          (_, i) =>
            prefix +
            String((firstNumbers[piece] ?? 0) + i).padStart(widths.observation_id - prefix.length, '0'),
        ),
      ),
    ],
    ...(['report_id', 'source_id', 'sensor_id'] as const).map((name): [keyof TextWidths, string[]] => [
      name,
      spread(cut(byPiece[name], widths[name]), lengths, pieces),
    ]),
  ];
}

/** A column of one of the small tables. */
export function tableColumn(outcome: MatchOutcome, table: string, column: string): unknown {
  const data = outcome.matched.tables.get(table);
  const values = data?.columns.get(column);
  if (data === undefined || values === undefined || !isDerived(values)) return values;
  return Array.from({ length: data.rows }, (_, row) => values.value(row));
}
