/** The ledger of a work folder: records of each kind, several journals joined, the shards' folded into the main one. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadJournal, openJournal } from '../../../src/run/ledger/journal.js';
import { openLedger, readLedger } from '../../../src/run/ledger/ledger.js';
import type { LedgerKind, LedgerKinds } from '../../../src/run/ledger/records.js';
import { downloadRecord, everythingIn, inputRecord, stationRecord } from './records.js';

const root = mkdtempSync(join(tmpdir(), 'harvest-ledger-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder = '';
let folders = 0;
beforeEach(() => {
  folder = join(root, String(folders++), 'ledger');
});
afterEach(() => {
  vi.useRealTimers();
});

const SHARD = 'shard-1-of-2';
const OTHER = 'shard-2-of-2';

/** Opens, puts these stations by key, closes. */
async function put(writer: string, records: Readonly<Record<string, number | null>>): Promise<void> {
  const ledger = await openLedger(folder, writer);
  for (const [key, i] of Object.entries(records))
    await (i === null ? ledger.remove('station', key) : ledger.put('station', key, stationRecord(i)));
  await ledger.close();
}
const stations = async (): Promise<Record<string, unknown>> => everythingIn(await readLedger(folder)).station;

describe('a ledger', () => {
  it('gives back each kind of record, in this run and in the next', async () => {
    const ledger = await openLedger(folder, 'main');
    const station = stationRecord(7);
    await ledger.put('station', 'igra2/x/USM7', station, { durable: true });
    await ledger.put('input', '/a b/\nc', inputRecord(1));
    const { listing: _, ...unlisted } = inputRecord(2);
    await ledger.put('input', '/a', unlisted);
    await ledger.put('download', '/a', downloadRecord(3));
    await ledger.put('input', 'gone', inputRecord(4));
    await ledger.remove('input', 'gone');
    await ledger.remove('input', 'never there');
    const expected = {
      station: { 'igra2/x/USM7': stationRecord(7) },
      input: { '/a b/\nc': inputRecord(1), '/a': unlisted },
      download: { '/a': downloadRecord(3) },
    };
    expect(everythingIn(ledger)).toEqual(expected);
    expect(ledger.get('input', '/a')).toEqual(unlisted);
    expect(ledger.get('input', 'gone')).toBeUndefined();
    expect(ledger.get('station', '/a')).toBeUndefined();
    await ledger.close();
    await expect(ledger.put('station', 'late', station)).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });

    expect(everythingIn(await readLedger(folder))).toEqual(expected);
    const next = await openLedger(folder, 'main');
    expect(everythingIn(next)).toEqual(expected);
    expect(next.damagedLines).toBe(0);
    await next.close();
  });

  it('keeps what was put, not what the caller makes of it afterwards', async () => {
    const ledger = await openLedger(folder, 'main');
    const station = stationRecord(7);
    const done = ledger.put('station', 'a', station);
    station.fingerprint = 'changed';
    station.files.length = 0;
    await done;
    expect(ledger.get('station', 'a')).toEqual(stationRecord(7));
    await ledger.close();
  });

  it('refuses a value that the next run would not take for a record', async () => {
    const ledger = await openLedger(folder, 'main');
    const station = {
      ...stationRecord(1),
      files: [{ name: 'a', sha256: 'b', bytes: Number.NaN, mtimeMs: 1 }],
    };
    await expect(ledger.put('station', 'a', station)).rejects.toThrow(TypeError);
    expect(ledger.get('station', 'a')).toBeUndefined();
    await ledger.close();
    expect(await stations()).toEqual({});
  });

  it('is the same as a Map after any calls, one after the other or overlapping, by any writers', async () => {
    const call = fc.record({
      kind: fc.constantFrom<LedgerKind>('station', 'input', 'download'),
      key: fc.constantFrom('a', '__proto__', 'constructor', ' b', ''),
      i: fc.option(fc.nat(1000)),
      durable: fc.boolean(),
    });
    const run = fc.record({
      writer: fc.constantFrom('main', SHARD, OTHER),
      overlap: fc.boolean(),
      calls: fc.array(call, { maxLength: 12 }),
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
        const place = join(root, `property-${count++}`);
        const oracle = new Map<string, unknown>();
        for (const { writer, overlap, calls } of runs) {
          const ledger = await openLedger(place, writer);
          const done: Promise<void>[] = [];
          for (const { kind, key, i, durable } of calls) {
            if (i === null) {
              done.push(ledger.remove(kind, key));
              oracle.delete(`${kind}:${key}`);
            } else {
              const makers = { station: stationRecord, input: inputRecord, download: downloadRecord };
              const value = makers[kind](i);
              done.push(ledger.put(kind, key, value as LedgerKinds[typeof kind], { durable }));
              oracle.set(`${kind}:${key}`, value);
            }
            if (!overlap) await done.at(-1);
          }
          await Promise.all(done);
          await ledger.close();
          const flat = new Map<string, unknown>();
          const view = await readLedger(place);
          for (const kind of ['station', 'input', 'download'] as const)
            for (const [key, value] of view.entries(kind)) flat.set(`${kind}:${key}`, value);
          expect(flat).toEqual(oracle);
          expect(view.damagedLines).toBe(0);
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('of 3,000 stations and 6,000 inputs holds them all', async () => {
    const ledger = await openLedger(folder, 'main');
    for (let i = 0; i < 3000; i++) await ledger.put('station', `igra2/x/${i}`, stationRecord(i));
    for (let i = 0; i < 6000; i++) await ledger.put('input', `/archive/${i}`, inputRecord(i));
    await ledger.close();
    const again = await openLedger(folder, 'main');
    expect([...again.entries('station')]).toHaveLength(3000);
    expect(again.get('input', '/archive/5999')).toEqual(inputRecord(5999));
    await again.close();
  });
});

describe('several journals of one folder', () => {
  it('are joined for every reader, the later of two records wins', async () => {
    await put('main', { a: 1, b: 1 });
    await put(SHARD, { a: 2, c: 2 });
    await put(OTHER, { c: 3, b: null });
    const expected = { a: stationRecord(2), c: stationRecord(3) };
    expect(await stations()).toEqual(expected);
    expect(readdirSync(folder).sort()).toEqual(['main.journal', `${SHARD}.journal`, `${OTHER}.journal`]);
    const shard = await openLedger(folder, SHARD);
    expect(everythingIn(shard).station).toEqual(expected);
    await shard.close();
  });

  it('are one again after the next main run has opened it, removals included', async () => {
    await put('main', { a: 1, b: 1 });
    await put(SHARD, { a: 2, b: null });
    const ledger = await openLedger(folder, 'main');
    expect(readdirSync(folder)).toEqual(['main.journal']);
    expect(everythingIn(ledger).station).toEqual({ a: stationRecord(2) });
    // It is on the disk before the shard's journal is gone, without any further call.
    expect(await stations()).toEqual({ a: stationRecord(2) });
    await ledger.close();
  });

  it('that a main run has read but not removed, because it was killed, change nothing', async () => {
    await put('main', { a: 1 });
    await put(SHARD, { a: 2 });
    const left = readFileSync(join(folder, `${SHARD}.journal`));
    await put('main', {});
    writeFileSync(join(folder, `${SHARD}.journal`), left);
    await put('main', {});
    expect(await stations()).toEqual({ a: stationRecord(2) });
    const own = await loadJournal(join(folder, 'main.journal'), () => true);
    expect(own?.lines).toBe(2);
  });

  it('are joined rightly where a clock was set back between two runs', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 2_000_000_000_000 });
    await put('main', { a: 1, b: 1 });
    vi.setSystemTime(1_000_000_000_000);
    await put(SHARD, { a: 2, b: null });
    expect(await stations()).toEqual({ a: stationRecord(2) });
    await put('main', { a: 3 });
    expect(await stations()).toEqual({ a: stationRecord(3) });
  });

  it('of writers at the same time do not disturb one another', async () => {
    const [one, two] = await Promise.all([openLedger(folder, SHARD), openLedger(folder, OTHER)]);
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        (i % 2 ? one : two).put('station', String(i), stationRecord(i), { durable: i % 5 === 0 }),
      ),
    );
    expect(one.get('station', '0')).toBeUndefined();
    await Promise.all([one.close(), two.close()]);
    const all = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [String(i), stationRecord(i)]));
    expect(await stations()).toEqual(all);
  });

  it('are left alone where they are of no writer: other names are not read and not removed', async () => {
    await put(SHARD, { a: 1 });
    for (const name of ['notes.txt', 'copy of main.journal', 'shard-0-of-2.journal', 'main.journal.old'])
      writeFileSync(join(folder, name), 'mine');
    await put('main', {});
    expect(readdirSync(folder)).toHaveLength(5);
    expect(await stations()).toEqual({ a: stationRecord(1) });
    await expect(openLedger(folder, '../main')).rejects.toThrow(TypeError);
  });
});

describe('reading only', () => {
  it('makes nothing, not even the folder', async () => {
    expect(everythingIn(await readLedger(folder))).toEqual({ station: {}, input: {}, download: {} });
    expect(existsSync(folder)).toBe(false);
  });

  it('while a run writes sees what is on the disk, and leaves the journals as they are', async () => {
    await put(SHARD, { a: 1 });
    const running = await openLedger(folder, OTHER);
    await running.put('station', 'b', stationRecord(2), { durable: true });
    await running.put('station', 'c', stationRecord(3));
    const before = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(Object.keys(await stations())).toEqual(['a', 'b']);
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(before);
    await running.close();
    expect(Object.keys(await stations())).toEqual(['a', 'b', 'c']);
  });
});

describe('what cannot be used', () => {
  it('is left out and counted: records of another shape or kind, from this journal and from others', async () => {
    await put('main', { good: 1 });
    const entries = [
      { kind: 'station', key: 'bad', at: 1, value: { ...stationRecord(1), files: [{ name: 'a' }] } },
      { kind: 'station', key: 'good', at: 9e12, value: { ...stationRecord(1), report: null } },
      { kind: 'input', key: 'bad', at: 1, value: { stamp: { bytes: 1 }, sha256: 'x' } },
      { kind: 'input', key: 'bad', at: 1, value: { ...inputRecord(1), listing: { result: 1 } } },
      { kind: 'download', key: 'bad', at: 1, value: { ...downloadRecord(1), etag: 7 } },
      { kind: 'toString', key: 'bad', at: 1, value: {} },
    ];
    for (const writer of [SHARD, 'main']) {
      const path = join(folder, `${writer}.journal`);
      const journal = await openJournal(path, { usable: () => true, keepRemovals: true });
      await journal.append(entries, true);
      await journal.close();
    }
    const view = await readLedger(folder);
    expect(view.damagedLines).toBe(12);
    expect(everythingIn(view)).toEqual({ station: { good: stationRecord(1) }, input: {}, download: {} });
    const ledger = await openLedger(folder, 'main');
    expect(ledger.damagedLines).toBe(12);
    await ledger.close();
    expect((await readLedger(folder)).damagedLines).toBe(0);
    expect(await stations()).toEqual({ good: stationRecord(1) });
  });

  it('stops the run where it is a file of something else: nothing is overwritten', async () => {
    await put(SHARD, { a: 1 });
    const foreign = join(folder, 'main.journal');
    writeFileSync(foreign, 'a text of mine\n');
    for (const attempt of [
      () => openLedger(folder, 'main'),
      () => openLedger(folder, SHARD),
      () => readLedger(folder),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'LEDGER_FOREIGN', position: { file: foreign } });
    expect(readFileSync(foreign, 'utf8')).toBe('a text of mine\n');
  });

  it('is a folder that is a file, or may not be written: an error of the disk with its path', async () => {
    writeFileSync(join(root, 'file'), '');
    const inFile = openLedger(join(root, 'file', 'ledger'), 'main');
    await expect(inFile).rejects.toMatchObject({ name: 'StorageError', code: 'ENOTDIR' });
    if (process.getuid?.() === 0) return;
    await put('main', {});
    chmodSync(folder, 0o500);
    await expect(openLedger(folder, SHARD)).rejects.toMatchObject({ name: 'StorageError', code: 'EACCES' });
    chmodSync(folder, 0o700);
  });
});
