import { describe, expect, it } from 'vitest';
import type { LaunchRules } from '../../src/records/launch-rules.js';
import { combineLaunches } from '../../src/records/launches.js';
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

describe('what a joined report says', () => {
  const rules = { joinNumbered: true, joinFiles: true };

  it('rows keep the place where their own part was', async () => {
    const part = (latitude: number, value: number) => ({
      launch: 0,
      number: 7,
      latitude,
      positions: true,
      rows: [row(value, value)],
    });
    const { soundings } = await combine([part(48, 2), part(49, 1)], rules);
    expect(soundings).toHaveLength(1);
    const [joined] = soundings;
    const positions = Array.from(joined?.observations.value ?? [], (value, i) => [
      value,
      joined?.observations.latitude?.[i],
    ]);
    expect(joined?.reports.latitude[0]).toBe(48);
    expect(positions).toEqual([
      [2, Number.NaN],
      [1, 49],
    ]);
  });

  it('reports of different kinds with one number stay apart', async () => {
    const part = (kind: number) => ({ launch: 0, number: 7, kind, rows: [row(kind, 1)] });
    expect((await combine([part(1), part(2)], { joinNumbered: true })).soundings).toHaveLength(2);
  });

  it('of several reports at one time, the one with the same number is the partner', async () => {
    const temperatures = (number: number) => ({ launch: 0, inputFile: 0, number, rows: [row(number, 1)] });
    const winds = { launch: 0, inputFile: 1, number: 222, rows: [row(222, 5, 107)] };
    const { soundings } = await combine([temperatures(111), temperatures(222), winds], rules);
    expect(
      soundings.map(({ reports, rowCount }) => [reports.number[reports.number.length - 1], rowCount]),
    ).toContainEqual([222, 2]);
    expect(soundings).toHaveLength(2);
  });

  it('has the kind, the number and the sonde type that only one part knows', async () => {
    const known = { launch: 0, inputFile: 1, kind: 3, number: 9, sondeType: 80, rows: [row(2, 1)] };
    const { soundings } = await combine([{ launch: 0, inputFile: 0, rows: [row(1, 1)] }, known], rules);
    const [joined] = soundings;
    expect([joined?.reports.kind[0], joined?.reports.number[0], joined?.reports.sondeType[0]]).toEqual([
      3, 9, 80,
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
