import { RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { fromArrow, toArrow } from '../../src/records/arrow.js';
import type { SoundingBatch } from '../../src/records/batch.js';
import { createBatchBuilder } from '../../src/records/builder.js';
import {
  type FeedbackColumn,
  type FeedbackValues,
  isNumeric,
  isUniform,
  uniformCodes,
  uniformNumbers,
} from '../../src/records/feedback.js';
import { createLevelSorter } from '../../src/records/levels.js';
import { compareContent, soundingsOf } from '../../src/records/sounding.js';

const COLUMNS: FeedbackColumn[] = [
  { name: 'an_depar@body', kind: 'real' },
  { name: 'statid@hdr', kind: 'text' },
];

/** One report whose rows have this feedback. */
function batchOf(rows: readonly [depar: number, statid: string][]): SoundingBatch {
  const builder = createBatchBuilder({ capacity: 1, feedback: COLUMNS });
  const texts = ['', ...new Set(rows.map(([, text]) => text))];
  for (const [depar, text] of rows) {
    builder.reserveRows(1);
    const [numbers, words] = builder.feedback;
    if (numbers === undefined || words === undefined || !isNumeric(numbers) || isNumeric(words))
      throw new Error('the builder lacks its columns');
    numbers.numbers[builder.rowCount] = depar;
    words.texts = texts;
    words.codes[builder.rowCount] = texts.indexOf(text);
    builder.rowCount++;
  }
  builder.endReport({
    launchTime: 0,
    nominalTime: 0,
    dateOnlyTime: Number.NaN,
    timeQuality: 1,
    latitude: 1,
    longitude: 2,
    inputFile: 0,
    byteOffset: 0,
    comment: '',
  });
  const batch = builder.take();
  if (batch === null) throw new Error('no batch');
  return batch;
}

function plain(values: readonly FeedbackValues[]): unknown[] {
  return values.map((column) =>
    isNumeric(column) ? [...column.numbers] : Array.from(column.codes, (code) => column.texts[code]),
  );
}

describe('feedback beside the observations', () => {
  const N = Number.NaN;

  it('is as long as the rows, with NaN and empty text where it was not set', () => {
    const builder = createBatchBuilder({ capacity: 1, feedback: COLUMNS });
    builder.reserveRows(5);
    builder.rowCount = 3;
    builder.endReport({ ...soundingFields(), comment: 'x' });
    const batch = builder.take();
    expect(plain(batch === null ? [] : batch.feedback)).toEqual([
      [N, N, N],
      ['', '', ''],
    ]);
  });

  it('comes through Arrow IPC as it went in', () => {
    const batch = batchOf([
      [1.5, 'a'],
      [N, ''],
      [-2, 'Ünï:6'],
      [0, 'a'],
    ]);
    const stored = toArrow(batch, COLUMNS);
    if (stored.feedback === null) throw new Error('no feedback');
    expect(stored.feedback.schema.fields.map(({ name }) => name)).toEqual(['an_depar@body', 'statid@hdr']);
    const bytes = new RecordBatchStreamWriter().writeAll([stored.feedback]).finish().toUint8Array(true);
    const back = tableFromIPC(bytes).batches[0];
    if (back === undefined) throw new Error('no batch came back');
    expect(plain(fromArrow({ ...stored, feedback: back }).feedback)).toEqual([
      [1.5, N, -2, 0],
      ['a', '', 'Ünï:6', 'a'],
    ]);
  });

  it('of a dropped report leaves nothing behind', () => {
    const builder = createBatchBuilder({ capacity: 4, feedback: COLUMNS });
    for (const column of builder.feedback) if (isNumeric(column)) column.numbers.fill(7);
    builder.rowCount = 2;
    builder.dropOpenReport();
    builder.rowCount = 2;
    builder.endReport(soundingFields());
    const batch = builder.take();
    expect(plain(batch === null ? [] : batch.feedback)[0]).toEqual([N, N]);
  });

  it('knows rows of one value', () => {
    const numbers = (...list: number[]) => ({ numbers: Float64Array.from(list) });
    const uniform = (list: number[], from = 0, to = list.length) => isUniform(numbers(...list), from, to);
    expect(uniform([2, 2, 2])).toBe(true);
    expect(uniform([2, 2, 3])).toBe(false);
    expect(uniform([1, 2, 2, 3], 1, 3)).toBe(true);
    expect(uniform([1, 2, 2, 3], 1, 4)).toBe(false);
    expect(uniform([N, N])).toBe(true);
    expect(uniform([N, 1])).toBe(false);
    expect(uniform([1, N])).toBe(false);
    expect(uniform([0, 0, 0])).toBe(true);
    expect(uniform([0, -0])).toBe(false);
    expect(uniform([-0, 0])).toBe(false);
    expect(uniform([3])).toBe(true);
    expect(isUniform({ codes: Int32Array.of(1, 1, 0), texts: ['', 'a'] }, 0, 3)).toBe(false);
    expect(isUniform({ codes: Int32Array.of(1, 1, 0), texts: ['', 'a'] }, 0, 2)).toBe(true);
    expect([...uniformNumbers(-0, 2), ...uniformCodes(3, 2)]).toEqual([-0, -0, 3, 3]);
    expect(isUniform({ numbers: uniformNumbers(5, 9).subarray(2, 7) }, 0, 5)).toBe(true);
  });

  it('tells apart rows and soundings that are equal otherwise', () => {
    const [same] = soundingsOf(
      batchOf([
        [1, 'a'],
        [1, 'a'],
        [2, 'a'],
        [2, 'b'],
      ]),
      'launch',
    );
    if (same === undefined) throw new Error('no sounding');
    const ordered = createLevelSorter().order(same);
    expect([...ordered.indices.subarray(0, ordered.length)]).toEqual([0, 2, 3]);
    expect(ordered.duplicates).toBe(1);
    const of = (depar: number, text: string) => {
      const [sounding] = soundingsOf(batchOf([[depar, text]]), 'launch');
      if (sounding === undefined) throw new Error('no sounding');
      return sounding;
    };
    expect(compareContent(of(1, 'a'), of(1, 'a'))).toBe(0);
    expect(compareContent(of(1, 'a'), of(2, 'a'))).toBe(-1);
    expect(compareContent(of(1, 'b'), of(1, 'a'))).toBe(1);
    expect(compareContent(of(N, 'a'), of(1, 'a'))).toBe(-1);
  });
});

function soundingFields() {
  return {
    launchTime: 0,
    nominalTime: 0,
    dateOnlyTime: Number.NaN,
    timeQuality: 1,
    latitude: 1,
    longitude: 2,
    inputFile: 0,
    byteOffset: 0,
    comment: '',
  };
}
