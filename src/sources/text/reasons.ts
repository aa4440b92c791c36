/** The reasons that all formats of fixed columns count, and the words for fields that are no values. */
import type { Effect, Reason } from '../reason.js';

/** A reason whose code is known to the types, so that no counter can have another one. */
export interface CodedReason<Code extends string> extends Reason {
  readonly code: Code;
}

/** Why a field is no value: those that a format may have, in the order of the slots. */
export const WHYS = [
  'missing',
  'qa-removed',
  'unreadable',
  'out-of-range',
  'used-as-coordinate',
  'no-coordinate',
] as const;

type Why = (typeof WHYS)[number];

const WORDS_OF_WHY: Readonly<Record<Why, string>> = {
  missing: 'the archive has no value here',
  'qa-removed': "removed by the archive's own quality control, which leaves a mark in place of the value",
  unreadable: 'what stands there is no number',
  'out-of-range': 'the number is impossible for this quantity',
  'used-as-coordinate':
    'it is in the file as the vertical coordinate of its level, and not repeated as a value',
  'no-coordinate': 'its level has neither pressure nor height, so that it has no place',
};

/** The fields of formats, as sentences begin with them. */
export const WORDS_OF_FIELD = {
  dew_point_depression: 'Dew point depression',
  wind_from_direction: 'Wind direction',
  wind_speed: 'Wind speed',
  geopotential_height: 'Geopotential height',
  air_temperature: 'Air temperature',
  relative_humidity: 'Relative humidity',
  pressure: 'Pressure of a level',
  elapsed: 'Time since launch of a level',
  elevation: 'Elevation of the station',
} as const;

/** A field of a text format, as the counts name it. */
export type FieldName = keyof typeof WORDS_OF_FIELD;

/** Reasons with one effect, by code. */
export function reasonsOf<Code extends string>(
  effect: Effect,
  sentences: Readonly<Record<Code, string>>,
): CodedReason<Code>[] {
  return Object.entries<string>(sentences).map(([code, sentence]) => ({
    code: code as Code,
    effect,
    sentence,
  }));
}

/** Every field with every why: `air_temperature.qa-removed`. */
export function fieldReasons<Field extends FieldName, Cause extends Why>(
  effect: Effect,
  fields: readonly Field[],
  whys: readonly Cause[],
): CodedReason<`${Field}.${Cause}`>[] {
  return fields.flatMap((field) =>
    whys.map((why) => ({
      code: `${field}.${why}` as const,
      effect,
      sentence: `${WORDS_OF_FIELD[field]}: ${WORDS_OF_WHY[why]}.`,
    })),
  );
}

/** What the machine for reports and the rules of headers count. */
export const TEXT_REASONS = [
  ...reasonsOf('left out', {
    'line.unrecognised': 'A line that is neither the beginning of a report nor a level.',
    'line.malformed': 'A line with values that cannot be read: left out.',
    'level.cut-off': 'The last level of a file that breaks off: left out.',
    'level.of-skipped-report': 'Belongs to a report that was left out.',
    'report.truncated':
      'The report breaks off before the number of levels that it announces, and was left out.',
    'report.header-unreadable': 'The line that begins a report cannot be read: the report was left out.',
    'report.date-invalid': 'The date of the report does not exist: it was left out.',
    'report.other-station': 'A report of another station in the file of this one: left out.',
  }),
  ...reasonsOf('changed', {
    'time.missing-set-to-local-midday':
      'The report has a date and no time of day: it stands at midday in local solar time.',
  }),
  ...reasonsOf('noted', {
    'report.numlev-disagrees':
      'The report has another number of levels than its header says; the levels that are there are used.',
    'position.missing': 'The report has no position; its rows have none either.',
  }),
];

/** A code of `TEXT_REASONS`. */
export type TextCode = (typeof TEXT_REASONS)[number]['code'];
