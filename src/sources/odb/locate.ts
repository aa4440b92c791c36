/** The locator of a dataset of the observation database, whose files are text or ODB-2. */
import { firstBytes, HEAD_LENGTH } from '../head.js';
import type { Locator } from '../locator.js';
import { isOdb2 } from './odb2.js';
import { southernStations } from './position.js';

/** Finds the values of a report of the dataset; the encoding is told by the first bytes of the file. */
export function odbLocator(dataset: string): Locator {
  return async (file, request) => {
    const southern = await southernStations(dataset);
    return isOdb2(await firstBytes(file, { length: HEAD_LENGTH }))
      ? (await import('./locate-odb2.js')).locateOdb2(file, request, southern)
      : (await import('./locate-text.js')).locateOdbText(file, request, southern);
  };
}
