/**
 * A streaming writer of netCDF-4 files, and a reader of what it has written. It knows HDF5 and nothing of what is stored: groups, dimensions, variables and
 * attributes are defined at any time before `close`, rows are appended without knowing how many will come. Chunks go into the
 * file as they are compressed; all metadata follows in one block and the superblock comes last, so that an unfinished file
 * can never be opened, and the final name only ever holds a finished file.
 */
export { appendGroups } from './append.js';
export type {
  NetcdfContents,
  StoredAttribute,
  StoredBytes,
  StoredGroup,
  StoredVariable,
} from './contents.js';
export { byCode, type Codes, createCodes } from './deflate/coded.js';
export { type CountedTexts, counted } from './deflate/counted.js';
export { inRuns } from './deflate/runs.js';
export { createNetcdf } from './file.js';
export type { PreparedGroups } from './model.js';
export { openNetcdf } from './open.js';
export { prepareGroups } from './prepared.js';
export type { RepeatedRows } from './repeated.js';
export { checkStructure } from './structure.js';
export type {
  AttributeValue,
  CreateOptions,
  NcType,
  NetcdfDimension,
  NetcdfFile,
  NetcdfGroup,
  NetcdfVariable,
  NumericArray,
  VariableOptions,
} from './types.js';
