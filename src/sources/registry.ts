/** The sources by id, loaded when they are asked for: a harvest of one dataset pays for no other reader. */
import { UsageError } from '../errors.js';
import type { Source } from './source.js';

/** One line per dataset. */
export const sources: ReadonlyMap<string, () => Promise<Source>> = new Map([
  ['igra2', async () => (await import('./igra2/index.js')).igra2],
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
