import { describe, expect, it } from 'vitest';
import { combineLaunches, type LaunchRules } from '../../src/records/launches.js';
import { compareSoundings, type Sounding, soundingsOf } from '../../src/records/sounding.js';
import { createTally, type Tally } from '../../src/records/tally.js';
import { batchOf, contentOf, gather, type ReportOfRowsFields } from './soundings.js';

async function combine(
  reports: readonly ReportOfRowsFields[],
  rules: LaunchRules,
  perGroup = 100,
): Promise<{ soundings: Sounding[]; tally: Tally }> {
  const ordered = soundingsOf(batchOf(reports), 'launch').sort(compareSoundings);
  async function* groups(): AsyncGenerator<Sounding[]> {
    for (let i = 0; i < ordered.length; i += perGroup) yield ordered.slice(i, i + perGroup);
  }
  const tally = createTally();
  return { soundings: await gather(combineLaunches(groups(), rules, [], 'demo', tally)), tally };
}

const row = (z: number, value: number, variable = 126) => ({ z, value, variable });

describe('reports of one time in different files', () => {
  const rules = { joinFiles: true };
  const trhc = {
    launch: 0,
    inputFile: 0,
    byteOffset: 10,
    elevation: 5,
    comment: 'a',
    rows: [row(85_000, 1), row(70_000, 2)],
  };
  const windc = { launch: 0, inputFile: 1, byteOffset: 20, comment: 'b', rows: [row(85_000, 3, 107)] };

  it.each([1, 2, 100])('become one report with the rows of both, in groups of %i', async (perGroup) => {
    const later = { launch: 3600, inputFile: 1, rows: [row(50_000, 9)] };
    const { soundings, tally } = await combine([trhc, windc, later], rules, perGroup);
    expect(soundings.map(contentOf)).toMatchObject([
      {
        time: 0,
        place: [0, 10],
        comment: 'a; b',
        rows: [
          [126, 1, 85_000, 1, Number.NaN, 2],
          [126, 2, 70_000, 1, Number.NaN, 2],
          [107, 3, 85_000, 1, Number.NaN, 2],
        ],
      },
      { time: 3600 },
    ]);
    expect(soundings[0]?.alsoIn).toEqual([{ inputFile: 1, byteOffset: 20 }]);
    expect(soundings[0]?.reports.elevation[0]).toBe(5);
    expect(Object.fromEntries(tally.noted)).toEqual({ 'demo.report.joined': 1 });
  });

  it('take from the other file what the first one lacks', async () => {
    const nowhere = { ...trhc, latitude: Number.NaN, longitude: Number.NaN };
    const { soundings } = await combine([nowhere, { ...windc, nominal: 60 }], rules);
    expect(contentOf(soundings[0] as Sounding)).toMatchObject({
      position: [10, 20],
      nominal: 60,
      place: [0, 10],
    });
  });

  it('stay apart where they are of one file, also beside one of the other file', async () => {
    const { soundings, tally } = await combine(
      [trhc, { ...trhc, byteOffset: 99, rows: [row(1, 1)] }, windc],
      rules,
    );
    expect(soundings.map(({ rowCount }) => rowCount).sort()).toEqual([2, 2]);
    expect(tally.noted.get('demo.report.joined')).toBe(1);
  });
});

describe('fragments with one number', () => {
  it('become one report, others stay', async () => {
    const part = (number: number, value: number) => ({ launch: 0, number, rows: [row(value, value)] });
    const { soundings } = await combine(
      [
        part(7, 1),
        part(8, 2),
        part(7, 3),
        { launch: 0, rows: [row(4, 4)] },
        { launch: 0, rows: [row(5, 5)] },
        { ...part(7, 6), launch: 1 },
      ],
      { joinNumbered: true },
    );
    expect(soundings.map(({ rowCount, time }) => [time, rowCount]).sort()).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 2],
      [1, 1],
    ]);
  });
});

describe('a launch sent again within a minute', () => {
  const rules = { resent: { kinds: new Set([16_045]), seconds: 60 } };
  const sent = (launch: number, rows: number, kind = 16_045) => ({
    launch,
    kind,
    rows: Array.from({ length: rows }, (_, i) => row(100_000 - i, launch)),
  });

  it.each([1, 100])(
    'stays once, the fuller one, and the rows of the other are counted, in groups of %i',
    async (perGroup) => {
      const { soundings, tally } = await combine(
        [sent(0, 2), sent(30, 5), sent(3600, 1), sent(3659, 1)],
        rules,
        perGroup,
      );
      expect(soundings.map(({ time, rowCount }) => [time, rowCount])).toEqual([
        [30, 5],
        [3600, 1],
      ]);
      expect(Object.fromEntries(tally.noted)).toEqual({ 'demo.report.sent-again': 2 });
      expect(Object.fromEntries(tally.dropped)).toEqual({ 'demo.row.of-report-sent-again': 3 });
    },
  );

  it('keeps the order of time, also where another report lies between', async () => {
    const { soundings } = await combine(
      [sent(0, 1), sent(10, 1, 16_022), sent(30, 5), sent(200, 1, 16_022)],
      rules,
    );
    expect(soundings.map(({ time }) => time)).toEqual([10, 30, 200]);
  });

  it('is not assumed at sixty seconds, nor for other kinds', async () => {
    const { soundings, tally } = await combine([sent(0, 1), sent(60, 1), sent(61, 1, 16_022)], rules);
    expect(soundings).toHaveLength(3);
    expect(tally.dropped.size).toBe(0);
  });
});
