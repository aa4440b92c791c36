/** A journal on the disk: what is read back after cuts, flips, foreign files, links and compaction. */
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageError, UsageError } from '../../../src/errors.js';
import { type Journal, loadJournal, openJournal } from '../../../src/run/ledger/journal.js';
import { HEADER, type JournalEntry, MAX_LINE_BYTES } from '../../../src/run/ledger/line.js';

const root = mkdtempSync(join(tmpdir(), 'harvest-journal-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder = '';
let path = '';
let folders = 0;
function freshFolder(): void {
  folder = join(root, String(folders++));
  mkdirSync(folder);
  path = join(folder, 'main.journal');
}
beforeEach(freshFolder);

const usable = ({ value }: JournalEntry): boolean => typeof value === 'string';
const open = (keepRemovals = true): Promise<Journal> => openJournal(path, { usable, keepRemovals });
const entry = (key: string, value: string | null, at = 1): JournalEntry => ({ kind: 'k', key, at, value });

type State = Record<string, unknown>;
function stateOf(entries: Iterable<JournalEntry>): State {
  const state = new Map<string, unknown>();
  for (const { key, value } of entries) state.set(key, value);
  return Object.fromEntries([...state].filter(([, value]) => value !== null).sort());
}
async function stateOnDisk(): Promise<State> {
  return stateOf((await loadJournal(path, usable))?.entries.values() ?? []);
}

/** Puts and removals of few keys, with text of all kinds. */
const steps = fc.array(
  fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'a b', ''), fc.option(fc.string({ unit: 'binary', maxLength: 40 })))
    .map(([key, value]) => entry(key, value)),
  { minLength: 1, maxLength: 12 },
);
/** Where each line that is not blank ends: the offset of the newline after it. */
function lineEnds(bytes: Buffer): number[] {
  return [...bytes.keys()].filter((i) => bytes[i] === 0x0a && i > 0 && bytes[i - 1] !== 0x0a);
}
/** Makes a journal of these steps and gives its bytes. */
async function written(entries: readonly JournalEntry[]): Promise<Buffer> {
  freshFolder();
  const journal = await open();
  for (const step of entries) await journal.append([step], false);
  await journal.close();
  return readFileSync(path);
}

describe('a journal', () => {
  it('is lines of a checksum and JSON that any tool can check, a header first', async () => {
    const bytes = await written([entry('a', 'é\n', 5), entry('a', null, 6)]);
    const lines = bytes.toString().split('\n').filter(Boolean);
    expect(lines.map((line) => JSON.parse(line.slice(9)))).toEqual([
      { format: 'harvest-ledger', version: 1 },
      ['k', 'a', 5, 'é\n'],
      ['k', 'a', 6, null],
    ]);
    for (const line of lines)
      expect(line.slice(0, 9)).toBe(`${crc32(line.slice(9)).toString(16).padStart(8, '0')} `);
  });

  it('that is not there is nothing; one that was opened is there and empty', async () => {
    expect(await loadJournal(path, usable)).toBeUndefined();
    await (await open()).close();
    expect(await loadJournal(path, usable)).toMatchObject({ header: true, lines: 0, damagedLines: 0 });
    expect(readdirSync(folder)).toEqual(['main.journal']);
  });

  it('keeps what is put durably at once, the rest at the next durable put, flush or close', async () => {
    const journal = await open();
    await journal.append([entry('a', '1')], false);
    expect(await stateOnDisk()).toEqual({});
    expect(stateOf(journal.entries.values())).toEqual({ a: '1' });
    await journal.append([entry('b', '2')], true);
    expect(await stateOnDisk()).toEqual({ a: '1', b: '2' });
    await journal.append([entry('c', '3')], false);
    await journal.flush();
    expect(await stateOnDisk()).toEqual({ a: '1', b: '2', c: '3' });
    await journal.append([entry('a', null)], false);
    await journal.close();
    expect(await stateOnDisk()).toEqual({ b: '2', c: '3' });
    await journal.close();
    await expect(journal.append([entry('d', '4')], true)).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
  });

  it('writes what waits in memory once it is much, so that memory stays bounded', async () => {
    const journal = await open();
    for (let i = 0; i < 40; i++) await journal.append([entry(String(i), 'x'.repeat(10_000))], false);
    expect(Object.keys(await stateOnDisk()).length).toBeGreaterThan(20);
    await journal.close();
    expect(Object.keys(await stateOnDisk())).toHaveLength(40);
  });

  it('takes puts that overlap in the order of the calls', async () => {
    const journal = await open();
    const puts = Array.from({ length: 200 }, (_, i) =>
      journal.append([entry(`key ${i % 7}`, String(i))], i % 3 === 0),
    );
    await Promise.all([...puts, journal.flush(), journal.close()]);
    const last = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`key ${i % 7}`, String(i)] as const),
    );
    expect(await stateOnDisk()).toEqual(last);
  });

  it('of lines longer than a chunk of the reader is read back; a line that no reader takes is refused', async () => {
    const journal = await open();
    const long = 'é'.repeat(1_300_000);
    await journal.append([entry('long', long), entry('next', '1')], true);
    await expect(journal.append([entry('a', 'x'.repeat(MAX_LINE_BYTES))], true)).rejects.toThrow(RangeError);
    await journal.append([entry('after', '2')], true);
    await journal.close();
    expect(await stateOnDisk()).toEqual({ after: '2', long, next: '1' });
  });
});

describe('damage', () => {
  it('by a cut at any byte leaves what was put before it, and what is put afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.double({ min: 0, max: 1, noNaN: true }), async (puts, where) => {
        const bytes = await written(puts);
        const ends = lineEnds(bytes).slice(1);
        const headerEnd = lineEnds(bytes)[0] ?? 0;
        const cut = headerEnd + Math.floor(where * (bytes.length - headerEnd + 1));
        truncateSync(path, cut);
        const found = await stateOnDisk();
        expect(found).toEqual(stateOf(puts.slice(0, ends.filter((end) => end <= cut).length)));

        const journal = await open();
        await journal.append([entry('later', 'x')], true);
        await journal.close();
        expect(await stateOnDisk()).toEqual({ ...found, later: 'x' });
        expect((await loadJournal(path, usable))?.damagedLines).toBe(0);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('of any one byte costs at most the line that it is in', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), fc.integer({ min: 1, max: 255 }), async (puts, at, flip) => {
        const bytes = await written(puts);
        const i = at % bytes.length;
        bytes[i] = (bytes[i] ?? 0) ^ flip;
        writeFileSync(path, bytes);
        const allButOne = puts.map((_, lost) => stateOf(puts.filter((_step, n) => n !== lost)));
        expect([stateOf(puts), ...allButOne]).toContainEqual(await stateOnDisk());
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('of every bit of the newlines between two lines costs at most one of them', async () => {
    const bytes = await written([entry('a', '1'), entry('b', '2')]);
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] !== 0x0a) continue;
      for (let bit = 0; bit < 8; bit++) {
        const damaged = Buffer.from(bytes);
        damaged[i] = 0x0a ^ (1 << bit);
        writeFileSync(path, damaged);
        expect(Object.keys(await stateOnDisk()).length).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('is counted, and gone when the journal was opened for writing', async () => {
    const bytes = await written([entry('a', '1'), entry('b', '2'), entry('c', '3')]);
    writeFileSync(path, bytes.toString().replace('"2"', '"9"'));
    appendFileSync(path, 'torn');
    expect(await loadJournal(path, usable)).toMatchObject({ damagedLines: 2, lines: 2 });
    const journal = await open();
    expect(journal.damagedLines).toBe(2);
    await journal.close();
    expect(await loadJournal(path, usable)).toMatchObject({ damagedLines: 0, lines: 2 });
    expect(await stateOnDisk()).toEqual({ a: '1', c: '3' });
  });

  it('is also a value that is not of its kind, and an entry of another shape', async () => {
    await written([entry('a', '1')]);
    const line = (json: string): string => `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
    for (const json of ['["k","b",1,7]', '["k","c",1]', '["k",1,1,"x"]', '["k","d","1","x"]', 'null', '{]'])
      appendFileSync(path, line(json));
    expect(await loadJournal(path, usable)).toMatchObject({ damagedLines: 6, lines: 1 });
  });

  it('by zeros at the end, as after a power cut, or an empty file: nothing is lost and nothing counted', async () => {
    await written([entry('a', '1')]);
    appendFileSync(path, Buffer.alloc(4096));
    expect(await loadJournal(path, usable)).toMatchObject({ damagedLines: 0, lines: 1 });
    const journal = await open();
    await journal.append([entry('b', '2')], true);
    await journal.close();
    expect(await stateOnDisk()).toEqual({ a: '1', b: '2' });
    for (const content of [Buffer.alloc(0), Buffer.alloc(512)]) {
      writeFileSync(path, content);
      await (await open()).close();
      expect(await loadJournal(path, usable)).toMatchObject({ header: true, lines: 0, damagedLines: 0 });
    }
  });

  it('by a line without an end is read in bounded memory, and the lines after it are used', async () => {
    await written([entry('a', '1')]);
    appendFileSync(path, Buffer.alloc(40 * 1024 * 1024, 'x'));
    const json = '["k","b",1,"2"]';
    appendFileSync(path, `\n${crc32(json).toString(16).padStart(8, '0')} ${json}\n`);
    expect(await loadJournal(path, usable)).toMatchObject({ damagedLines: 1, lines: 2 });
  });
});

describe('a file that is no journal', () => {
  it.each([
    ['text', 'any text\nand more\n', StorageError, 'LEDGER_FOREIGN'],
    ['bytes', Buffer.from([0x89, 0x48, 0x44, 0x46, 0xff, 0x0a]), StorageError, 'LEDGER_FOREIGN'],
    ['header', JSON.stringify({ format: 'other', version: 1 }), StorageError, 'LEDGER_FOREIGN'],
    ['newer', JSON.stringify({ ...HEADER, version: 2 }), UsageError, 'LEDGER_VERSION'],
  ])('is refused with advice and left as it is: %s', async (kind, content, type, code) => {
    const line = `${crc32(content).toString(16).padStart(8, '0')} ${content}\n`;
    const bytes = kind === 'header' || kind === 'newer' ? line : content;
    writeFileSync(path, bytes);
    for (const attempt of [() => loadJournal(path, usable), open]) {
      const error: unknown = await attempt().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ code, position: { file: path }, hint: expect.stringContaining('.') });
    }
    expect(readFileSync(path)).toEqual(Buffer.from(bytes));
  });

  it('such as a symbolic link, a folder or a pipe is refused', async () => {
    const target = join(folder, 'target');
    writeFileSync(target, '');
    symlinkSync(target, path);
    await expect(open()).rejects.toMatchObject({ code: 'LEDGER_FOREIGN' });
    await expect(loadJournal(path, usable)).rejects.toBeInstanceOf(StorageError);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('');
    rmSync(path);
    mkdirSync(path);
    await expect(open()).rejects.toMatchObject({ code: 'LEDGER_FOREIGN' });
    await expect(loadJournal(path, usable)).rejects.toMatchObject({ code: 'LEDGER_FOREIGN' });
  });
});

describe('compaction', () => {
  const big = 'x'.repeat(10_000);

  it('at close leaves the live lines only, once most of more than 1 MB is dead', async () => {
    const journal = await open();
    for (let i = 0; i < 400; i++) await journal.append([entry(`key ${i % 100}`, `${i} ${big}`)], false);
    await journal.flush();
    expect(statSync(path).size).toBeGreaterThan(4_000_000);
    await journal.close();
    expect(statSync(path).size).toBeLessThan(1_010_000);
    const state = await stateOnDisk();
    expect(Object.keys(state)).toHaveLength(100);
    expect(state['key 42']).toBe(`342 ${big}`);
    expect(readdirSync(folder)).toEqual(['main.journal']);
  });

  it('at opening does the same for what a killed process left, its temporary file included', async () => {
    const journal = await open();
    for (let i = 0; i < 300; i++) await journal.append([entry('a', `${i} ${big}`)], false);
    await journal.flush();
    writeFileSync(`${path}.tmp`, 'half');
    const again = await open();
    expect(statSync(path).size).toBeLessThan(11_000);
    expect(existsSync(`${path}.tmp`)).toBe(false);
    await again.append([entry('b', '1')], true);
    await again.close();
    expect(await stateOnDisk()).toEqual({ a: `299 ${big}`, b: '1' });
  });

  it('is not worth it for a small file, nor where half of the lines live', async () => {
    const journal = await open();
    for (let i = 0; i < 90; i++) await journal.append([entry('a', big)], false);
    await journal.close();
    expect(statSync(path).size).toBeGreaterThan(900_000);
    const again = await open();
    for (let i = 0; i < 90; i++) await again.append([entry(String(i), big)], false);
    await again.close();
    expect(statSync(path).size).toBeGreaterThan(1_800_000);
  });

  it('keeps removals only where other journals may hold the key', async () => {
    for (const [keepRemovals, lines] of [
      [true, 2],
      [false, 1],
    ] as const) {
      freshFolder();
      const journal = await open(keepRemovals);
      for (let i = 0; i < 200; i++) await journal.append([entry('a', big)], false);
      await journal.append([entry('a', null), entry('b', '1')], false);
      await journal.close();
      expect((await loadJournal(path, usable))?.lines).toBe(lines);
      expect(await stateOnDisk()).toEqual({ b: '1' });
    }
  });
});
