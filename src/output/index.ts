/** Station files: how rows of CDM tables become a netCDF-4 file that explains itself. */
export { type Counts, countsOf } from './attributes.js';
export { type EncodedTable, encodeCodeTables } from './code-tables.js';
export { attributesOf, encodingOf } from './encoding.js';
export { createStationFile, OUTPUT_VERSION, type StationFile, stationFileName } from './station-file.js';
