/** What each element of a sounding means: one number per descriptor, looked up for every element of every level. */
import { ELEMENTS, type LevelPart } from './elements.js';

/** The quantities that become rows, in the order of their codes in `observed_variable`, which is the order of the rows. */
export const QUANTITIES = [
  'specific_humidity',
  'wind_from_direction',
  'wind_speed',
  'geopotential_height',
  'altitude',
  'air_temperature',
  'dew_point',
  'relative_humidity',
  'eastward_wind',
  'northward_wind',
] as const;

/** Index into `QUANTITIES`. */
export const Q = {
  specificHumidity: 0,
  windFromDirection: 1,
  windSpeed: 2,
  geopotentialHeight: 3,
  altitude: 4,
  airTemperature: 5,
  dewPoint: 6,
  relativeHumidity: 7,
  eastwardWind: 8,
  northwardWind: 9,
} as const;

/**
 * Roles of elements: an index into `QUANTITIES`, or one of these, which `LevelPart` explains. `geopotential` (m2 s-2) is the
 * geopotential height in another unit.
 */
export const ROLE = {
  pressure: 16,
  geopotential: 17,
  heightAboveStation: 18,
  flightLevel: 19,
  latitude: 20,
  longitude: 21,
  latitudeDisplacement: 22,
  longitudeDisplacement: 23,
  elapsedSeconds: 24,
  elapsedMinutes: 25,
  significance: 26,
  extendedSignificance: 27,
  statistic: 28,
  quiet: 29,
  none: 255,
} as const satisfies Record<Exclude<LevelPart, (typeof QUANTITIES)[number]> | 'none', number>;

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...QUANTITIES.map((name, quantity) => [name, quantity] as const),
  ...Object.entries(ROLE),
]);

/** Elements have F = 0: the largest is 0 63 255. */
const ROLES = new Uint8Array(1 << 16).fill(ROLE.none);
for (const { part = 'none', elements } of ELEMENTS)
  for (const descriptor of elements) ROLES[descriptor] = NUMBERS.get(part) ?? ROLE.none;

/** The role of an element by its descriptor; operators, markers and associated fields have none. */
export function roleOf(descriptor: number): number {
  return descriptor < 1 << 16 ? ROLES[descriptor]! : ROLE.none;
}

/** Whether a role is a quantity, an index into `QUANTITIES`. */
export function isQuantity(role: number): boolean {
  return role < QUANTITIES.length;
}
