/** Which locator reads a source file. */

import type { InputFile } from '../records/input.js';
import { firstBytes, HEAD_LENGTH } from '../sources/head.js';
import { isOdb2 } from '../sources/odb/odb2.js';
import type { LocatorRequest, SourceReport } from './datum.js';

type Locator = (file: InputFile, request: LocatorRequest) => Promise<SourceReport | null>;

const ODB_DATASETS: ReadonlySet<string> = new Set([
  'era5_1',
  'era5_2',
  'era5_1759',
  'era5_1761',
  'era5_3188',
]);

/**
 * The raw values of the report that begins at a byte of a source file; null where none begins there. Undefined for a dataset whose
 * files are read by none of the locators.
 *
 * @throws InputError where the file is not of the format of the dataset or is damaged
 */
export async function locateReport(
  file: InputFile,
  request: LocatorRequest,
): Promise<SourceReport | null | undefined> {
  const locator = await locatorOf(file, request.dataset);
  return locator?.(file, request);
}

async function locatorOf(file: InputFile, dataset: string): Promise<Locator | undefined> {
  if (dataset === 'igra2') return (await import('./igra2.js')).locateIgra2;
  if (dataset === 'ncar') return (await import('./uadb.js')).locateUadb;
  if (dataset === 'bufr') return (await import('./bufr.js')).locateBufr;
  if (!ODB_DATASETS.has(dataset)) return undefined;
  return isOdb2(await firstBytes(file, { length: HEAD_LENGTH }))
    ? (await import('./odb2.js')).locateOdb2
    : (await import('./odb-text.js')).locateOdbText;
}
