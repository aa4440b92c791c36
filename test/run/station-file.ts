/** Harvests in the process of the test, and reads station files with h5wasm, which shares nothing with the writer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { Dataset, File, Group } from 'h5wasm/node';
import { afterAll } from 'vitest';
import { harvest } from '../../src/run/harvest.js';
import type { HarvestOptions } from '../../src/run/options.js';
import type { RunReport } from '../../src/run/reports/report.js';
import { encodeIgra2, type Igra2Level, type Igra2Sounding } from '../support/igra2-encoder.js';

await h5wasm.ready;

const openFiles: File[] = [];
afterAll(() => {
  for (const file of openFiles) file.close();
});

/** A folder that is removed when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'harvest-run-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A harvest of igra2 with the tables of the package; `folder` holds the output, and beside it a work folder of its own. */
export function harvestInto(
  folder: string,
  input: readonly string[],
  more: Partial<HarvestOptions> = {},
): Promise<RunReport> {
  const { output = join(folder, 'output') } = more;
  return harvest({
    source: 'igra2',
    input,
    workdir: `${output}.work`,
    output,
    station: [],
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
    tables: 'bundled',
    offline: true,
    profile: 'cdm',
    recordTime: 'launch',
    splitByYear: false,
    dryRun: false,
    workers: 1,
    shard: null,
    force: false,
    mirrors: [],
    keepReports: 100,
    onEvent: () => {},
    ...more,
  });
}

/** Writes the soundings to a file of the archive's format, harvests it, and opens what became of it. */
export async function harvestSoundings(
  folder: string,
  name: string,
  soundings: readonly Igra2Sounding[],
  more: Partial<HarvestOptions> = {},
): Promise<{ file: StationFileReader; report: RunReport }> {
  const input = join(folder, `${name}.txt`);
  writeFileSync(input, encodeIgra2(soundings));
  const output = join(folder, name);
  const report = await harvestInto(folder, [input], { output, ...more });
  const path = report.stations[0]?.files[0];
  if (path === undefined) throw new Error(`no file was written: ${report.stations[0]?.error}`);
  return { file: readStationFile(path), report };
}

/** A level with nothing in it but what is given. */
export function level(fields: Partial<Igra2Level>): Igra2Level {
  return {
    type: 2,
    subtype: 0,
    elapsed: null,
    pressure: null,
    height: null,
    temperature: null,
    relativeHumidity: null,
    dewPointDepression: null,
    windDirection: null,
    windSpeed: null,
    ...fields,
  };
}

/** A sounding of 20 February 2019, 00 UTC, release time missing, one temperature of -56.5 degC at 500 hPa. */
export function sounding(fields: Partial<Igra2Sounding> = {}): Igra2Sounding {
  return {
    id: 'USM00072558',
    year: 2019,
    month: 2,
    day: 20,
    hour: 0,
    release: 9999,
    latitude: 41.32,
    longitude: -96.37,
    levels: [level({ pressure: 50_000, temperature: -565 })],
    ...fields,
  };
}

/** One variable of a file. */
export interface VariableReader {
  path: string;
  /** Numbers, with times as numbers too; texts without the blanks that fill them up. */
  values: (number | string)[];
  /** Numbers as they are stored, 64-bit ones as bigint. */
  raw: ArrayLike<number | bigint>;
  type: string;
  shape: readonly number[];
  attributes: Readonly<Record<string, unknown>>;
  /** Paths of the dimension scales, by dimension. */
  scales: readonly (readonly string[])[];
}

export interface StationFileReader {
  attributes: Readonly<Record<string, unknown>>;
  /** Names of the groups, one per table. */
  groups: readonly string[];
  /** Names of what is in a group; the root is ''. */
  names(group: string): string[];
  variable(path: string): VariableReader;
  numbers(path: string): number[];
  texts(path: string): string[];
}

/** The file at `path`; what is asked for is read then, and kept. */
export function readStationFile(path: string): StationFileReader {
  const file = new File(path, 'r');
  openFiles.push(file);
  const groupNames = file.keys().filter((name) => file.get(name) instanceof Group);
  const known = new Map<string, VariableReader>();
  const variable = (name: string): VariableReader => {
    const dataset = known.has(name) ? null : file.get(name);
    if (dataset instanceof Dataset) known.set(name, readVariable(dataset, name));
    const found = known.get(name);
    if (found === undefined) throw new Error(`${path} has no ${name}`);
    return found;
  };
  const namesIn = (group: string): string[] => {
    if (group === '') return file.keys().filter((name) => !groupNames.includes(name));
    const item = file.get(group);
    return item instanceof Group ? item.keys() : [];
  };
  return {
    attributes: attributesOf(file),
    groups: groupNames,
    names: namesIn,
    variable,
    numbers: (name) => variable(name).values.map(Number),
    texts: (name) => variable(name).values.map(String),
  };
}

function attributesOf(item: Group | Dataset): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item.attrs)
      .filter(([name]) => !/^(DIMENSION_LIST|REFERENCE_LIST)$/.test(name))
      .map(([name, attribute]) => [name, attribute.value]),
  );
}

function readVariable(dataset: Dataset, path: string): VariableReader {
  const shape = dataset.shape ?? [];
  const type = String(dataset.dtype);
  const value: unknown = dataset.value;
  const isText = /^[AS]/.test(type);
  const raw = ArrayBuffer.isView(value) || Array.isArray(value) ? (value as ArrayLike<number | bigint>) : [];
  return {
    path,
    raw,
    values: isText ? rowsOfText(raw, shape[1] ?? 1) : Array.from(raw, Number),
    type,
    shape,
    attributes: attributesOf(dataset),
    scales: shape.map((_, i) => dataset.get_attached_scales(i)),
  };
}

/** Rows of single characters joined to texts. */
function rowsOfText(characters: ArrayLike<unknown>, width: number): string[] {
  const bytes = Buffer.from(Array.from(characters, (c) => String(c).slice(0, 1) || '\0').join(''), 'latin1');
  return Array.from({ length: bytes.length / width }, (_, row) =>
    bytes
      .subarray(row * width, (row + 1) * width)
      .toString('utf8')
      .replace(/[\0 ]+$/, ''),
  );
}
