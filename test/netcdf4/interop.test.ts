/** The readers of the field on files of the writer: libnetcdf, h5py, h5netcdf, xarray with both engines, NCO, h5dump. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkStructure } from '../../src/netcdf4/index.js';
import {
  COLUMNS,
  type Column,
  type Digest,
  digest,
  expectedDigests,
  goldenFile,
  matrixFile,
  ROWS,
  rows,
} from './interop-content.js';
import { readVariable, temporaryFolder } from './oracle.js';

const PYTHON = '/usr/bin/python3';
const at = temporaryFolder();

/** Why the readers cannot be asked; `undefined` when they can. */
function missingReader(): string | undefined {
  const probes: [string, string[]][] = [
    [PYTHON, ['-c', 'import xarray, netCDF4, h5py, h5netcdf']],
    ['ncks', ['--version']],
    ['ncdump', ['-h', '/dev/null']],
    ['h5dump', ['--version']],
  ];
  for (const [command, words] of probes) {
    const { error, status } = spawnSync(command, words);
    if (error !== undefined) return `${command} is not installed`;
    if (command === PYTHON && status !== 0) return `${PYTHON} lacks xarray, netCDF4, h5py or h5netcdf`;
  }
  return undefined;
}

const missing = missingReader();
const required = process.env.CI === 'true';

interface Reading {
  [reader: string]: Record<string, unknown>;
}

interface Report {
  matrix: Reading;
  modified: Reading;
  golden: { out: string };
  ours: { out: string };
  h5dump: number;
  ncdump: number;
  ncks: { status: number; err: string };
  hyperslab: { status: number; err: string };
  in_place: { status: number; err: string };
  group: Record<string, Digest>;
  part: Record<string, Digest>;
  'part root': Record<string, unknown>;
  masked: Record<string, number>;
}

const READERS = ['netCDF4', 'h5py', 'h5netcdf', 'xarray netcdf4', 'xarray h5netcdf'];

describe.skipIf(missing !== undefined && !required)(`interop (${missing ?? 'all readers are there'})`, () => {
  let report: Report;

  beforeAll(async () => {
    if (missing !== undefined) throw new Error(`${missing}, and CI=true requires it`);
    await matrixFile(at('matrix.nc'));
    await goldenFile(at('by-writer.nc'));
    const script = fileURLToPath(new URL('interop.py', import.meta.url));
    const done = spawnSync(PYTHON, [script, at('')], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (done.status !== 0) throw new Error(done.stderr);
    report = JSON.parse(done.stdout);
  });

  it.each(READERS)('%s reads every variable of the matrix equal', (reader) => {
    expect(report.matrix[reader]).toEqual(expectedDigests());
  });

  it('libnetcdf finds the dimensions and attributes', () => {
    const { dimensions, attributes, root } = report.matrix;
    expect(root).toEqual({ title: 'matrix – all types' });
    expect(dimensions?.['table/int64']).toEqual(['row']);
    expect(dimensions?.['table/char']).toEqual(['row', 'string6']);
    expect(dimensions?.['edges/rows0']).toEqual(['n0']);
    expect(attributes?.['table/described']).toEqual({ description: 'ü', units: 'K', code: 3 });
    const filled = Object.entries(attributes ?? {})
      .filter(([, named]) => Object.hasOwn(named as object, '_FillValue'))
      .map(([name]) => name.slice('table/'.length));
    expect(filled.sort()).toEqual(['blank', 'float', 'half_missing', 'missing', 'missing_code', 'settled']);
    expect(attributes?.['table/settled']).toEqual({ _FillValue: -1 });
    expect(attributes?.['table/blank']).toEqual({ _FillValue: ' ', _Encoding: 'utf-8' });
  });

  it('netCDF4-python masks missing values and nothing else', () => {
    const masked = Object.entries(report.masked).filter(([, count]) => count > 0);
    expect(Object.fromEntries(masked)).toEqual({
      float: Math.ceil(ROWS / 5),
      half_missing: 2500,
      missing: ROWS,
      missing_code: ROWS,
      settled: 1,
    });
  });

  it.each(['decoded netcdf4', 'decoded h5netcdf'])(
    'codes and times stay integers, missing ones become NaN: %s',
    (engine) => {
      const decoded = report.matrix[engine] as Record<string, [kind: string, values: unknown[]]>;
      const kinds = (name: string): string | undefined => decoded[`table/${name}`]?.[0];
      for (const name of ['int', 'int64', 'constant', 'constant_time', 'runs', 'short'])
        expect(kinds(name), name).toBe('i');
      expect(decoded['table/constant']).toEqual(['i', [85, 85, 85]]);
      expect(decoded['table/settled']).toEqual(['f', [4, 4, 4]]);
      expect(decoded['table/missing_code']).toEqual([
        'f',
        [Number.NaN, Number.NaN, Number.NaN].map(() => 'NaN'),
      ]);
      expect(decoded['table/missing']).toEqual(['f', ['NaN', 'NaN', 'NaN']]);
      expect(decoded['table/char']?.[1].map((text) => String(text).trim())).toEqual(['', '1', '2']);
    },
  );

  it('ncdump prints the same text as for the file that libnetcdf has written', () => {
    expect(report.ours.out.length).toBeGreaterThan(1000);
    expect(report.ours.out).toBe(report.golden.out);
  });

  it('libnetcdf changes the file in place', async () => {
    const changed = expectedDigests();
    const edit = (name: string, row: number, value: number): void => {
      const { type, values } = COLUMNS[name] as Column;
      const copy = values.slice() as Int32Array | Float32Array;
      copy[row] = value;
      changed[`table/${name}`] = digest(type, [ROWS], copy);
    };
    edit('constant', 10, -5);
    edit('runs', 0, -6);
    edit('missing', 2, 1.5);
    changed['table/new'] = digest('double', [ROWS], Float64Array.from(rows((row) => row)));
    changed['extra/z'] = digest('int', [2], Int32Array.of(7, 8));
    for (const reader of READERS) expect(report.modified[reader], reader).toEqual(changed);
    expect(report.modified.attributes?.['table/int']).toEqual({ added: 'later' });
    expect(report.modified.attributes?.['table/described']).toMatchObject({
      units: 'K',
      more0: 'value 0',
      more11: 'value 11',
    });
    expect(report.modified.root).toEqual({ title: 'matrix – all types', history: 'changed in place' });
    expect(await checkStructure(at('modified.nc'))).toMatchObject({ groups: 4 });
    expect(readVariable(at('modified.nc'), 'extra/z').values).toEqual(Int32Array.of(7, 8));
  });

  it('ncdump reads the header', () => {
    expect(report.ncdump).toBe(0);
  });

  it('NCO takes out a group and a hyperslab, and edits in place', () => {
    expect(report.ncks).toMatchObject({ status: 0, err: '' });
    expect(report.hyperslab).toMatchObject({ status: 0, err: '' });
    expect(report.in_place).toMatchObject({ status: 0, err: '' });
    const expected = expectedDigests();
    for (const name of ['int', 'char', 'missing', 'constant', 'runs'])
      expect(report.group[`table/${name}`], name).toEqual(expected[`table/${name}`]);
    const { values } = COLUMNS.runs as Column;
    expect(report.part['table/runs']).toEqual(
      digest('int', [1000], (values as Int32Array).slice(1000, 2000)),
    );
    expect(report['part root']).toMatchObject({ note: 'added by NCO' });
  });

  it('h5dump reads all of it', () => {
    expect(report.h5dump).toBe(0);
  });
});
