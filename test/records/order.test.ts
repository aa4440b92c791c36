import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { StorageError } from '../../src/errors.js';
import type { SoundingBatch } from '../../src/records/batch.js';
import { OutOfOrder, orderSoundings } from '../../src/records/order.js';
import { compareSoundings, recordTimeOf, type Sounding, soundingsOf } from '../../src/records/sounding.js';
import { spillToBuckets } from '../../src/records/spill.js';
import { batchOf, contentOf, gather, type ReportOfRowsFields, streamOf } from './soundings.js';

const DAY = 86_400;
const folder = mkdtempSync(join(tmpdir(), 'order-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One batch per report, each with a comment that tells it apart. */
function batches(reports: readonly ReportOfRowsFields[]): SoundingBatch[] {
  return reports.map((report, i) => batchOf([{ byteOffset: i * 100, comment: `#${i}`, ...report }]));
}

function comments(soundings: readonly Sounding[]): string[] {
  return soundings.map(({ reports, index }) => reports.comment[index] ?? '');
}

describe('the record time', () => {
  const { reports } = soundingsOf(
    batchOf([
      { launch: 5, nominal: 7, dateOnly: 9 },
      { nominal: 7, dateOnly: 9 },
      { launch: 5, dateOnly: 9 },
      { dateOnly: 9 },
    ]),
    'launch',
  )[0] as Sounding;

  it('is the launch time, else the nominal time, else the date', () => {
    expect([0, 1, 2, 3].map((i) => recordTimeOf(reports, i, 'launch'))).toEqual([5, 7, 5, 9]);
  });

  it('is the nominal time, else the launch time, else the date, where the nominal time keys the records', () => {
    expect([0, 1, 2, 3].map((i) => recordTimeOf(reports, i, 'nominal'))).toEqual([7, 7, 5, 9]);
  });
});

describe('orderSoundings', () => {
  const order = (reports: readonly ReportOfRowsFields[]): Promise<Sounding[]> =>
    gather(orderSoundings(streamOf(batches(reports)), 'launch'));

  it('sorts what is at most two days late', async () => {
    const days = [10, 9, 8.5, 12, 10.5, 14, 13];
    expect((await order(days.map((day) => ({ launch: day * DAY })))).map((s) => s.time / DAY)).toEqual([
      8.5, 9, 10, 10.5, 12, 13, 14,
    ]);
  });

  it('hands soundings on before the end once two days have passed over them, and not earlier', async () => {
    const steps: string[] = [];
    async function* source(): AsyncGenerator<SoundingBatch> {
      for (const day of [0, 1, 1.999, 2, 3]) {
        steps.push(`in ${day}`);
        yield batchOf([{ launch: day * DAY, comment: String(day) }]);
      }
    }
    for await (const group of orderSoundings(source(), 'launch'))
      steps.push(`out ${comments(group).join(' ')}`);
    expect(steps).toEqual(['in 0', 'in 1', 'in 1.999', 'in 2', 'out 0', 'in 3', 'out 1', 'out 1.999 2 3']);
  });

  it('throws OutOfOrder for one that comes after its place was given away, also at exactly that time', async () => {
    const late = (day: number): Promise<Sounding[]> =>
      order([0, 3, day].map((launch) => ({ launch: launch * DAY })));
    await expect(late(-1)).rejects.toThrow(OutOfOrder);
    await expect(late(0)).rejects.toThrow('sounding of 1900-01-01T00:00:00Z arrives late');
    expect((await late(0.001)).map((s) => s.time / DAY)).toEqual([0, 0.001, 3]);
  });

  it('orders ties by nominal time, the missing first, then by file and place in it', async () => {
    const at = { launch: 100 * DAY };
    const sorted = await order([
      { ...at, nominal: 100.5 * DAY, comment: 'e' },
      { ...at, nominal: 100 * DAY, inputFile: 1, byteOffset: 5, comment: 'd' },
      { ...at, nominal: 100 * DAY, inputFile: 0, byteOffset: 50, comment: 'c' },
      { ...at, nominal: 100 * DAY, inputFile: 0, byteOffset: 7, comment: 'b' },
      { ...at, inputFile: 9, comment: 'a' },
    ]);
    expect(comments(sorted).join('')).toBe('abcde');
  });

  it('gives nothing for nothing', async () => {
    expect(await gather(orderSoundings(streamOf([]), 'launch'))).toEqual([]);
  });
});

describe('spillToBuckets', () => {
  const reportArbitrary = fc.record({
    launch: fc.oneof(
      fc.integer({ min: -20 * 365, max: 200 * 365 }).map((day) => day * DAY),
      // Ties, and both sides of the turn of a month.
      fc.constantFrom(0, DAY * 31 - 1, DAY * 31, Number.NaN),
    ),
    nominal: fc.constantFrom(0, 3600, DAY * 31),
    inputFile: fc.integer({ min: 0, max: 3 }),
    comment: fc.string({ unit: 'grapheme', maxLength: 5 }),
    rows: fc.array(
      fc.record({
        value: fc.double({ noNaN: true }),
        z: fc.double({ noNaN: true, min: 1, max: 1e5 }),
        elapsed: fc.constantFrom(Number.NaN, 0, 61),
        quality: fc.constantFrom(0, 1, 2, 6),
      }),
      { maxLength: 5 },
    ),
  });

  it('gives any soundings in the order of a plain sort, nothing changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(reportArbitrary, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
        fc.constantFrom('launch' as const, 'nominal' as const),
        async (groups, key) => {
          const all = groups.map((reports, i) =>
            batchOf(reports.map((report, j) => ({ byteOffset: i * 10 + j, ...report }))),
          );
          const expected = all.flatMap((batch) => soundingsOf(batch, key)).sort(compareSoundings);
          const spilled = await gather(spillToBuckets(streamOf(all), key, join(folder, 'property.tmp')));
          expect(spilled.map(contentOf)).toEqual(expected.map(contentOf));
        },
      ),
      { seed: 4, numRuns: 60 },
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives one group per month', async () => {
    const days = [40, 0, 30, 31, 366];
    const groups: number[][] = [];
    const path = join(folder, 'months.tmp');
    for await (const group of spillToBuckets(
      streamOf(batches(days.map((d) => ({ launch: d * DAY })))),
      'launch',
      path,
    )) {
      expect(existsSync(path)).toBe(true);
      groups.push(group.map((s) => s.time / DAY));
    }
    expect(groups).toEqual([[0, 30], [31, 40], [366]]);
    expect(existsSync(path)).toBe(false);
  });

  it('removes the temporary file after an error of the input, and when the consumer stops', async () => {
    const path = join(folder, 'failing.tmp');
    const source = streamOf(batches([{ launch: 0 }]), new Error('reader failed'));
    await expect(gather(spillToBuckets(source, 'launch', path))).rejects.toThrow('reader failed');
    expect(readdirSync(folder)).toEqual([]);
    const two = batches([{ launch: 0 }, { launch: 90 * DAY }]);
    for await (const group of spillToBuckets(streamOf(two), 'launch', path)) {
      expect(group).toHaveLength(1);
      break;
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never writes over a file that is there, nor where there is no folder', async () => {
    const path = join(folder, 'taken.tmp');
    writeFileSync(path, 'precious');
    await expect(gather(spillToBuckets(streamOf([]), 'launch', path))).rejects.toThrow(StorageError);
    expect(existsSync(path)).toBe(true);
    rmSync(path);
    const nowhere = join(folder, 'no', 'such.tmp');
    await expect(gather(spillToBuckets(streamOf([]), 'launch', nowhere))).rejects.toMatchObject({
      code: 'ENOENT',
      position: { file: nowhere },
    });
  });
});
