/** Where exports go: names that say no format, symbolic links, pipes whose reader leaves, and what stands beside a CSV file. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { StorageError, UsageError } from '../../src/errors.js';
import { exportStations } from '../../src/export/index.js';
import { fileSink, gzipSink, ReaderGone } from '../../src/tabular/sink.js';
import { createWorkspace } from '../cli/workspace.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { exported, requestOf } from './exports.js';

const MKFIFO = 'mkfifo';
const space = createWorkspace();
/** A small table, quickly written. */
const UNITS = { tables: ['units'] };
let file = '';
beforeAll(async () => {
  file = join(await demoOutputs(), 'output', 'igra2', '0-20000-0-99003_igra2_harvested.nc');
});

/** An empty folder. */
function folderOf(name: string): string {
  mkdirSync(space.path(name));
  return space.path(name);
}

describe('a name that says no format', () => {
  it.each(['a.txt', 'noext', 'nowhere.nc', 'packed.gz', 'there.dat'])('is a mistake: %s', async (name) => {
    const folder = folderOf(`no-format-${name}`);
    if (name === 'there.dat') writeFileSync(join(folder, name), 'kept');
    const before = readdirSync(folder);
    const error = await exported([file], join(folder, name), UNITS).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      code: 'UNKNOWN_FORMAT',
      hint: expect.stringMatching(/--format.*\/ at the end/),
    });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('is one of a file where the format is given', async () => {
    const folder = folderOf('given');
    for (const name of ['noext', 'a.txt'])
      await exported([file], join(folder, name), { ...UNITS, format: 'csv', units: 'none' });
    expect(readdirSync(folder)).toEqual(['a.txt', 'noext']);
    expect(readFileSync(join(folder, 'noext'), 'utf8')).toMatch(/^units,/);
  });

  it('is one of a folder with a slash at its end, or where a folder is', async () => {
    const folder = folderOf('there.folder');
    const [first] = await exported([file], folder, UNITS);
    expect(first?.path).toBe(join(folder, '0-20000-0-99003_igra2_units.parquet'));
    const [second] = await exported([file], `${space.path('new.folder')}/`, UNITS);
    expect(second?.path).toBe(space.path('new.folder', '0-20000-0-99003_igra2_units.parquet'));
  });

  it('is no name at all', async () => {
    await expect(exported([file], '', UNITS)).rejects.toThrow(UsageError);
    await expect(exported([file], '', { ...UNITS, format: 'csv' })).rejects.toThrow(/--output has no name/);
  });
});

describe('a symbolic link as output', () => {
  it.each(['file.csv', 'not-there.csv'])('stays one; what it points to is written: %s', async (name) => {
    const folder = folderOf(`link-${name}`);
    mkdirSync(join(folder, 'data'));
    if (name === 'file.csv') writeFileSync(join(folder, 'data', name), 'old');
    symlinkSync(join('data', name), join(folder, 'first.csv'));
    symlinkSync('first.csv', join(folder, 'link.csv'));
    await exported([file], join(folder, 'link.csv'), UNITS);
    expect(readlinkSync(join(folder, 'link.csv'))).toBe('first.csv');
    expect(readlinkSync(join(folder, 'first.csv'))).toBe(join('data', name));
    expect(readFileSync(join(folder, 'data', name), 'utf8')).toMatch(/^units,/);
    expect(lstatSync(join(folder, 'data', name)).isFile()).toBe(true);
    // The units go with the file, by its own name.
    expect(readdirSync(folder)).toEqual(['data', 'first.csv', 'link.csv']);
    expect(readdirSync(join(folder, 'data'))).toEqual([name, `${name}-metadata.json`]);
    const { url } = JSON.parse(readFileSync(join(folder, 'data', `${name}-metadata.json`), 'utf8')) as {
      url: string;
    };
    expect(url).toBe(name);
  });

  it('that leads nowhere or in a circle is a storage error', async () => {
    symlinkSync('no-such-folder/x.csv', space.path('nowhere.csv'));
    symlinkSync('circle.csv', space.path('circle.csv'));
    for (const name of ['nowhere.csv', 'circle.csv'])
      await expect(exported([file], space.path(name), UNITS), name).rejects.toThrow(StorageError);
  });

  it('in a folder of exports must not lead to what is exported', async () => {
    const folder = folderOf('to-input');
    writeFileSync(join(folder, 'station.nc'), readFileSync(file));
    mkdirSync(join(folder, 'out'));
    symlinkSync('../station.nc', join(folder, 'out', 'station_units.parquet'));
    const input = realpathSync(join(folder, 'station.nc'));
    await expect(exported([input], join(folder, 'out'), UNITS)).rejects.toMatchObject({
      code: 'OUTPUT_IS_INPUT',
    });
    expect(readFileSync(input).equals(readFileSync(file))).toBe(true);
  });
});

describe('a pipe', () => {
  it.each([false, true])('whose reader leaves has had enough; compressed: %s', async (isCompressed) => {
    const pipe = space.path(`pipe-${isCompressed}`);
    spawnSync(MKFIFO, [pipe]);
    const [reader, bare] = await Promise.all([open(pipe, 'r'), fileSink(pipe)]);
    const sink = isCompressed ? gzipSink(bare) : bare;
    await reader.close();
    const bytes = Buffer.from(Array.from({ length: 1 << 18 }, (_, i) => (i * i * 31) % 251));
    const all = async (): Promise<void> => {
      for (let i = 0; i < 8; i++) await sink.write(bytes);
      await sink.finish();
    };
    await expect(all()).rejects.toThrow(ReaderGone);
    await sink.abort();
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });
});

describe('the file of units beside a CSV file', () => {
  it('goes when the table is replaced by one without', async () => {
    const folder = folderOf('stale');
    const path = join(folder, 'x.csv');
    for (const units of ['none', 'header'] as const) {
      await exported([file], path, UNITS);
      expect(readdirSync(folder)).toEqual(['x.csv', 'x.csv-metadata.json']);
      await exported([file], path, { ...UNITS, units });
      expect(readdirSync(folder)).toEqual(['x.csv']);
    }
  });

  it.each([
    ['no JSON', 'mine'],
    ['other JSON', '{"a": [1]}'],
    ['no object', 'null'],
    [
      'of another table',
      '{"@context": "http://www.w3.org/ns/csvw", "url": "y.csv", "notes": [{"file": {}}]}',
    ],
    ['of another writer', '{"@context": "http://www.w3.org/ns/csvw", "url": "x.csv", "notes": [null]}'],
  ])('stays where it is not of an export: %s', async (name, text) => {
    const folder = folderOf(`other ${name}`);
    writeFileSync(join(folder, 'x.csv-metadata.json'), text);
    await exported([file], join(folder, 'x.csv'), { ...UNITS, units: 'none' });
    expect(readFileSync(join(folder, 'x.csv-metadata.json'), 'utf8')).toBe(text);
  });

  it('takes the table with it where it cannot get its name', async () => {
    const folder = folderOf('unnamed');
    const path = join(folder, 'x.csv');
    // The name is taken by a folder once the file of units has been begun: at the second look at the signal.
    let looks = 0;
    const signal = Object.assign(new AbortController().signal, {
      throwIfAborted() {
        if (++looks === 2) mkdirSync(`${path}-metadata.json`);
      },
    });
    await expect(exportStations(requestOf([file], path, UNITS), signal)).rejects.toThrow(StorageError);
    expect(looks).toBeGreaterThan(1);
    expect(readdirSync(folder)).toEqual(['x.csv-metadata.json']);
    rmSync(`${path}-metadata.json`, { recursive: true });
    await exported([file], path, UNITS);
    expect(existsSync(path)).toBe(true);
  });
});
