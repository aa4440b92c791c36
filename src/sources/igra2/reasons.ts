/** What the reader of IGRA 2 counts. The fields of a level come first: their counters stand beside those of `counters.ts`. */
import { droppedReasons, notedReasons, quantityInWords } from '../quantity-reasons.js';
import { reasonsWith } from '../reason.js';
import { TEXT_REASONS } from '../text/reasons.js';

/** The six fields of a level, in the order of their codes in `observed_variable`, which is the order of the rows. */
export const QUANTITIES = [
  'dew_point_depression',
  'wind_from_direction',
  'wind_speed',
  'geopotential_height',
  'air_temperature',
  'relative_humidity',
] as const;

/** The fields of a level that make no row. */
export const OTHER_FIELDS = ['pressure', 'elapsed'] as const;

const UNUSABLE = ['qa-removed', 'unreadable', 'out-of-range'] as const;

/** What carries a flag of the archive, beside a height that serves as coordinate. */
export const FLAGGED = ['pressure', 'geopotential_height', 'air_temperature'] as const;

/** Every reason that the reader counts. */
export const REASONS = [
  ...droppedReasons(QUANTITIES, ['missing', ...UNUSABLE]),
  ...droppedReasons(['geopotential_height'], ['used-as-coordinate']),
  // A height that has a value is the coordinate of its level.
  ...droppedReasons(
    QUANTITIES.filter((name) => name !== 'geopotential_height'),
    ['no-coordinate'],
  ),
  ...notedReasons(OTHER_FIELDS, ['missing', ...UNUSABLE]),
  ...TEXT_REASONS,
  ...reasonsWith('left out', {
    'station-list.blank-id': 'A line of the station list without an id: not used.',
    'station-list.malformed': 'A line of the station list that cannot be read: not used.',
    'station-list.truncated': 'The last line of the station list breaks off: not used.',
    'station-list.repeated-id':
      'A station that is in the station list more than once: the first entry is used.',
  }),
  ...reasonsWith('changed', {
    'time.release-invalid': 'The launch time does not exist: the nominal time stands.',
    'time.release-minute-missing': 'The launch time has an hour and no minute: the full hour stands.',
    'time.launch-day-moved':
      'The launch was on the day before or after the date of the report: the archive gives a time of day alone.',
    'station-list.elevation-out-of-range':
      'No station can be at the elevation that the station list gives: taken as missing.',
  }),
  ...reasonsWith('noted', {
    'level.standard': 'Levels at a standard pressure.',
    'level.other-pressure': 'Levels at another pressure.',
    'level.non-pressure': 'Levels with a height and no pressure.',
    'level.other': 'Levels that are neither the surface nor the tropopause.',
    'level.surface': 'Levels at the surface.',
    'level.tropopause': 'Levels at a tropopause.',
    'level.subtype-unknown': 'Levels of a kind that the description of the format does not have.',
    'level.type-0': 'Levels of type 0 of the archive.',
  }),
  ...FLAGGED.flatMap((name) => flagReasons(`flag.${name}`, quantityInWords(name))),
  ...flagReasons('geopotential_height.used-as-coordinate.flag', 'Height that serves as coordinate'),
];

/** A code of `REASONS`. */
export type Igra2Code = (typeof REASONS)[number]['code'];

function flagReasons<Prefix extends string>(prefix: Prefix, what: string) {
  const limits = (flag: string, width: string): string =>
    `${what}: the archive's flag ${flag}, within the ${width} limits of the climate of the station.`;
  return [
    { code: `${prefix}.A`, effect: 'noted', sentence: limits('A', 'wide') },
    { code: `${prefix}.B`, effect: 'noted', sentence: limits('B', 'narrow') },
    {
      code: `${prefix}.unknown`,
      effect: 'noted',
      sentence: `${what}: a flag of the archive that the description of the format does not have; taken as not checked.`,
    },
  ] as const;
}
