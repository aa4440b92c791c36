/** Small station files to plant faults in, made with an edition that has no more tables than are used. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TABLES_CONTRACT } from '../../src/match/index.js';
import type { NumericArray } from '../../src/netcdf4/index.js';
import { createVerifier, type Finding, type VerifyOptions } from '../../src/verify/index.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { encodeOdbText } from '../support/odb-encoder.js';
import { makeOdbRows } from '../support/odb-rows.js';
import { makeStation } from '../support/soundings.js';

const BUNDLED = fileURLToPath(new URL('../../cdm-tables/bundled/', import.meta.url));

/** The bundled edition, but for the code tables that no station file of the tests refers to. */
export function smallEdition(folder: string): string {
  const edition = join(folder, 'tables');
  cpSync(join(BUNDLED, 'table_definitions'), join(edition, 'table_definitions'), { recursive: true });
  mkdirSync(join(edition, 'tables'), { recursive: true });
  for (const table of new Set(TABLES_CONTRACT.codes.map((code) => code.table)))
    cpSync(join(BUNDLED, 'tables', `${table}.csv`), join(edition, 'tables', `${table}.csv`));
  return edition;
}

const VIENNA = { id: 'XXM00011035', latitude: 48.25, longitude: 16.36, elevation: 198 };
const KINDS = ['classic', 'pilot', 'classic'] as const;

/** A work folder with the harvest of three soundings of IGRA 2 (one of them a pilot balloon) and of era5_1. */
export async function harvestSmall(
  folder: string,
): Promise<{ igra2: string; era5: string; sources: string }> {
  const soundings = makeStation(7, { ...VIENNA, soundings: KINDS.length, kinds: KINDS });
  const sources = join(folder, 'sources');
  const output = join(folder, 'output');
  const tables = smallEdition(folder);
  mkdirSync(join(sources, 'igra2'), { recursive: true });
  mkdirSync(join(sources, 'era5_1'));
  const igra2 = join(sources, 'igra2', 'XXM00011035-data.txt');
  const era5 = join(sources, 'era5_1', 'era5.conv._11035.txt');
  writeFileSync(igra2, encodeIgra2(soundings));
  writeFileSync(era5, encodeOdbText(makeOdbRows(soundings, { dataset: 'era5_1', statid: '11035' })));
  await harvestQuietly({ input: [igra2], output, workdir: folder, tables });
  await harvestQuietly({ source: 'era5_1', input: [era5], output, workdir: folder, tables });
  return {
    igra2: join(output, 'igra2', '0-20000-0-11035_igra2_harvested.nc'),
    era5: join(output, 'era5_1', '0-20000-0-11035_era5_1_harvested.nc'),
    sources,
  };
}

/** What is wrong with a file, and the notes on it. */
export interface Verified {
  findings: readonly Finding[];
  notes: readonly string[];
  rows: number;
}

/** Verifies files one after the other, keeping what they have in common. */
export function verifierOf(options: Partial<VerifyOptions> = {}): (path: string) => Promise<Verified> {
  const verifier = createVerifier({ limit: 20, ...options });
  return async (path) => {
    const { findings, rows } = await verifier.verify(path);
    return { findings: findings.kept, notes: findings.notes.map(({ text }) => text), rows };
  };
}

/** Writes a text into a row of a column of texts. */
export function setText(values: NumericArray, width: number, row: number, text: string): undefined {
  const bytes = Buffer.alloc(width);
  bytes.write(text);
  for (let i = 0; i < width; i++) values[row * width + i] = bytes[i] as never;
}

/** Changes rows of a column in place; `width` is that of a text. */
export type ChangeOfColumn = (values: NumericArray, width: number) => undefined;

/** A change of one value: `to` for a number, or what becomes of the one that is there. */
export function at(row: number, to: number | bigint | ((value: number) => number)): ChangeOfColumn {
  return (values) => {
    if (typeof to !== 'function') values[row] = to as never;
    else if (values instanceof BigInt64Array) values[row] = BigInt(to(Number(values[row])));
    else values[row] = to(values[row] as number) as never;
  };
}

/** A change of one text. */
export function textAt(row: number, to: string | ((text: string) => string)): ChangeOfColumn {
  return (values, width) => {
    const bytes = Buffer.from(values.buffer as ArrayBuffer, values.byteOffset + row * width, width);
    const text = bytes.toString('utf8').replace(/\0+$/, '');
    return setText(values, width, row, typeof to === 'string' ? to : to(text));
  };
}

/** Two rows change places. */
export function swapped(a: number, b: number): ChangeOfColumn {
  return (values, width) => {
    for (let i = 0; i < width; i++) {
      const [x, y] = [a * width + i, b * width + i];
      const kept = values[x];
      values[x] = values[y] as never;
      values[y] = kept as never;
    }
  };
}

/** A row is the same as another one. */
export function copied(from: number, to: number): ChangeOfColumn {
  return (values, width) => {
    values.copyWithin(to * width, from * width, (from + 1) * width);
  };
}
