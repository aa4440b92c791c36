/** GRIB files of editions 1 and 2: finds their fields, says what they are. */
export { DAMAGES, type DamageCode, type GribDamage } from './damage.js';
export type { BytePlace, ByteSource, Field } from './field.js';
export { type ScanOptions, type ScanSummary, scan } from './scan.js';
export { fileSource, memorySource, type OpenSource } from './source.js';
