/** The sources by id, loaded when they are asked for: a harvest of one dataset pays for no other reader. */
import { UsageError } from '../errors.js';
import type { Source } from './source.js';

/** One line per dataset. */
export const sources: ReadonlyMap<string, () => Promise<Source>> = new Map<string, () => Promise<Source>>([
  ['igra2', async () => (await import('./igra2/index.js')).igra2],
  ['ncar', async () => (await import('./uadb/index.js')).ncar],
  ['era5_1', async () => (await import('./odb/index.js')).era5_1],
  ['era5_2', async () => (await import('./odb/index.js')).era5_2],
  ['era5_1759', async () => (await import('./odb/index.js')).era5_1759],
  ['era5_1761', async () => (await import('./odb/index.js')).era5_1761],
  ['era5_3188', async () => (await import('./odb/index.js')).era5_3188],
  ['bufr', async () => (await import('./bufr/index.js')).bufr],
]);

/**
 * The source with this id.
 *
 * @throws UsageError `UNKNOWN_SOURCE` that lists the known ids
 */
export async function loadSource(id: string): Promise<Source> {
  const load = sources.get(id);
  if (load === undefined) {
    throw new UsageError('UNKNOWN_SOURCE', `there is no source ${JSON.stringify(id)}`, {
      hint: `Known sources: ${[...sources.keys()].sort().join(', ')}.`,
    });
  }
  return load();
}
