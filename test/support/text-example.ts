/**
 * A made-up format of fixed columns: what a format adds to `src/sources/text` is a table of columns, a rule for its header, and these
 * answers. It has no hot loop, and one counter of its own.
 *
 * `> STATION YYYYMMDDHH LEVELS`, then levels `PRESSURE(hPa) TEMPERATURE(degC) DIRECTION SPEED`, each of eight columns.
 */
import { daysSince1900, isDate, SECONDS_PER_DAY } from '../../src/calendar.js';
import { OBSERVED_VARIABLE, QUALITY, TIME_QUALITY } from '../../src/records/variables.js';
import { firstLine, latin1Head, nameForeign } from '../../src/sources/foreign.js';
import { droppedReasons, notedReasons } from '../../src/sources/quantity-reasons.js';
import { reasonsWith } from '../../src/sources/reason.js';
import type { Source } from '../../src/sources/source.js';
import { columnText } from '../../src/sources/text/columns.js';
import { createCounters, WHY } from '../../src/sources/text/counters.js';
import type { BadHeader, LevelSink, TextFormat, TextHeader } from '../../src/sources/text/format.js';
import { impossibleYear, unreadable } from '../../src/sources/text/headers.js';
import { createLevelReader } from '../../src/sources/text/levels.js';
import { searchLine } from '../../src/sources/text/line-search.js';
import { decimal, wholeNumber } from '../../src/sources/text/numbers.js';
import { TEXT_REASONS } from '../../src/sources/text/reasons.js';
import { listTextStations, readTextStation } from '../../src/sources/text/stations.js';

const { windFromDirection: WDIR, windSpeed: WSPD, airTemperature: TEMP } = OBSERVED_VARIABLE;
const QUANTITIES = ['wind_from_direction', 'wind_speed', 'air_temperature'] as const;
const LEVEL_WIDTH = 32;
const HEADER_WIDTH = 23;
const ANGLE = 0x3e;
const UNREADABLE = -1_000_000;
const MISSING = -99_990;

const REASONS = [
  ...droppedReasons(QUANTITIES, ['missing', 'unreadable', 'out-of-range', 'no-coordinate']),
  ...notedReasons(['pressure'], ['missing', 'unreadable', 'out-of-range']),
  ...TEXT_REASONS,
  ...reasonsWith('noted', { 'level.read': 'A level that could be read.' }),
];

const COUNTERS = createCounters({
  dataset: 'example',
  quantities: QUANTITIES,
  others: ['pressure'],
  reasons: REASONS,
});

const LEVELS = createLevelReader({
  quantities: [
    { name: 'wind_from_direction', from: 16, to: 24, code: WDIR, low: 0, high: 3600, divisor: 10 },
    { name: 'wind_speed', from: 24, to: 32, code: WSPD, low: 0, high: 9999, divisor: 10 },
    { name: 'air_temperature', from: 8, to: 16, code: TEMP, low: -2731, high: 9999, divisor: 10 },
  ],
  pressure: { name: 'pressure', from: 0, to: 8, code: 0, low: 1, high: 11_000, divisor: 0.1 },
  others: [],
  number(bytes, from, to, end) {
    const tenths = decimal(bytes, from, to, end, 10);
    return Number.isNaN(tenths) ? MISSING : Number.isInteger(tenths) ? tenths : UNREADABLE;
  },
  unreadable: UNREADABLE,
  whyNot: (raw) => (raw === MISSING ? WHY.missing : raw === UNREADABLE ? WHY.unreadable : WHY.outOfRange),
});

const LEVEL_READ = COUNTERS.slot('level.read');
const quality = new Int8Array(QUANTITIES.length).fill(QUALITY.notChecked);

function readLevel(bytes: Uint8Array, start: number, end: number, sink: LevelSink): string | null {
  if (end - start > LEVEL_WIDTH) return 'the columns are not those of a level';
  LEVELS.readFields(bytes, start, end, sink.raw);
  const damage = LEVELS.damageOf(sink.raw, bytes, start, end);
  if (damage !== null) return damage;
  sink.slots[LEVEL_READ]!++;
  LEVELS.writeLevel(sink, { elapsed: Number.NaN, significance: 0, quality, elevation: Number.NaN });
  return null;
}

function readHeader(bytes: Uint8Array, start: number, end: number): TextHeader | BadHeader {
  const number = (from: number, to: number): number => wholeNumber(bytes, start + from, start + to, end, -1);
  const [year, month, day, hour, levels] = [
    number(8, 12),
    number(12, 14),
    number(14, 16),
    number(16, 18),
    number(19, 23),
  ] as const;
  if (!isDate(year, month, day)) return unreadable('date');
  const impossible = impossibleYear(year);
  if (impossible !== null) return impossible;
  if (hour < 0 || hour > 23) return unreadable('hour');
  if (levels < 0) return unreadable('number of levels');
  const nominalTime = daysSince1900(year, month, day) * SECONDS_PER_DAY + hour * 3600;
  return {
    readable: true,
    id: columnText(bytes, start + 2, start + 7, end),
    levels,
    times: {
      launchTime: Number.NaN,
      nominalTime,
      dateOnlyTime: Number.NaN,
      timeQuality: TIME_QUALITY.hour,
    },
    latitude: 48,
    longitude: 16,
    comment: '',
  };
}

const isHeader = (line: string): boolean => /^> .{5} .{10} .{4}$/.test(line);
const isBlankOrDigit = (byte: number): boolean => byte === 0x20 || (byte >= 0x30 && byte <= 0x39);

export const EXAMPLE: TextFormat = {
  dataset: 'example',
  name: 'the example',
  expected: 'soundings of the example',
  hint: 'Give a file of the example.',
  damageHint: 'The columns are not those of the example.',
  recognise: (head) => (isHeader(firstLine(latin1Head(head))) ? { fits: true } : nameForeign(head)),
  search: (bytes) => searchLine(bytes, ANGLE, isHeader),
  firstStationId: (head) => firstLine(latin1Head(head)).slice(2, 7),
  counters: COUNTERS,
  fields: QUANTITIES.length,
  columns: LEVELS.columns,
  headerByte: ANGLE,
  headerWidth: HEADER_WIDTH,
  levelWidth: LEVEL_WIDTH,
  maxWidth: LEVEL_WIDTH,
  maxLevels: 9999,
  readHeader,
  beginsLevel: isBlankOrDigit,
  levelEnd: (bytes, start, end, _lineEnd, expected) =>
    isBlankOrDigit(bytes[start]!) && (expected || end - start === LEVEL_WIDTH) ? end : -1,
  readLevel,
};

/** The parts of a source that read files. */
export const exampleText: Pick<Source, 'recognise' | 'list' | 'open'> = {
  recognise: EXAMPLE.recognise,
  list: (files, { signal }) => listTextStations(files, EXAMPLE, signal),
  open: (station, options) => readTextStation(station, options, EXAMPLE),
};
