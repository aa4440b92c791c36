import { describe, expect, it } from 'vitest';
import type { ElementDefinition, TableDefinition } from '../../src/cdm/index.js';
import { FeedbackMisfit, feedbackGroups, NO_NEEDS, widened } from '../../src/match/feedback.js';
import { createFeedbackRows } from '../../src/match/feedback-rows.js';
import { createBatchBuilder } from '../../src/records/builder.js';
import type { FeedbackDescriptor } from '../../src/records/descriptor.js';
import { type FeedbackColumn, isNumeric } from '../../src/records/feedback.js';
import { type Sounding, soundingsOf } from '../../src/records/sounding.js';

const DESCRIPTOR: FeedbackDescriptor = {
  group: 'era5fb',
  of: 'ERA5',
  run: '',
  table: 'era5fb_table',
  columns: ['*'],
  departures: { 'an_depar@body': 'analysis', 'fg_depar@body': 'first guess' },
  unitsFrom: {},
  scales: {},
};

function element(name: string, base: ElementDefinition['kind']['base']): ElementDefinition {
  return { name, kind: { base, array: false, primaryKey: false }, description: '', extension: false };
}

const DEFINITIONS: ReadonlyMap<string, TableDefinition> = new Map([
  [
    'era5fb_table',
    {
      name: 'era5fb_table',
      elements: [
        element('obs_id', 'int'),
        element('expver', 'varchar'),
        element('seqno@hdr', 'int'),
        element('an_depar@body', 'numeric'),
        element('fg_depar@body', 'numeric'),
      ],
    },
  ],
]);

const COLUMNS: FeedbackColumn[] = [
  { name: 'expver', kind: 'text' },
  { name: 'seqno', kind: 'int' },
  { name: 'an_depar@body', kind: 'double' },
  { name: 'timeslot@timeslot_index', kind: 'int' },
  { name: 'hires@hdr', kind: 'real' },
];

/** A sounding of three rows with the given numbers per column (the text column has 'a', '', 'Wörter'). */
function sounding(numbers: Readonly<Record<number, readonly number[]>>): Sounding {
  const builder = createBatchBuilder({ capacity: 4, feedback: COLUMNS });
  builder.rowCount = 3;
  for (const [i, column] of builder.feedback.entries()) {
    if (isNumeric(column)) column.numbers.set(numbers[i] ?? [Number.NaN, Number.NaN, Number.NaN]);
    else {
      column.texts.push('a', 'Wörter');
      column.codes.set([1, 0, 2]);
    }
  }
  builder.endReport({
    launchTime: 0,
    nominalTime: 0,
    dateOnlyTime: Number.NaN,
    timeQuality: 0,
    latitude: 0,
    longitude: 0,
    inputFile: 0,
    byteOffset: 0,
    comment: '',
  });
  const batch = builder.take();
  const [only] = batch === null ? [] : soundingsOf(batch, 'launch');
  if (only === undefined) throw new Error('no sounding');
  return only;
}

describe('the elements of a feedback group', () => {
  it('are those of the definition, then the further columns of the source under their own names', () => {
    const [group] = feedbackGroups([DESCRIPTOR], COLUMNS, DEFINITIONS, NO_NEEDS);
    expect(group?.name).toBe('era5fb');
    expect(group?.elements.map(({ name, kind, column }) => [name, kind, column])).toEqual([
      ['obs_id', 'int', -1],
      ['expver', 'text', 0],
      ['seqno@hdr', 'int', 1],
      ['an_depar@body', 'real', 2],
      ['fg_depar@body', 'real', -1],
      ['timeslot@timeslot_index', 'int', 3],
      ['hires@hdr', 'double', 4],
    ]);
  });

  it('are divided among the groups of several reanalyses by name', () => {
    const groups = feedbackGroups(
      [
        { ...DESCRIPTOR, columns: ['an_depar', 'expver'] },
        {
          ...DESCRIPTOR,
          group: 'jra55fb',
          table: null,
          columns: ['time*', 'hires@hdr'],
          departures: {},
        },
      ],
      COLUMNS,
      DEFINITIONS,
      NO_NEEDS,
    );
    expect(
      groups.map(({ name, elements }) => [
        name,
        elements.filter(({ column }) => column >= 0).map((e) => e.name),
      ]),
    ).toEqual([
      ['era5fb', ['expver', 'an_depar@body']],
      ['jra55fb', ['timeslot@timeslot_index', 'hires@hdr']],
    ]);
  });
});

describe('names of further columns', () => {
  const names = (...columns: string[]): string[] => {
    const [group] = feedbackGroups(
      [{ ...DESCRIPTOR, table: null }],
      columns.map((name) => ({ name, kind: 'int' as const })),
      DEFINITIONS,
      NO_NEEDS,
    );
    return group?.elements.map(({ name }) => name) ?? [];
  };

  it('that a variable cannot have are changed, and none costs a station', () => {
    expect(
      names('a/b@body', '!x', '@body', 'x\u0007y', 'n'.repeat(300), 'e\u0301', 'a_b@body', '   '),
    ).toEqual(['a_b@body', '_!x', '_@body', 'x_y', 'n'.repeat(60), '\u00e9', 'a_b@body_2', '_']);
  });
});

describe('the rows of a feedback group', () => {
  const N = Number.NaN;
  const groups = feedbackGroups([DESCRIPTOR], COLUMNS, DEFINITIONS, NO_NEEDS);
  const rows = () => createFeedbackRows(groups, [DESCRIPTOR], COLUMNS, 8);

  it('follow the order of the observations, keep whole numbers beside a missing one, and flag departures', () => {
    const filled = rows();
    filled.fill(
      2,
      3,
      sounding({ 1: [10, N, -2_147_483_647], 2: [N, 0.5, N], 4: [1 / 3, N, 2] }),
      Int32Array.of(2, 0, 1),
      0,
    );
    const block = filled.groups[0]?.values;
    expect(block?.[0]).toBeNull();
    expect(Buffer.from(block?.[1]?.slice(16, 40) as Uint8Array).toString()).toBe(
      `Wörter\0a${'\0'.repeat(15)}`,
    );
    expect(block?.[2]?.slice(2, 5)).toEqual(Int32Array.of(-2_147_483_647, 10, -2_147_483_648));
    expect(block?.[3]?.slice(2, 5)).toEqual(Float32Array.of(N, N, 0.5));
    expect(block?.[6]?.slice(2, 5)).toEqual(Float64Array.of(2, 1 / 3, N));
    expect([...filled.present]).toEqual([0, 0, 0, 0, 1, 0, 0, 0]);
  });

  it('say where the values of a column change in the block, bit by bit', () => {
    const filled = rows();
    const starts = (): unknown[] =>
      filled.groups[0]?.runs.map((list) =>
        list === null ? null : [...list.starts.subarray(0, list.count)],
      ) ?? [];
    expect(starts()).toEqual([null, null, null, null, null, null, null]);
    filled.fill(
      0,
      3,
      sounding({ 1: [7, 7, 7], 2: [0, 0, -0], 3: [5, N, N], 4: [N, N, N] }),
      Int32Array.of(0, 1, 2),
      0,
    );
    // No array; three texts; one number; 0 before -0; no column; a missing number; missing numbers.
    expect(starts()).toEqual([null, null, [0], [0, 2], null, [0, 1], [0]]);
    filled.fill(
      3,
      3,
      sounding({ 1: [7, 7, 7], 2: [-0, -0, -0], 3: [N, 5, 6], 4: [1, 1, 1] }),
      Int32Array.of(2, 1, 0),
      0,
    );
    expect(starts()).toEqual([null, null, [0], [0, 2], null, null, [0, 3]]);
    expect(filled.groups[0]?.runs[6]?.starts).toHaveLength(2);
    // Another block: the lists begin anew, also those that were given up.
    filled.fill(0, 2, sounding({ 1: [7, 7, 8], 2: [1, 1, 1], 3: [4, 4, 4] }), Int32Array.of(1, 0), 0);
    expect(starts()).toEqual([null, [0, 1], [0], [0], null, [0], [0]]);
    filled.fill(2, 1, sounding({ 1: [9, 9, 9], 2: [1, 1, 1], 3: [4, 4, 4] }), Int32Array.of(1), 0);
    expect(starts()).toEqual([null, null, [0, 2], [0], null, [0], [0]]);
  });

  it('are those of each sounding though most of a block is laid down before its time', () => {
    const filled = rows();
    const column = (): unknown[] => [...(filled.groups[0]?.values[5] ?? [])];
    const missing = -2_147_483_648;
    const add = (at: number, ...numbers: number[]): void =>
      filled.fill(at, 3, sounding({ 3: numbers }), Int32Array.of(0, 1, 2), 0);
    add(0, 4, 4, 4);
    expect(column().slice(0, 3)).toEqual([4, 4, 4]);
    add(3, 5, 5, 5);
    expect(column().slice(0, 6)).toEqual([4, 4, 4, 5, 5, 5]);
    add(0, 4, 4, 4);
    add(3, 4, 4, 4);
    expect(column().slice(0, 6)).toEqual([4, 4, 4, 4, 4, 4]);
    add(0, 4, 4, 4);
    add(3, 6, N, 6);
    expect(column().slice(0, 6)).toEqual([4, 4, 4, 6, missing, 6]);
    add(0, 4, 4, 4);
    add(3, 4, 4, 4);
    expect(column().slice(0, 6)).toEqual([4, 4, 4, 4, 4, 4]);
  });

  it('repeat a text that all rows have, and give way to another one', () => {
    const filled = rows();
    const text = (): string => Buffer.from(filled.groups[0]?.values[1] as Uint8Array).toString();
    const ofOne = (code: number): Sounding => {
      const one = sounding({});
      const [column] = one.feedback;
      if (column === undefined || isNumeric(column)) throw new Error('no text');
      column.codes.fill(code);
      return one;
    };
    const add = (at: number, code: number): void =>
      filled.fill(at, 3, ofOne(code), Int32Array.of(0, 1, 2), 0);
    add(0, 2);
    add(3, 1);
    expect(text().slice(0, 45)).toBe(`${'Wörter\0'.repeat(3)}${`a${'\0'.repeat(7)}`.repeat(3)}`);
    add(0, 0);
    expect(text().slice(0, 24)).toBe('\0'.repeat(24));
  });

  it.each([
    ['a fraction', 0.5],
    ['a number beyond 32 bits', 2 ** 31],
    ['the number that stands for missing', -(2 ** 31)],
  ])('say so where a column of whole numbers holds %s', (_, value) => {
    const fill = (): void => rows().fill(0, 3, sounding({ 1: [1, value, 2] }), Int32Array.of(0, 1, 2), 0);
    expect(fill).toThrow(new FeedbackMisfit('seqno@hdr', null));
    const [wide] = feedbackGroups(
      [DESCRIPTOR],
      COLUMNS,
      DEFINITIONS,
      widened(NO_NEEDS, new FeedbackMisfit('seqno@hdr', null)),
    );
    expect(wide?.elements[2]?.kind).toBe('double');
  });

  it('say so where a text is longer than its column', () => {
    const long = sounding({});
    const [column] = long.feedback;
    if (column === undefined || isNumeric(column)) throw new Error('no text');
    column.texts[1] = '0-20000-0-06011';
    expect(() => rows().fill(0, 3, long, Int32Array.of(0, 1, 2), 0)).toThrow(
      new FeedbackMisfit('expver', 15),
    );
    const [wide] = feedbackGroups(
      [DESCRIPTOR],
      COLUMNS,
      DEFINITIONS,
      widened(NO_NEEDS, new FeedbackMisfit('expver', 15)),
    );
    expect(wide?.elements[1]?.width).toBe(16);
  });
});
