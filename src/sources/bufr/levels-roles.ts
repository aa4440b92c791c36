/** What each element of a sounding means: one number per descriptor, looked up for every element of every level. */

/** The quantities that become rows, in the order of their codes in `observed_variable`, which is the order of the rows. */
export const QUANTITIES = [
  'specific_humidity',
  'wind_from_direction',
  'wind_speed',
  'geopotential_height',
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
  airTemperature: 4,
  dewPoint: 5,
  relativeHumidity: 6,
  eastwardWind: 7,
  northwardWind: 8,
} as const;

/**
 * Roles of elements: an index into `QUANTITIES`, or one of these. `geopotential` (m2 s-2) is the geopotential height in
 * another unit; `height` is a geometric height in m, of use as a coordinate only; `statistic` says that what follows is a
 * mean or a deviation and no observation; `quiet` is known and of no use here.
 */
export const ROLE = {
  pressure: 16,
  geopotential: 17,
  height: 18,
  latitude: 19,
  longitude: 20,
  latitudeDisplacement: 21,
  longitudeDisplacement: 22,
  elapsedSeconds: 23,
  elapsedMinutes: 24,
  significance: 25,
  extendedSignificance: 26,
  statistic: 27,
  quiet: 28,
  none: 255,
} as const;

/** By role, the descriptors of table B that have it. Both precisions of an element stand side by side. */
const DESCRIPTORS: readonly (readonly [role: number, ...descriptors: number[]])[] = [
  [Q.specificHumidity, 13001],
  [Q.windFromDirection, 11001],
  [Q.windSpeed, 11002],
  [Q.geopotentialHeight, 7009, 10009],
  [Q.airTemperature, 12001, 12101],
  [Q.dewPoint, 12003, 12103],
  [Q.relativeHumidity, 13003, 13009],
  [Q.eastwardWind, 11003],
  [Q.northwardWind, 11004],
  [ROLE.pressure, 7004],
  [ROLE.geopotential, 7003, 7008, 10003, 10008],
  [ROLE.height, 7002, 7007, 10002, 10007],
  [ROLE.latitude, 5001, 5002],
  [ROLE.longitude, 6001, 6002],
  [ROLE.latitudeDisplacement, 5015, 5016],
  [ROLE.longitudeDisplacement, 6015, 6016],
  [ROLE.elapsedSeconds, 4016, 4026, 4086],
  [ROLE.elapsedMinutes, 4015, 4025],
  [ROLE.significance, 8001],
  [ROLE.extendedSignificance, 8042],
  [ROLE.statistic, 8023, 8024],
  // Replication factors, and the meaning of an associated field.
  [ROLE.quiet, 31000, 31001, 31002, 31011, 31012, 31021],
];

/** Elements have F = 0: the largest is 0 63 255. */
const ROLES = new Uint8Array(1 << 16).fill(ROLE.none);
for (const [role, ...descriptors] of DESCRIPTORS)
  for (const descriptor of descriptors) ROLES[descriptor] = role;

/** The role of an element by its descriptor; operators, markers and associated fields have none. */
export function roleOf(descriptor: number): number {
  return descriptor < 1 << 16 ? ROLES[descriptor]! : ROLE.none;
}

/** Whether a role is a quantity, an index into `QUANTITIES`. */
export function isQuantity(role: number): boolean {
  return role < QUANTITIES.length;
}
