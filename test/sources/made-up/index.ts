/** A made-up archive of text in fixed columns: what a new format of this kind has to say, on the machine of `sources/text`. */
import { readFileSync } from 'node:fs';
import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../../src/calendar.js';
import type { SourceDescriptor } from '../../../src/records/descriptor.js';
import { SIGNIFICANCE_UNKNOWN } from '../../../src/records/significance.js';
import { QUALITY, TIME_QUALITY } from '../../../src/records/variables.js';
import { wmoIdentity } from '../../../src/sources/identity.js';
import type { Source } from '../../../src/sources/source.js';
import { columnText } from '../../../src/sources/text/columns.js';
import { createCounters } from '../../../src/sources/text/counters.js';
import type { BadHeader, LevelSink, TextFormat, TextHeader } from '../../../src/sources/text/format.js';
import { unreadable } from '../../../src/sources/text/headers.js';
import { searchLine } from '../../../src/sources/text/line-search.js';
import { listTextStations, readTextStation } from '../../../src/sources/text/stations.js';
import { HEADER_WIDTH, LEVEL_WIDTH, LEVELS, wholeNumber } from './columns.js';
import { QUANTITIES, REASONS } from './reasons.js';

const MARK = 0x3e;
const isHeader = (line: string): boolean => /^>\d{5} \d{10} [ \d]{4}/.test(line);
const textOf = (head: Uint8Array): string => Buffer.from(head.subarray(0, HEADER_WIDTH)).toString('latin1');
const quality = new Int8Array(QUANTITIES.length).fill(QUALITY.notChecked);

const recognise: Source['recognise'] = (head) =>
  isHeader(textOf(head)) ? { fits: true } : { fits: false, saw: 'something else than the made-up archive' };
const search = (bytes: Uint8Array): number => searchLine(bytes, MARK, isHeader);

const FORMAT: TextFormat = {
  dataset: 'madeup',
  name: 'the made-up archive',
  expected: 'soundings of the made-up archive',
  hint: 'Give the files <WMO number>.dat.',
  damageHint: 'Make the file up again.',
  recognise,
  search,
  firstStationId: (head) => textOf(head).slice(1, 6),
  counters: createCounters({
    dataset: 'madeup',
    quantities: QUANTITIES,
    others: ['pressure'],
    reasons: REASONS,
  }),
  fields: QUANTITIES.length,
  columns: LEVELS.columns,
  headerByte: MARK,
  headerWidth: HEADER_WIDTH,
  levelWidth: LEVEL_WIDTH,
  maxWidth: HEADER_WIDTH,
  maxLevels: 9999,
  readHeader,
  beginsLevel,
  levelEnd: (bytes, start, end) => (beginsLevel(bytes[start] ?? 0) ? end : -1),
  readLevel,
};

export const madeUp: Source = {
  id: 'madeup',
  readerVersion: 1,
  encodings: {
    airTemperature: { unit: 'degC', precision: 0.1 },
    geopotentialHeight: { unit: 'gpm', precision: 1 },
  },
  describe: async (): Promise<SourceDescriptor> =>
    JSON.parse(readFileSync(new URL('madeup.json', import.meta.url), 'utf8')),
  recognise,
  search,
  reasons: async () => REASONS,
  facts: { positionsByLevel: false, heightFromList: false },
  locator: async () => (await import('./locate.js')).locateMadeUp,
  list: (files, { signal }) => listTextStations(files, FORMAT, signal),
  identify: (id) => wmoIdentity(id, id),
  open: (station, options) => readTextStation(station, options, FORMAT),
};

function beginsLevel(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x30 && byte <= 0x39);
}

function readHeader(bytes: Uint8Array, start: number, end: number): TextHeader | BadHeader {
  const number = (from: number, to: number): number => wholeNumber(bytes, start + from, start + to, end);
  const [year, month, day, hour] = [number(7, 11), number(11, 13), number(13, 15), number(15, 17)];
  if (!isDate(year, month, day) || hour > 23) return unreadable('time');
  const levels = number(18, 22);
  if (levels < 0) return unreadable('number of levels');
  return {
    readable: true,
    id: columnText(bytes, start + 1, start + 6, end),
    levels,
    times: {
      launchTime: Number.NaN,
      nominalTime: daysSince1900(year, month, day) * SECONDS_PER_DAY + hour * 3600,
      dateOnlyTime: Number.NaN,
      timeQuality: TIME_QUALITY.hour,
    },
    latitude: Number.NaN,
    longitude: Number.NaN,
    comment: '',
  };
}

function readLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink): string | null {
  LEVELS.readFields(bytes, start, end, sink.raw);
  const damage = LEVELS.damageOf(sink.raw, bytes, start, end);
  if (damage !== null) return damage;
  LEVELS.writeLevel(sink, {
    elapsed: Number.NaN,
    significance: SIGNIFICANCE_UNKNOWN,
    quality,
    elevation: Number.NaN,
  });
  return null;
}
