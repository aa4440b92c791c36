/** The reasons of the BUFR reader. Its counters are typed by `BufrCode`: what is not in a list here does not compile. */
import { type OtherKindName, otherKindReasons } from '../other-kinds.js';
import { droppedReasons, notedReasons, quantityInWords } from '../quantity-reasons.js';
import { type Reason, reasonsWith } from '../reason.js';
import { QUANTITIES } from './levels-roles.js';
import { OTHER_KINDS } from './message-kinds.js';

/** Why a field made no row. */
export const WHYS = [
  'missing',
  'out-of-range',
  'used-as-coordinate',
  'no-coordinate',
  'repeated',
  'outside-levels',
] as const;

/** Flag table 0 08 001, bits 1 to 6. */
export const SIGNIFICANCE = [
  'surface',
  'standard',
  'tropopause',
  'maximum-wind',
  'significant-temperature-or-humidity',
  'significant-wind',
] as const;

/** Flag table 0 08 042, bits 1 to 17. */
export const EXTENDED_SIGNIFICANCE = [
  'surface',
  'standard',
  'tropopause',
  'maximum-wind',
  'significant-temperature',
  'significant-humidity',
  'significant-wind',
  'missing-temperature-begins',
  'missing-temperature-ends',
  'missing-humidity-begins',
  'missing-humidity-ends',
  'missing-wind-begins',
  'missing-wind-ends',
  'top-of-wind',
  'regional-decision',
  'freezing-level',
  'pressure-from-height',
] as const;

type Significance = (typeof SIGNIFICANCE)[number] | (typeof EXTENDED_SIGNIFICANCE)[number];

/** Where a level has a quantity whose name is not enough to say what it is. */
const SIGNIFICANCE_IN_WORDS: Readonly<Partial<Record<Significance, string>>> = {
  surface: 'Levels at the surface.',
  standard: 'Levels at a standard pressure.',
  tropopause: 'Levels at a tropopause.',
};

const UNDECODABLE = (why: string): string =>
  `A BUFR message that cannot be decoded or is no sounding (${why}): left out.`;

const LEFT_OUT = {
  'message.length': UNDECODABLE('length'),
  'message.no-end': UNDECODABLE('no end'),
  'message.truncated': UNDECODABLE('truncated'),
  'message.master-table': UNDECODABLE('master table'),
  'message.unknown-descriptor': UNDECODABLE('unknown descriptor'),
  'message.template': UNDECODABLE('template'),
  'message.operator': UNDECODABLE('operator'),
  'message.bitmap': UNDECODABLE('bitmap'),
  'message.too-large': UNDECODABLE('too large'),
  'message.edition': 'A message of an edition of the format that is not read.',
  'message.no-subsets': 'A message that announces no report at all.',
  'message.left-over':
    'A message of which more than a quarter lies behind its last element: it is not what it seems, and left out.',
  'message.impossible-coordinates':
    'A message with coordinates that no sounding can have: it is not what it seems, and left out.',
  'report.repeats-the-subset-before': 'A report that the same message has twice: taken once.',
  'report.no-station': 'A report that names no station: left out.',
  'report.no-time': 'A report without a date: left out.',
  'level.position-out-of-range':
    'The balloon is said to be at an impossible place: the level has the position of its report.',
  'pressure.low-confidence': 'The centre that sent the report trusts the pressure of this level little.',
} as const;

const CHANGED = {
  'position.out-of-range': 'The position is impossible: it was left out, the report was kept.',
} as const;

/** What may be odd about the times of a report: the codes behind `time.`. */
const TIME = {
  'from-header': 'The report has no time of its own: that of its message stands.',
  'header-time-not-synoptic':
    'The time in the header of the message is no full hour: it is not taken as nominal time.',
  'nominal-disagrees-with-launch':
    'Nominal time and launch are more than twelve hours apart: the nominal time is left out.',
  'missing-set-to-local-midday':
    'The report has a date and no time of day: it stands at midday in local solar time.',
  'hour-24': 'Hour 24 was taken as the beginning of the next day.',
  'minute-out-of-range': 'The minute does not exist: the full hour stands.',
  'second-out-of-range': 'The second does not exist: the full minute stands.',
  'year-out-of-range': 'A year of the report is impossible: another time of its message stands.',
} as const;
export type TimeNote = keyof typeof TIME;

const NOTED = {
  'position.missing': 'The report has no position; its rows have none either.',
  'report.without-levels': 'A report without levels.',
  'confidence.doubtful':
    'The centre that sent the value trusts it neither much nor little: flagged as not checked.',
  'pressure.repeated': 'A level that gives a second pressure: the first is its coordinate.',
  'pressure.outside-levels': 'The pressure at the station, which stands beside the levels.',
  'height_above_station.not-used':
    'Heights above the station that are no coordinate: the level has another, or the elevation is unknown.',
  'flight_level.not-used': 'Flight levels that are no coordinate: the level has another.',
  'message.none-follows': 'The rest of a file that has no BUFR message for 256 MiB: not read.',
  'section4.left-over':
    'Bits behind the last element of a BUFR message that are more than padding: not used.',
  'bytes.outside-messages':
    'Bytes before, between and behind the messages of a BUFR file, where they are more than an envelope: passed over.',
  'element.<descriptor>': 'Element <descriptor> of BUFR, which has no place in the tables.',
  '<descriptor>.substitute-offered':
    '<descriptor>: the message offers another value in its place, which is not taken.',
} as const;

type BufrQuantity = (typeof QUANTITIES)[number];

/** What the reader may count, without the name of the dataset. */
export type BufrCode =
  | keyof typeof LEFT_OUT
  | keyof typeof CHANGED
  | keyof typeof NOTED
  | `${BufrQuantity}.${(typeof WHYS)[number]}`
  | `${'pressure' | 'elapsed' | 'elevation'}.out-of-range`
  | 'pressure.missing'
  | `time.${TimeNote}`
  | `level.${Significance}`
  | `message.${OtherKindName}`
  | `element.${string}`
  | `${string}.substitute-offered`;

/** The name under which a reason is counted. */
export function nameOf(code: BufrCode): string {
  return `bufr.${code}`;
}

/** All reasons of the reader. */
export const REASONS: readonly Reason[] = [
  ...droppedReasons(QUANTITIES, WHYS),
  ...reasonsWith('left out', LEFT_OUT),
  ...otherKindReasons('message', 'A message', OTHER_KINDS),
  ...notedReasons(['pressure'], ['missing', 'out-of-range']),
  ...notedReasons(['elapsed', 'elevation'], ['out-of-range']),
  ...reasonsWith('changed', CHANGED),
  ...reasonsWith('changed', TIME).map((reason) => ({ ...reason, code: `time.${reason.code}` })),
  ...reasonsWith('noted', NOTED),
  ...QUANTITIES.map(substituteOffered),
  ...[...new Set<Significance>([...SIGNIFICANCE, ...EXTENDED_SIGNIFICANCE])].map(ofLevel),
];

function substituteOffered(quantity: BufrQuantity): Reason {
  const what = quantityInWords(quantity);
  return {
    code: `${quantity}.substitute-offered`,
    effect: 'noted',
    sentence: `${what}: the message offers another value in its place, which is not taken.`,
  };
}

function ofLevel(significance: Significance): Reason {
  const words = `Levels that the report marks as ${significance.replaceAll('-', ' ')}.`;
  return {
    code: `level.${significance}`,
    effect: 'noted',
    sentence: SIGNIFICANCE_IN_WORDS[significance] ?? words,
  };
}
