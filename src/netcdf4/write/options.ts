/** The options of a file. */

import type { CreateOptions } from '../types.js';
import type { FileContext } from './model.js';
import { checkDeflateLevel } from './variable.js';

const DEFAULT_PENDING_BYTES = 32 * 2 ** 20;

/** The options of a file with their defaults. */
export interface Settings {
  readonly defaults: FileContext['defaults'];
  readonly maxPendingBytes: number;
}

/** Fills in the defaults; throws `NETCDF_RANGE` for a value out of range. */
export function checkOptions(path: string, options: CreateOptions): Settings {
  const { deflateLevel = 1, shuffle = true, chunkRows, maxPendingBytes = DEFAULT_PENDING_BYTES } = options;
  checkDeflateLevel(path, deflateLevel);
  return { defaults: { deflateLevel, shuffle, chunkRows }, maxPendingBytes };
}
