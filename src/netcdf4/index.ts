/**
 * A streaming writer of netCDF-4 files, and a reader of what it has written. It knows HDF5 and nothing of what is stored: groups, dimensions, variables and
 * attributes are defined at any time before `close`, rows are appended without knowing how many will come. Chunks go into the
 * file as they are compressed; all metadata follows in one block and the superblock comes last, so that an unfinished file
 * can never be opened, and the final name only ever holds a finished file.
 */
export type {
  NetcdfContents,
  StoredAttribute,
  StoredBytes,
  StoredGroup,
  StoredVariable,
} from './read/contents.js';
export { openNetcdf } from './read/open.js';
export { checkStructure } from './read/structure.js';
export type {
  AttributeValue,
  CreateOptions,
  NcType,
  NetcdfDimension,
  NumericArray,
  VariableOptions,
} from './types.js';
export { byCode, type Codes, createCodes } from './write/deflate/coded.js';
export { type CountedTexts, counted } from './write/deflate/counted.js';
export { inRuns } from './write/deflate/runs.js';
export { createNetcdf } from './write/file.js';
export type { NetcdfFile, NetcdfGroup, NetcdfVariable } from './write/handles.js';
export type { PreparedGroups } from './write/model.js';
export { prepareGroups } from './write/prepared.js';
export type { RepeatedRows } from './write/repeated.js';
