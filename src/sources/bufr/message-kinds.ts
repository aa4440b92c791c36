/**
 * What messages declare to be, by the tables that they declare it with. The lists are data; `sounding-kind.ts` reads them.
 * Sounding kinds are read, all others are counted as `bufr.message.<kind>`. What is in no list says nothing: then the next one
 * is asked.
 */
import type { OtherKindName } from '../other-kinds.js';

/**
 * Soundings: of a balloon that rises, of one that comes down, of a sonde that an aircraft dropped; `sounding` where nothing tells
 * which.
 */
export type SoundingKind = 'ascent' | 'descent' | 'dropsonde' | 'sounding';

/** What is no sounding, as the counters name it. */
export const OTHER_KINDS = [
  'aircraft',
  'altimetry',
  'bufr-tables',
  'climat',
  'climat-temp',
  'constant-level-balloon',
  'constituents',
  'dispersal',
  'drifting-buoy',
  'gps-humidity',
  'hydrology',
  'image',
  'lidar',
  'lightning',
  'metar',
  'microwave-radiometer',
  'model-profile',
  'not-a-sounding',
  'ocean',
  'radar',
  'radar-wind',
  'radiation',
  'radio-occultation',
  'radiological',
  'rass',
  'raw-radiosonde',
  'satellite',
  'satellite-sounding',
  'satellite-wind',
  'sodar',
  'synop',
  'synop-ship',
  'synoptic-feature',
  'tide-gauge',
  'warning',
  'wind-profiler',
] as const satisfies readonly OtherKindName[];
export type OtherKind = (typeof OTHER_KINDS)[number];

export type MessageKind = SoundingKind | OtherKind;

/** Kinds by number of a code table. */
type Kinds = ReadonlyMap<number, MessageKind>;

/** BUFR table A: vertical soundings other than by satellite. */
export const VERTICAL_SOUNDINGS = 2;

/** BUFR table A, data categories (edition 2 to 4). 240 to 255 are experimental, other or missing: they say nothing. */
export const CATEGORIES: Kinds = new Map<number, MessageKind>([
  [0, 'synop'],
  [1, 'synop-ship'],
  [3, 'satellite-sounding'],
  [4, 'aircraft'],
  [5, 'satellite-wind'],
  [6, 'radar'],
  [7, 'synoptic-feature'],
  [8, 'constituents'],
  [9, 'dispersal'],
  [10, 'radiological'],
  [11, 'bufr-tables'],
  [12, 'satellite'],
  [13, 'model-profile'],
  [14, 'warning'],
  ...range(21, 30, 'satellite'),
  [25, 'altimetry'],
  [31, 'ocean'],
  [101, 'image'],
]);
/** Table A from here on says nothing. */
export const FIRST_LOCAL_CATEGORY = 240;

/** Common code table C-13 (edition 4): by data category the international subcategories that are not what the category is. */
export const SUBCATEGORIES: ReadonlyMap<number, Kinds> = new Map<number, Kinds>([
  [
    0,
    new Map<number, MessageKind>([
      ...range(8, 9, 'radiation'),
      ...range(10, 11, 'metar'),
      [14, 'gps-humidity'],
      ...range(20, 21, 'climat'),
      [30, 'lightning'],
      [40, 'hydrology'],
    ]),
  ],
  [1, new Map<number, MessageKind>([[20, 'climat'], [25, 'drifting-buoy'], ...range(30, 31, 'tide-gauge')])],
  [
    VERTICAL_SOUNDINGS,
    new Map<number, MessageKind>([
      // PILOT, PILOT SHIP, PILOT MOBIL, TEMP, TEMP SHIP, TEMP MOBIL.
      ...range(1, 6, 'ascent'),
      [7, 'dropsonde'],
      [10, 'wind-profiler'],
      [11, 'rass'],
      ...range(14, 16, 'descent'),
      [20, 'aircraft'],
      [21, 'constituents'],
      ...range(25, 26, 'climat-temp'),
      [40, 'microwave-radiometer'],
      [50, 'radio-occultation'],
      // The same with radiosondes that are used again.
      ...range(104, 106, 'ascent'),
      ...range(114, 116, 'descent'),
    ]),
  ],
  [4, new Map<number, MessageKind>([[3, 'constant-level-balloon']])],
  [6, new Map<number, MessageKind>([[1, 'radar-wind']])],
]);

/**
 * Subtypes of ECMWF (MARS keyword `obstype`; the BUFR Reference Manual of ECMWF, 3.1), in its messages in section 1 or in the key of
 * section 2. 230 and 231 are the code types of high-resolution dropsondes and descents in ODB, which go by the same numbers.
 */
export const ECMWF_SUBTYPES: Kinds = new Map<number, MessageKind>([
  ...range(1, 4, 'synop'),
  [9, 'synop-ship'],
  ...range(11, 14, 'synop-ship'),
  [19, 'synop-ship'],
  ...range(21, 23, 'drifting-buoy'),
  // PILOT from land, ships and mobile stations.
  ...range(91, 93, 'ascent'),
  // Of America, and of Europe.
  ...range(95, 96, 'wind-profiler'),
  // TEMP from land and ships.
  ...range(101, 102, 'ascent'),
  [103, 'dropsonde'],
  // ROCOB, rockets.
  ...range(104, 105, 'sounding'),
  // TEMP from mobile stations; high resolution from land and from ships.
  [106, 'ascent'],
  [109, 'ascent'],
  [111, 'ascent'],
  [140, 'metar'],
  ...range(141, 142, 'aircraft'),
  [143, 'constant-level-balloon'],
  ...range(144, 145, 'aircraft'),
  [147, 'metar'],
  [230, 'dropsonde'],
  [231, 'descent'],
]);

/** Code table 0 02 003, measuring equipment: what is no balloon. */
export const EQUIPMENT: ReadonlyMap<number, OtherKind> = new Map<number, OtherKind>([
  [6, 'wind-profiler'],
  [8, 'rass'],
  [9, 'sodar'],
  [10, 'lidar'],
]);

/** Common code table C-2, which 0 02 011 refers to: what is no radiosonde, and no target for the radar below a balloon either. */
export const RADIOSONDES: ReadonlyMap<number, OtherKind> = new Map<number, OtherKind>([
  [4, 'microwave-radiometer'],
  [5, 'microwave-radiometer'],
  [6, 'rass'],
]);

/** Titles of table D, and ECMWF's local sequences: the first one of a message that stands here says what its template is for. */
export const TEMPLATES: Kinds = new Map<number, MessageKind>([
  // Identification of stations, ships and sondes for vertical soundings.
  ...range(301_037, 301_040, 'ascent'),
  ...range(301_110, 301_111, 'ascent'),
  [301_112, 'dropsonde'],
  ...range(301_120, 301_123, 'raw-radiosonde'),
  [301_128, 'sounding'],
  [301_132, 'wind-profiler'],
  [301_194, 'dropsonde'],
  ...range(301_195, 301_196, 'ascent'),
  [301_198, 'ascent'],
  // Levels with a vertical sounding significance.
  ...range(303_011, 303_014, 'sounding'),
  ...range(303_050, 303_056, 'sounding'),
  // Vertical wind profiles and soundings.
  ...range(309_001, 309_018, 'ascent'),
  ...range(309_019, 309_021, 'wind-profiler'),
  [309_022, 'rass'],
  [309_023, 'lidar'],
  [309_024, 'wind-profiler'],
  [309_025, 'rass'],
  ...range(309_026, 309_027, 'lidar'),
  // Ozone soundings: no values but ozone.
  ...range(309_030, 309_049, 'constituents'),
  ...range(309_050, 309_052, 'ascent'),
  [309_053, 'dropsonde'],
  [309_054, 'climat-temp'],
  [309_055, 'ascent'],
  [309_056, 'descent'],
  [309_057, 'ascent'],
  // One level to a subset, of a registration that tells what station it is in a message of its own.
  ...range(309_060, 309_066, 'raw-radiosonde'),
  [309_070, 'model-profile'],
  [309_071, 'ascent'],
  ...range(309_072, 309_073, 'microwave-radiometer'),
  [309_194, 'dropsonde'],
  ...range(309_195, 309_198, 'ascent'),
  // Wind profilers and RASS among the radar sequences.
  ...range(321_001, 321_004, 'wind-profiler'),
  ...range(321_021, 321_023, 'wind-profiler'),
  ...range(321_024, 321_026, 'rass'),
]);

/** Categories of table D that hold templates of other data (307 is 3 07): the list above comes first. */
export const TEMPLATE_CLASSES: ReadonlyMap<number, OtherKind> = new Map<number, OtherKind>([
  [307, 'synop'],
  [308, 'synop-ship'],
  [310, 'satellite-sounding'],
  [311, 'aircraft'],
  [312, 'satellite'],
  [313, 'radar'],
  [315, 'ocean'],
  [316, 'synoptic-feature'],
  [318, 'radiological'],
  [321, 'radar'],
  [340, 'satellite'],
]);

/**
 * Elements that only profilers have, and elements that only soundings have: antenna, frequency, signal; radiosonde, tracking of the
 * balloon, vertical sounding significance. They tell where a message spells its template out and says nothing else.
 */
export const PROFILER_ELEMENTS: ReadonlySet<number> = new Set([
  2101, 2106, 2121, 21_030, 25_001, 25_020, 25_021, 25_032, 25_033, 25_034,
]);
export const SOUNDING_ELEMENTS: ReadonlySet<number> = new Set([2011, 2013, 2014, 8001, 8042]);

/** The numbers from `first` to `last`, all of one kind. */
function range(first: number, last: number, kind: MessageKind): [number, MessageKind][] {
  return Array.from({ length: last - first + 1 }, (_, i) => [first + i, kind]);
}
