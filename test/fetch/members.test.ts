import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError, StorageError } from '../../src/errors.js';
import { openInput } from '../../src/fetch/members.js';
import type { InputFile } from '../../src/records/input.js';
import { createRandom } from '../support/random.js';
import { writeZip } from '../support/zip.js';

const MIB = 2 ** 20;
/** Open files are listed in /proc, and named pipes made with mkfifo, on Linux. */
const NO_PROC = process.platform !== 'linux';
const random = createRandom(3);
/** 5 MiB of text that shrinks as sounding text does. */
const TEXT = Buffer.from(
  Array.from(
    { length: 100_000 },
    () => `20 -9999 ${random.integer(1000, 99999)} -9999 ${random.integer(-900, 300)} -9999 -9999\n`,
  ).join(''),
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'members-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function chunksOf(input: InputFile, signal?: AbortSignal): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.chunks(signal)) chunks.push(chunk);
  return chunks;
}

const contentOf = async (input: InputFile): Promise<Buffer> => Buffer.concat(await chunksOf(input));

async function failure(action: Promise<unknown>): Promise<unknown> {
  try {
    await action;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('containers are told by content, not by name', () => {
  it.each([
    ['plain', 'a.zip', TEXT, 'a.zip'],
    ['gzip', 'b-data.txt.gz', gzipSync(TEXT), 'b-data.txt'],
    ['gzip without the ending', 'c.txt', gzipSync(TEXT), 'c.txt'],
    [
      'gzip of several members',
      'd.gz',
      Buffer.concat([gzipSync(TEXT.subarray(0, 999)), gzipSync(TEXT.subarray(999))]),
      'd',
    ],
    ['zip', 'e.txt', writeZip([{ name: 'e-data.txt', content: TEXT }]), 'e-data.txt'],
    ['stored zip', 'f.zip', writeZip([{ name: 'f-data.txt', content: TEXT, stored: true }]), 'f-data.txt'],
  ])('%s', async (_name, file, bytes, name) => {
    const path = await fileOf(file, bytes);
    const input = await openInput(path);
    expect(input).toMatchObject({ path, name });
    const chunks = await chunksOf(input);
    expect(Buffer.concat(chunks).equals(TEXT)).toBe(true);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(MIB);
    expect(chunks.length).toBeLessThanOrEqual(TEXT.length / MIB + 25);
    // Each call opens the file anew.
    expect((await contentOf(input)).equals(TEXT)).toBe(true);
  });

  it('what is neither zip nor gzip is plain', async () => {
    for (const text of ['P', 'PK', 'PKabc', '\x1f', '#']) {
      expect(
        (await contentOf(await openInput(await fileOf('short', Buffer.from(text, 'latin1'))))).toString(
          'latin1',
        ),
      ).toBe(text);
    }
  });

  it.skipIf(NO_PROC)(
    'reading may stop early, time and again, without a file left open (skipped without /proc)',
    async () => {
      const inputs = [
        await openInput(await fileOf('plain', TEXT)),
        await openInput(await fileOf('gz', gzipSync(TEXT))),
        await openInput(await fileOf('zip', writeZip([{ name: 'x', content: TEXT }]))),
      ];
      for (const input of inputs) {
        for (let i = 0; i < 50; i++) for await (const _ of input.chunks()) break;
      }
      // Closing is the last thing that a stream does, a moment after it was left.
      const open = (): string[] =>
        execFileSync('ls', ['-l', `/proc/${process.pid}/fd`], { encoding: 'utf8' })
          .split('\n')
          .filter((line) => line.includes(folder));
      await expect.poll(open, { timeout: 5000 }).toEqual([]);
    },
  );

  it('reading stops when the signal says so', async () => {
    for (const bytes of [TEXT, gzipSync(TEXT), writeZip([{ name: 'x', content: TEXT }])]) {
      const input = await openInput(await fileOf('signal', bytes));
      const stop = new AbortController();
      const run = async (): Promise<void> => {
        for await (const _ of input.chunks(stop.signal)) stop.abort(new Error('enough'));
      };
      await expect(run()).rejects.toThrow('enough');
    }
  });
});

describe('ranges', () => {
  it.each([
    ['a plain file', 'r.txt', TEXT],
    ['a stored member', 'r.zip', writeZip([{ name: 'f-data.txt', content: TEXT, stored: true }])],
  ])('%s gives any of its bytes', async (_, name, bytes) => {
    const { read } = await openInput(await fileOf(name, bytes));
    const length = TEXT.length;
    for (const [from, to] of [
      [0, 1],
      [5, 5],
      [1_000_000, 1_000_100],
      [length - 3, length],
    ] as const)
      expect(Buffer.from((await read?.(from, to)) ?? []).equals(TEXT.subarray(from, to))).toBe(true);
    expect(Buffer.from((await read?.(length - 3, length + 100)) ?? []).equals(TEXT.subarray(-3))).toBe(true);
    expect(await read?.(length, length + 100)).toHaveLength(0);
    expect(await read?.(length + 50, length + 100)).toHaveLength(0);
  });

  it.each([
    ['gzip', 'r.gz', gzipSync(TEXT)],
    ['a deflated member', 'd.zip', writeZip([{ name: 'f-data.txt', content: TEXT }])],
  ])('%s has none', async (_, name, bytes) => {
    expect((await openInput(await fileOf(name, bytes))).read).toBeUndefined();
  });

  it('a file that is gone by then is an error that names it', async () => {
    const path = await fileOf('gone.txt', TEXT);
    const { read } = await openInput(path);
    await rm(path);
    await expect(read?.(0, 10)).rejects.toThrow(StorageError);
  });
});

describe('damaged gzip', () => {
  const whole = gzipSync(TEXT);
  it('that ends early is GZIP_TRUNCATED wherever it ends, and never looks whole', async () => {
    for (const length of [
      3,
      10,
      11,
      500,
      whole.length >> 1,
      whole.length - 9,
      whole.length - 8,
      whole.length - 1,
    ]) {
      const path = await fileOf('cut.gz', whole.subarray(0, length));
      const error = await failure(openInput(path).then(contentOf));
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code: 'GZIP_TRUNCATED', position: { file: path } });
    }
  });

  it.each([
    ['a changed byte', (bytes: Buffer) => bytes.fill(0x55, 5000, 5020)],
    ['a wrong checksum', (bytes: Buffer) => bytes.fill(0, bytes.length - 8, bytes.length - 4)],
    ['garbage after the end', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('garbage')])],
  ])('%s is GZIP_DAMAGED', async (_name, damage) => {
    const path = await fileOf('damaged.gz', damage(Buffer.from(whole)));
    const error = await failure(openInput(path).then(contentOf));
    expect(error).toMatchObject({ code: 'GZIP_DAMAGED', position: { file: path } });
    expect((error as InputError).cause).toBeInstanceOf(Error);
  });

  it('a bomb is refused before it has grown', async () => {
    const path = await fileOf('bomb.gz', gzipSync(Buffer.alloc(100 * MIB)));
    const input = await openInput(path);
    let total = 0;
    const run = async (): Promise<void> => {
      for await (const chunk of input.chunks()) total += chunk.length;
    };
    await expect(run()).rejects.toMatchObject({ code: 'GZIP_BOMB' });
    expect(total).toBeLessThan(70 * MIB);
  });
});

describe('nothing to read', () => {
  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['gzip of nothing', gzipSync('')],
    ['zip of nothing', writeZip([{ name: 'x', content: Buffer.alloc(0) }])],
  ])('%s is INPUT_EMPTY', async (_name, bytes) => {
    const path = await fileOf('empty', bytes);
    const error = await failure(openInput(path).then(contentOf));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'INPUT_EMPTY', position: { file: path } });
  });

  it('a missing file and a folder are storage errors that name the path', async () => {
    const missing = join(folder, 'missing');
    const error = await failure(openInput(missing));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: 'ENOENT', position: { file: missing } });
    expect(await failure(openInput(folder))).toMatchObject({ code: 'EISDIR', position: { file: folder } });
  });

  it.skipIf(process.getuid?.() === 0)(
    'a file without permission is a storage error (skipped for root, who may read everything)',
    async () => {
      const path = await fileOf('locked', TEXT);
      await chmod(path, 0o000);
      expect(await failure(openInput(path))).toMatchObject({ code: 'EACCES', position: { file: path } });
    },
  );
});

describe('zeros after a gzip member', () => {
  it('are padding at the end, and an error before more data, which would be lost', async () => {
    const member = gzipSync('#abc\n');
    const padded = await openInput(await fileOf('padded.gz', Buffer.concat([member, Buffer.alloc(512)])));
    expect((await contentOf(padded)).toString()).toBe('#abc\n');
    const hidden = Buffer.concat([member, Buffer.alloc(512), member]);
    const input = await openInput(await fileOf('hidden.gz', hidden));
    expect(await failure(contentOf(input))).toMatchObject({ code: 'GZIP_TRAILING_BYTES' });
  });
});
