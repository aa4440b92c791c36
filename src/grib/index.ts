/** GRIB files of editions 1 and 2: finds their fields, says what they are. */
export { DAMAGES, type DamageCode, type GribDamage } from './damage.js';
export type { BytePlace, ByteSource, Field } from './field.js';
export { type FieldKeys, keysOf } from './keys.js';
export type { Level } from './levels.js';
export type { Member, MemberType } from './members.js';
export type { Packing } from './packings.js';
export type { Parameter } from './parameters.js';
export { type ScanOptions, type ScanSummary, scan } from './scan.js';
export { fileSource, memorySource, type OpenSource } from './source.js';
export type { Times } from './times.js';
