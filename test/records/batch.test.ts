import { RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromArrow, toArrow } from '../../src/records/arrow.js';
import type { SoundingBatch } from '../../src/records/batch.js';
import { createBatchBuilder, type ReportFields } from '../../src/records/builder.js';
import { release, soundingsOf } from '../../src/records/sounding.js';
import { batchOf, contentOf } from './soundings.js';

const REPORT: ReportFields = {
  launchTime: 1,
  nominalTime: 2,
  dateOnlyTime: Number.NaN,
  timeQuality: 1,
  latitude: 3,
  longitude: 4,
  inputFile: 0,
  byteOffset: 5,
  comment: 'x',
};

/** The batch after a way through the bytes of Arrow IPC. */
function throughIpc(batch: SoundingBatch): SoundingBatch {
  const { reports, observations } = toArrow(batch, []);
  const [r, o] = [reports, observations].map((batch) => {
    const bytes = new RecordBatchStreamWriter().writeAll([batch]).finish().toUint8Array(true);
    return tableFromIPC(bytes).batches[0];
  });
  if (r === undefined || o === undefined) throw new Error('no batch came back');
  return fromArrow({ reports: r, observations: o, feedback: null });
}

describe('a batch', () => {
  it('says in Arrow what its columns are', () => {
    const batch = toArrow(batchOf([{ rows: [{}] }]), []);
    const named = (fields: readonly { name: string; type: object }[]): string[] =>
      fields.map(({ name, type }) => `${name} ${type}`);
    expect(named(batch.observations.schema.fields)).toEqual([
      'observed_variable Int16',
      'value Float64',
      'z_coordinate Float64',
      'z_type Int8',
      'elapsed Float32',
      'quality Int8',
    ]);
    expect(named(batch.reports.schema.fields)).toEqual([
      'first_row Int32',
      'row_count Int32',
      'launch_time Float64',
      'nominal_time Float64',
      'date_only_time Float64',
      'time_quality Int8',
      'latitude Float64',
      'longitude Float64',
      'input_file Int32',
      'byte_offset Float64',
      'elevation Float64',
      'kind Int32',
      'number Float64',
      'sonde_type Int16',
      'begin_time Float64',
      'vertical_direction Int8',
      'platform_type Int8',
      'comment Utf8',
    ]);
    expect(batch.observations.numRows).toBe(1);
    expect(batch.feedback).toBeNull();
  });

  it('has positions by level where the builder keeps them', () => {
    const builder = createBatchBuilder({ capacity: 1, positions: true });
    builder.reserveRows(3);
    builder.rowCount = 2;
    builder.observations.latitude?.set([1.5], 1);
    builder.observations.longitude?.set([-2.5], 1);
    builder.endReport(REPORT);
    builder.observations.latitude?.set([9], 2);
    builder.rowCount = 3;
    builder.dropOpenReport();
    builder.rowCount = 3;
    builder.endReport(REPORT);
    const batch = builder.take();
    if (batch === null) throw new Error('no batch');
    const { latitude, longitude } = batch.observations;
    expect([...(latitude ?? [])]).toEqual([Number.NaN, 1.5, Number.NaN]);
    expect([...(longitude ?? [])]).toEqual([Number.NaN, -2.5, Number.NaN]);
  });

  it('comes through Arrow IPC as it went in, with NaN, huge offsets and any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const number = fc.double();
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            launch: number,
            nominal: number,
            latitude: number,
            byteOffset: fc.maxSafeInteger(),
            comment: text,
            rows: fc.array(
              fc.record({ value: number, z: number, quality: fc.integer({ min: -128, max: 127 }) }),
              {
                maxLength: 6,
              },
            ),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        (reports) => {
          const batch = batchOf(reports);
          const there = soundingsOf(batch, 'launch').map(contentOf);
          expect(soundingsOf(throughIpc(batch), 'launch').map(contentOf)).toEqual(there);
          expect(batch.reports.comment).toEqual(reports.map(({ comment }) => comment));
        },
      ),
      { seed: 5, numRuns: 100 },
    );
  });
});

describe('the builder', () => {
  it('grows without losing rows and gives each report its own', () => {
    const builder = createBatchBuilder({ capacity: 1 });
    for (let report = 0; report < 3; report++) {
      for (let row = 0; row < 10; row++) {
        builder.reserveRows(1);
        builder.observations.value[builder.rowCount++] = report * 10 + row;
      }
      builder.endReport(REPORT);
    }
    expect(builder.reportCount).toBe(3);
    const batch = builder.take();
    const { reports, observations } = batch as SoundingBatch;
    expect([...reports.firstRow]).toEqual([0, 10, 20]);
    expect([...reports.rowCount]).toEqual([10, 10, 10]);
    expect([...observations.value]).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it('forgets the open report, keeps reports without rows, and starts over after take', () => {
    const builder = createBatchBuilder({ capacity: 8 });
    builder.observations.value[builder.rowCount++] = 1;
    builder.endReport(REPORT);
    builder.observations.value[builder.rowCount++] = 2;
    builder.dropOpenReport();
    builder.endReport({ ...REPORT, comment: 'no rows' });
    const first = builder.take() as SoundingBatch;
    const kept = first.observations.value;
    expect([...kept]).toEqual([1]);
    expect([...first.reports.rowCount]).toEqual([1, 0]);
    expect(builder.take()).toBeNull();
    builder.observations.value[builder.rowCount++] = 3;
    builder.endReport(REPORT);
    expect([...(builder.take() as SoundingBatch).observations.value]).toEqual([3]);
    expect([...kept]).toEqual([1]);
  });

  it('refuses to be taken within a report', () => {
    const builder = createBatchBuilder({ capacity: 8 });
    builder.endReport(REPORT);
    builder.rowCount++;
    expect(() => builder.take()).toThrow('between reports');
  });

  it('writes the next rows into columns that came back, and into no others', () => {
    const builder = createBatchBuilder({ capacity: 2, positions: true });
    const next = (value: number, north?: number): SoundingBatch => {
      builder.observations.value[builder.rowCount] = value;
      if (north !== undefined) builder.observations.latitude?.set([north], builder.rowCount);
      builder.rowCount++;
      builder.endReport(REPORT);
      builder.endReport(REPORT);
      return builder.take() as SoundingBatch;
    };
    const first = next(1, 45);
    const [one, other] = soundingsOf(first, 'launch');
    const second = next(2, 46);
    if (one === undefined || other === undefined) throw new Error('no soundings');
    release(one);
    next(3);
    expect([...first.observations.value, ...second.observations.value]).toEqual([1, 2]);
    release(other);
    next(4);
    const fifth = next(5);
    // The second batch was never released; the first one's columns hold other rows now, missing where nothing was set.
    expect([...first.observations.value, ...second.observations.value]).toEqual([5, 2]);
    expect(fifth.observations.value.buffer).toBe(first.observations.value.buffer);
    expect([...(fifth.observations.latitude ?? [])]).toEqual([Number.NaN]);
  });
});
