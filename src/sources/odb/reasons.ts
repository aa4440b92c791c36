/**
 * The reasons of the reader of observation databases. Its counters are typed by `OdbCode`: what is not in a list here does not compile.
 */
import { type OtherKindName, otherKindReasons } from '../other-kinds.js';
import { droppedReasons, notedReasons, type QuantityName } from '../quantity-reasons.js';
import { type Reason, reasonsWith } from '../reason.js';
import { QUANTITIES } from './quantities.js';
import { OTHER_KINDS } from './report-kinds.js';

/** Why a row of a known quantity makes no observation. */
export const WHYS = ['null', 'out-of-range', 'used-as-coordinate', 'no-coordinate'] as const;

const UNDECODABLE = (why: string): string =>
  `A frame of the ODB file that cannot be decoded (${why}): left out.`;
const NO_DATE = 'The date of the report does not exist: it was left out.';

const LEFT_OUT = {
  'varno.<n>.unknown': 'A quantity with the number <n>, which has no place in the tables.',
  'coordinate.type.<n>':
    'Rows whose vertical coordinate is of type <n>, which is neither pressure nor geopotential.',
  'coordinate.missing-height': 'The height of a level is the mark for a missing one: it has no coordinate.',
  'coordinate.non-positive-pressure': 'The pressure of a level is zero or less: it has no coordinate.',
  'coordinate.null': 'A level without a coordinate.',
  'feedback.of-null-value': 'Feedback on a value that the archive does not have: left out with it.',
  'feedback.of-unexpected-column': 'Feedback in a column that appears only in a part of the file: left out.',
  'feedback.unfit-value': 'A value of feedback that does not fit the type of its column: taken as missing.',
  'value.unreadable': 'What stands in place of a number is none: taken as missing.',
  'row.of-skipped-report': 'Belongs to a report that was left out.',
  'row.other-station': 'Rows of another station in the file of this one: left out.',
  'row.blank-station': 'Rows without a station: left out.',
  'row.truncated': 'The last line of a file that breaks off: left out.',
  'row.of-other-columns': 'Belongs to a second table in the same file, with other columns: left out.',
  'line.other-columns': 'A second table with other columns begins within the file: its rows were left out.',
  'line.malformed': 'A line with values that cannot be read: left out.',
  'line.before-header': 'Lines before the one with the names of the columns: passed over.',
  'frame.preceded': 'Bytes before the first frame of the file, which are none of the format: passed over.',
  'frame.missing-column': UNDECODABLE('missing column'),
  'frame.damaged': UNDECODABLE('damaged'),
  'frame.truncated': UNDECODABLE('truncated'),
  'frame.too-large': UNDECODABLE('too large'),
  'frame.version': UNDECODABLE('version'),
  'codec.unknown': UNDECODABLE('unknown'),
  'report.impossible-date': NO_DATE,
  'report.impossible-time': 'The time of the report does not exist: it was left out.',
  'file.without-stations': 'A file without a station that has soundings.',
} as const;

const CHANGED = {
  'coordinate.geopotential': 'The vertical coordinate was a geopotential; divided by 9.80665 it is a height.',
  'latitude.sign-corrected':
    'The archive has lost the sign of the latitude; the list of corrections gave it back.',
} as const;

const NOTED = {
  'position.missing': 'The report has no position; its rows have none either.',
  'time.missing': 'The report has a date and no time of day: it stands at midday in local solar time.',
  'line.header-repeated':
    'The names of the columns stand in the file more than once, as in exports that were put together.',
  'report.kind-contradictory':
    'The columns that say what a report is contradict each other: the most telling one counts.',
  'report.kind-unknown': 'A report of a kind that no table has: it has levels, and was read as a sounding.',
} as const;

/** What the reader may count, without the name of the dataset. */
export type OdbCode =
  | keyof typeof LEFT_OUT
  | keyof typeof CHANGED
  | keyof typeof NOTED
  | 'elevation.out-of-range'
  | `varno.${string}.unknown`
  | `coordinate.type.${string}`
  | `report.${OtherKindName}`
  | `${QuantityName}.${(typeof WHYS)[number]}`;

/** The name under which a reason is counted. */
export function nameOf(dataset: string, code: OdbCode): string {
  return `${dataset}.${code}`;
}

/** All reasons of the reader. */
export const REASONS: readonly Reason[] = [
  ...droppedReasons(
    QUANTITIES.map(({ name }) => name),
    WHYS,
  ),
  ...reasonsWith('left out', LEFT_OUT),
  ...otherKindReasons('report', 'A report', OTHER_KINDS),
  ...notedReasons(['elevation'], ['out-of-range']),
  ...reasonsWith('changed', CHANGED),
  ...reasonsWith('noted', NOTED),
];
