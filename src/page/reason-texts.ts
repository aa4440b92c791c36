/**
 * The words for the reasons of counts: those that stand for themselves, those with a code or a name in them, and those that
 * are made of a quantity and why it made no row.
 */

import type { Effect } from '../sources/reason.js';
import { otherKinds } from './other-kinds.js';
import type { ReasonMeaning } from './reason-meaning.js';

/** Quantities as the counts name them. */
export const QUANTITIES: ReadonlyMap<string, string> = new Map([
  ['air_temperature', 'Air temperature'],
  ['air_pressure', 'Air pressure'],
  ['dew_point', 'Dew point'],
  ['dew_point_depression', 'Dew point depression'],
  ['relative_humidity', 'Relative humidity'],
  ['specific_humidity', 'Specific humidity'],
  ['geopotential_height', 'Geopotential height'],
  ['altitude', 'Altitude'],
  ['wind_from_direction', 'Wind direction'],
  ['wind_speed', 'Wind speed'],
  ['eastward_wind', 'Eastward wind'],
  ['northward_wind', 'Northward wind'],
  ['pressure', 'Pressure of a level'],
  ['elapsed', 'Time since launch of a level'],
  ['elevation', 'Elevation of the station'],
]);

/** Why a field has no value in the file. */
export const WHY_NO_ROW: ReadonlyMap<string, string> = new Map([
  ['missing', 'the archive has no value here'],
  ['null', 'the archive has no value here'],
  ['qa-removed', "removed by the archive's own quality control, which leaves a mark in place of the value"],
  ['unreadable', 'what stands there is no number'],
  ['out-of-range', 'the number is impossible for this quantity'],
  [
    'used-as-coordinate',
    'it is in the file as the vertical coordinate of its level, and not repeated as a value',
  ],
  ['no-coordinate', 'its level has neither pressure nor height, so that it has no place'],
  ['repeated', 'its level gives it a second time'],
  ['outside-levels', 'it belongs to none of the levels of the report'],
]);

const PLACE = 'The report has no position; its rows have none either.';
const MIDDAY = 'The report has a date and no time of day: it stands at midday in local solar time.';
const OF_SKIPPED = 'Belongs to a report that was left out.';
const OTHER_STATION = 'A report of another station in the file of this one: left out.';
const CUT_OFF = 'The last level of a file that breaks off: left out.';
const TRUNCATED = 'The report breaks off before the number of levels that it announces, and was left out.';
const HEADER = 'The line that begins a report cannot be read: the report was left out.';
const NUMLEV =
  'The report has another number of levels than its header says; the levels that are there are used.';
const LINE = 'A line that is neither the beginning of a report nor a level.';
const HOUR_24 = 'Hour 24 was taken as the beginning of the next day.';
const NO_DATE = 'The date of the report does not exist: it was left out.';

/** Reasons without the dataset in front. */
export const NOTES: ReadonlyMap<string, ReasonMeaning> = new Map<string, ReasonMeaning>([
  ...means('left out', {
    'row.exact-duplicate': 'The report has the same value at the same level twice; one of them is kept.',
    'row.outside-period': 'Outside the period that was asked for with --from and --to.',
    'row.repeated': 'Belongs to a report that the input holds more than once, all values equal.',
    'row.of-report-sent-again':
      'Belongs to a report that was sent again later; the fuller of the two is kept.',
    'row.of-skipped-report': OF_SKIPPED,
    'row.other-station': 'Rows of another station in the file of this one: left out.',
    'row.blank-station': 'Rows without a station: left out.',
    'row.truncated': 'The last line of a file that breaks off: left out.',
    'row.wrong-columns': 'A line with more or fewer values than there are columns: left out.',
    'row.of-other-columns': 'Belongs to a second table in the same file, with other columns: left out.',
    'line.other-columns': 'A second table with other columns begins within the file: its rows were left out.',
    'line.unrecognised': LINE,
    'level.malformed': 'A level that cannot be read as a whole: left out.',
    'line.malformed': 'A line with values that cannot be read: left out.',
    'level.cut-off': CUT_OFF,
    'level.of-skipped-report': OF_SKIPPED,
    ...otherKinds('message', 'A message'),
    ...otherKinds('report', 'A report'),
    'message.no-subsets': 'A message that announces no report at all.',
    'message.edition': 'A message of an edition of the format that is not read.',
    'message.left-over':
      'A message of which more than a quarter lies behind its last element: it is not what it seems, and left out.',
    'message.impossible-coordinates':
      'A message with coordinates that no sounding can have: it is not what it seems, and left out.',
    'frame.preceded': 'Bytes before the first frame of the file, which are none of the format: passed over.',
    'line.before-header': 'Lines before the one with the names of the columns: passed over.',
    'report.truncated': TRUNCATED,
    'report.header-unreadable': HEADER,
    'report.other-station': OTHER_STATION,
    'report.outside-period': 'A report outside the period that was asked for with --from and --to.',
    'report.under-one-header':
      'A report at the time of another one, whose header it shares: the profile cuon has one header for each time.',
    'report.repeated': 'A report that the input holds more than once, all values equal: taken once.',
    'report.repeats-the-subset-before': 'A report that the same message has twice: taken once.',
    'report.sent-again': 'A report that was sent again later: the fuller of the two is kept.',
    'report.no-station': 'A report that names no station: left out.',
    'report.no-time': 'A report without a date: left out.',
    'report.impossible-date': NO_DATE,
    'report.date-invalid': NO_DATE,
    'report.day-unknown': 'The day of the report is unknown: it was left out.',
    'report.impossible-time': 'The time of the report does not exist: it was left out.',
    'file.without-stations': 'A file without a station that has soundings.',
    'value.unreadable': 'What stands in place of a number is none: taken as missing.',
    'feedback.of-null-value': 'Feedback on a value that the archive does not have: left out with it.',
    'feedback.of-unexpected-column':
      'Feedback in a column that appears only in a part of the file: left out.',
    'feedback.unfit-value': 'A value of feedback that does not fit the type of its column: taken as missing.',
    'level.position-out-of-range':
      'The balloon is said to be at an impossible place: the level has the position of its report.',
    'coordinate.missing-height': 'The height of a level is the mark for a missing one: it has no coordinate.',
    'coordinate.non-positive-pressure': 'The pressure of a level is zero or less: it has no coordinate.',
    'coordinate.null': 'A level without a coordinate.',
    'pressure.low-confidence': 'The centre that sent the report trusts the pressure of this level little.',
    'station-list.blank-id': 'A line of the station list without an id: not used.',
    'station-list.malformed': 'A line of the station list that cannot be read: not used.',
    'station-list.truncated': 'The last line of the station list breaks off: not used.',
    'station-list.repeated-id':
      'A station that is in the station list more than once: the first entry is used.',
  }),
  ...means('changed', {
    'time.launch-day-moved':
      'The launch was on the day before or after the date of the report: the archive gives a time of day alone.',
    'time.missing-set-to-local-midday': MIDDAY,
    'time.release-minute-missing': 'The launch time has an hour and no minute: the full hour stands.',
    'time.release-invalid': 'The launch time does not exist: the nominal time stands.',
    'time.hour-24': HOUR_24,
    'time.minute-60': 'Minute 60 was taken as the beginning of the next hour.',
    'time.minute-missing': 'The time has an hour and no minute: the full hour stands.',
    'time.minute-invalid': 'The minute does not exist: the full hour stands.',
    'time.minute-out-of-range': 'The minute does not exist: the full hour stands.',
    'time.second-out-of-range': 'The second does not exist: the full minute stands.',
    'time.invalid': 'The time of day does not exist: the report stands at midday in local solar time.',
    'time.year-out-of-range': 'A year of the report is impossible: another time of its message stands.',
    'time.from-header': 'The report has no time of its own: that of its message stands.',
    'time.header-time-not-synoptic':
      'The time in the header of the message is no full hour: it is not taken as nominal time.',
    'time.nominal-disagrees-with-launch':
      'Nominal time and launch are more than twelve hours apart: the nominal time is left out.',
    'coordinate.geopotential':
      'The vertical coordinate was a geopotential; divided by 9.80665 it is a height.',
    'latitude.sign-corrected':
      'The archive has lost the sign of the latitude; the list of corrections gave it back.',
    'level.surface-at-elevation':
      'A surface level with neither pressure nor height: it stands at the elevation of the station.',
    'report.joined': 'Parts of one launch that the archive keeps apart were put together.',
    'station-list.elevation-out-of-range':
      'No station can be at the elevation that the station list gives: taken as missing.',
    'position.out-of-range': 'The position is impossible: it was left out, the report was kept.',
  }),
  ...means('noted', {
    'report.shares-time': 'Two reports of the station have the same time; both are kept.',
    'report.numlev-disagrees': NUMLEV,
    'report.without-levels': 'A report without levels.',
    'position.missing': PLACE,
    'time.missing': MIDDAY,
    'sounding-id.missing': 'The report has no number of its own.',
    'line.header-repeated':
      'The names of the columns stand in the file more than once, as in exports that were put together.',
    'wind_speed.may-be-knots':
      'Some winds of this archive are in knots under the name of metres per second; which ones cannot be told. Kept as they are.',
    'confidence.doubtful':
      'The centre that sent the value trusts it neither much nor little: flagged as not checked.',
    'report.kind-contradictory':
      'The columns that say what a report is contradict each other: the most telling one counts.',
    'report.kind-unknown': 'A report of a kind that no table has: it has levels, and was read as a sounding.',
    'level-type-4.duplicate':
      'A wind that the report has at two levels: both are kept, the second is flagged 100.',
    'level.standard': 'Levels at a standard pressure.',
    'level.other-pressure': 'Levels at another pressure.',
    'level.non-pressure': 'Levels with a height and no pressure.',
    'level.other': 'Levels that are neither the surface nor the tropopause.',
    'level.surface': 'Levels at the surface.',
    'level.tropopause': 'Levels at a tropopause.',
    'level.subtype-unknown': 'Levels of a kind that the description of the format does not have.',
    'level.type-unknown': 'Levels of a type that the description of the format does not have.',
    'level.type-other': 'Levels of a type that is no number of two digits.',
    'pressure.repeated': 'A level that gives a second pressure: the first is its coordinate.',
    'pressure.outside-levels': 'The pressure at the station, which stands beside the levels.',
    'height_above_station.not-used':
      'Heights above the station that are no coordinate: the level has another, or the elevation is unknown.',
    'flight_level.not-used': 'Flight levels that are no coordinate: the level has another.',
    'message.not-a-sounding': 'Messages that are something else than soundings.',
    'message.none-follows': 'The rest of a file that has no BUFR message for 256 MiB: not read.',
    'section4.left-over':
      'Bits behind the last element of a BUFR message that are more than padding: not used.',
    'bytes.outside-messages':
      'Bytes before, between and behind the messages of a BUFR file, where they are more than an envelope: passed over.',
  }),
]);

/** Reasons with a code or a name in them, which is the first group. */
export const PATTERNS: readonly (readonly [RegExp, Effect, (found: string) => string])[] = [
  [/^(?:geopotential_height\.used-as-coordinate\.)?flag\.?([a-z_]*)\.A$/, 'noted', (name) => flag('A', name)],
  [/^(?:geopotential_height\.used-as-coordinate\.)?flag\.?([a-z_]*)\.B$/, 'noted', (name) => flag('B', name)],
  [
    /^(?:geopotential_height\.used-as-coordinate\.)?flag\.?([a-z_]*)\.unknown$/,
    'noted',
    (name) => flag('unknown', name),
  ],
  [/^level\.type-(\d+)$/, 'noted', (type) => `Levels of type ${type} of the archive.`],
  [/^level\.([a-z-]+)$/, 'noted', (name) => `Levels that the report marks as ${name.replaceAll('-', ' ')}.`],
  [
    /^coordinate\.type\.(\w+)$/,
    'left out',
    (type) =>
      `Rows whose vertical coordinate is of type ${type}, which is neither pressure nor geopotential.`,
  ],
  [
    /^varno\.(\w+)\.unknown$/,
    'left out',
    (code) => `A quantity with the number ${code}, which has no place in the tables.`,
  ],
  [/^element\.(\d+)$/, 'noted', (code) => `Element ${code} of BUFR, which has no place in the tables.`],
  [
    /^([a-z_0-9]+)\.substitute-offered$/,
    'noted',
    (name) =>
      `${QUANTITIES.get(name) ?? name}: the message offers another value in its place, which is not taken.`,
  ],
  [
    /^message\.([a-z-]+)$/,
    'left out',
    (why) =>
      `A BUFR message that cannot be decoded or is no sounding (${why.replaceAll('-', ' ')}): left out.`,
  ],
  [
    /^(?:frame|codec)\.([a-z-]+)$/,
    'left out',
    (why) => `A frame of the ODB file that cannot be decoded (${why.replaceAll('-', ' ')}): left out.`,
  ],
];

function flag(letter: 'A' | 'B' | 'unknown', name: string): string {
  const what = name === '' ? 'Height that serves as coordinate' : (QUANTITIES.get(name) ?? name);
  if (letter === 'unknown')
    return `${what}: a flag of the archive that the description of the format does not have; taken as not checked.`;
  const limits = letter === 'A' ? 'wide' : 'narrow';
  return `${what}: the archive's flag ${letter}, within the ${limits} limits of the climate of the station.`;
}

function means(effect: Effect, texts: Readonly<Record<string, string>>): [string, ReasonMeaning][] {
  return Object.entries(texts).map(([reason, text]) => [reason, { effect, text }]);
}
