/** The GRIB samples with what ecCodes says of each field: a file is covered by being in the folder with its expectation. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { samplePath, skipSamples } from './samples.js';

/** Keys of one field as ecCodes names them; numbers in the units of the message. */
export type ExpectedField = Readonly<
  Record<string, string | number | readonly (number | null)[] | undefined>
>;

export interface GribSample {
  /** Path below the folder of the samples. */
  readonly name: string;
  readonly path: string;
  /** Every field, those that ecCodes fails on with a key `error`. */
  readonly expected: readonly ExpectedField[];
}

const FOLDER = 'grib';

/** Every sample, in the order of their names; none where the samples are absent. */
export function gribSamples(): GribSample[] {
  if (skipSamples()) return [];
  return readdirSync(samplePath(FOLDER), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(grib|grb)[12]?$/.test(name))
    .sort()
    .map((name) => {
      const made = name.includes('/made/') ? 'made_' : '';
      const path = samplePath(join(FOLDER, 'expected', `${made}${basename(name)}.json.gz`));
      return { name, path: samplePath(join(FOLDER, name)), expected: existsSync(path) ? fieldsOf(path) : [] };
    });
}

function fieldsOf(path: string): ExpectedField[] {
  const content: unknown = JSON.parse(gunzipSync(readFileSync(path)).toString());
  return (content as { fields: ExpectedField[] }).fields;
}
