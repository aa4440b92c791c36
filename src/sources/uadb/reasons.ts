/** What the reader of UADB counts. */
import { droppedReasons, notedReasons } from '../quantity-reasons.js';
import { reasonsWith } from '../reason.js';
import { TEXT_REASONS } from '../text/reasons.js';

/** The five fields of a level, in the order of their codes in `observed_variable`, which is the order of the rows. */
export const QUANTITIES = [
  'wind_from_direction',
  'wind_speed',
  'geopotential_height',
  'air_temperature',
  'relative_humidity',
] as const;

const UNUSABLE = ['unreadable', 'out-of-range'] as const;
/** Level types that have a counter of their own; the format's description knows 1 to 9 and 11. */
export const LEVEL_TYPES = 100;

/** Every reason that the reader counts. */
export const REASONS = [
  ...droppedReasons(QUANTITIES, ['missing', ...UNUSABLE]),
  ...droppedReasons(['geopotential_height'], ['used-as-coordinate']),
  // A height that has a value is the coordinate of its level.
  ...droppedReasons(
    QUANTITIES.filter((name) => name !== 'geopotential_height'),
    ['no-coordinate'],
  ),
  ...notedReasons(['pressure', 'elevation'], ['missing', ...UNUSABLE]),
  ...TEXT_REASONS,
  ...reasonsWith('left out', { 'report.day-unknown': 'The day of the report is unknown: it was left out.' }),
  ...reasonsWith('changed', {
    'time.invalid': 'The time of day does not exist: the report stands at midday in local solar time.',
    'time.hour-24': 'Hour 24 was taken as the beginning of the next day.',
    'time.minute-60': 'Minute 60 was taken as the beginning of the next hour.',
    'time.minute-missing': 'The time has an hour and no minute: the full hour stands.',
    'time.minute-invalid': 'The minute does not exist: the full hour stands.',
    'level.surface-at-elevation':
      'A surface level with neither pressure nor height: it stands at the elevation of the station.',
  }),
  ...reasonsWith('noted', {
    'sounding-id.missing': 'The report has no number of its own.',
    'wind_speed.may-be-knots':
      'Some winds of this archive are in knots under the name of metres per second; which ones cannot be told. Kept as they are.',
    'level-type-4.duplicate':
      'A wind that the report has at two levels: both are kept, the second is flagged 100.',
    'level.type-other': 'Levels of a type that is no number of two digits.',
  }),
  ...Array.from({ length: LEVEL_TYPES }, (_, type) => ({
    code: `level.type-${type}` as const,
    effect: 'noted' as const,
    sentence: `Levels of type ${type} of the archive.`,
  })),
];

/** A code of `REASONS`. */
export type UadbCode = (typeof REASONS)[number]['code'];
