/**
 * GRIB files of editions 1 and 2: bytes in, fields out. `scan` finds the fields by their heads alone; `keysOf` says what a field is,
 * `gridOf` where its points are, `decode` gives its values, `sample` and `sampleWind` give values at places. Knows bytes, and nothing
 * of soundings or forecasts.
 */
export { DAMAGES, type DamageCode, type GribDamage } from './damage.js';
export { type Decoded, DecodeRoom, decode } from './decode.js';
export type { BytePlace, ByteSource, Field } from './field.js';
export type { Earth } from './grid/earth.js';
export type { Grid, GridKind, LatLon } from './grid/grid.js';
export type { Scanning } from './grid/scanning.js';
export { gridOf } from './grid.js';
export { type FieldKeys, keysOf } from './keys.js';
export type { Level } from './levels.js';
export type { Member, MemberType } from './members.js';
export type { Packing } from './packing-keys.js';
export type { Parameter } from './parameters.js';
export { type Points, SAMPLE_STATUS, type Sampled, type SampleOptions, sample } from './sample.js';
export { type ScanOptions, type ScanSummary, scan } from './scan.js';
export { fileSource, memorySource, type OpenSource } from './source.js';
export type { Times } from './times.js';
export { type SampledWind, sampleWind } from './wind.js';
