/**
 * The objects of an HDF5 file as they are stored: headers, messages, attributes, links. A door of its own, for what checks the bytes
 * of a file; whoever wants its contents takes `netcdf4/index.ts`.
 */
export { MESSAGE } from '../object-header.js';
export { SUPERBLOCK_BYTES } from '../superblock.js';
export { dataspaceLengths, isCalled, readAttribute } from './attribute-reader.js';
export { placeOfValues } from './dataset-reader.js';
export { bodyOf, type HeaderMessage, readObjectHeader } from './header-reader.js';
export { createReader, type FileReader, openForReading, readU64 } from './reader.js';
export { linkTarget, readSuperblock } from './structure.js';
