/** Launch and nominal times of reports. */
import { describe, expect, it } from 'vitest';
import type { BufrContent, BufrValue } from '../../support/bufr-encoder.js';
import { message, readBufr, readOne, temp309007, temp309052 } from '../../support/bufr-reading.js';
import { since1900 } from '../../support/reading.js';

const LOW = [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]];
const HIGH = [[0, 65_536, 85_000, 1438, 0, 0, 280.11, 275.02, 180, 5.5]];

type Header = Partial<BufrContent>;

interface Times {
  launch: string | null;
  nominal: string | null;
  timeQuality: number;
}

async function timesOf(bytes: Uint8Array): Promise<[Times, string[]]> {
  const { reports, tally } = await readOne(bytes);
  const [report] = reports;
  const iso = (seconds: number): string | null =>
    Number.isNaN(seconds) ? null : new Date(Date.UTC(1900, 0, 1) + seconds * 1000).toISOString().slice(0, 19);
  return [
    {
      launch: iso(report?.launch ?? 0),
      nominal: iso(report?.nominal ?? 0),
      timeQuality: report?.timeQuality ?? -1,
    },
    [...tally.noted.keys()].filter((name) => name.startsWith('bufr.time.')),
  ];
}

const high = (time: readonly BufrValue[], header: Header = {}, significance: BufrValue = 18): Uint8Array =>
  message([309_052], [temp309052({ time, significance }, HIGH)], header);
const low = (time: readonly BufrValue[], header: Header = {}): Uint8Array =>
  message([309_007], [temp309007({ time }, LOW)], header);

describe('a time marked as launch (008021 = 18)', () => {
  it.each<[string, BufrValue[], Header, Times, string[]]>([
    [
      'is the launch, to the second; the header has the nominal time',
      [2021, 6, 7, 11, 30, 15],
      { year: 2021, month: 6, day: 7, hour: 12 },
      { launch: '2021-06-07T11:30:15', nominal: '2021-06-07T12:00:00', timeQuality: 0 },
      [],
    ],
    [
      'is of the minute without its seconds',
      [2021, 6, 7, 11, 30, null],
      { hour: 12 },
      { launch: '2021-06-07T11:30:00', nominal: '2021-06-07T12:00:00', timeQuality: 1 },
      [],
    ],
    [
      'is of the hour without its minutes',
      [2021, 6, 7, 11, null, null],
      { hour: 12 },
      { launch: '2021-06-07T11:00:00', nominal: '2021-06-07T12:00:00', timeQuality: 2 },
      [],
    ],
    [
      'before midnight belongs to the midnight after it',
      [2020, 12, 31, 23, 15, 0],
      { year: 2021, month: 1, day: 1, hour: 0 },
      { launch: '2020-12-31T23:15:00', nominal: '2021-01-01T00:00:00', timeQuality: 0 },
      [],
    ],
    [
      'of 24 hours is the end of the day',
      [2021, 6, 7, 24, 0, 0],
      { year: 2021, month: 6, day: 8, hour: 0 },
      { launch: '2021-06-08T00:00:00', nominal: '2021-06-08T00:00:00', timeQuality: 0 },
      ['bufr.time.hour-24'],
    ],
    [
      'with impossible minutes and seconds is of the hour',
      [2021, 6, 7, 11, 62, 61],
      { hour: 12 },
      { launch: '2021-06-07T11:00:00', nominal: '2021-06-07T12:00:00', timeQuality: 2 },
      ['bufr.time.minute-out-of-range', 'bufr.time.second-out-of-range'],
    ],
    [
      'more than half a day from the header has no nominal time',
      [2021, 6, 7, 11, 30, 15],
      { year: 2021, month: 6, day: 9, hour: 12 },
      { launch: '2021-06-07T11:30:15', nominal: null, timeQuality: 0 },
      ['bufr.time.nominal-disagrees-with-launch'],
    ],
    [
      'without its date leaves the nominal time of the header',
      [null, null, null, 11, 30, 15],
      { year: 2021, month: 6, day: 7, hour: 12 },
      { launch: null, nominal: '2021-06-07T12:00:00', timeQuality: 2 },
      ['bufr.time.from-header'],
    ],
    [
      'on a day that does not exist leaves the nominal time of the header',
      [2021, 2, 29, 11, 30, 15],
      { year: 2021, month: 3, day: 1, hour: 12 },
      { launch: null, nominal: '2021-03-01T12:00:00', timeQuality: 2 },
      ['bufr.time.from-header'],
    ],
  ])('%s', async (_name, time, header, expected, notes) => {
    expect(await timesOf(high(time, header))).toEqual([expected, notes]);
  });

  it('with a nominal time (25) beside it', async () => {
    const descriptors = [8021, 301_011, 301_013, 309_052];
    const values = [25, 2021, 6, 7, 12, 0, 0, ...temp309052({ time: [2021, 6, 7, 11, 30, 15] }, HIGH)];
    expect((await timesOf(message(descriptors, [values], { hour: 10 })))[0]).toEqual({
      launch: '2021-06-07T11:30:15',
      nominal: '2021-06-07T12:00:00',
      timeQuality: 0,
    });
  });
});

describe('a time without a mark', () => {
  it.each<[string, BufrValue[], Times]>([
    [
      'on the hour is the nominal time, of the hour',
      [2012, 10, 30, 23, 0],
      { launch: null, nominal: '2012-10-30T23:00:00', timeQuality: 2 },
    ],
    [
      'between the hours is of the minute',
      [2012, 10, 30, 23, 10],
      { launch: null, nominal: '2012-10-30T23:10:00', timeQuality: 1 },
    ],
    [
      'without minutes is of the hour',
      [2012, 10, 30, 23, null],
      { launch: null, nominal: '2012-10-30T23:00:00', timeQuality: 2 },
    ],
  ])('%s', async (_name, time, expected) => {
    expect(await timesOf(low(time))).toEqual([expected, []]);
  });

  it('marked as something else is not used', async () => {
    const [times] = await timesOf(
      high([2021, 6, 1, 0, 0, 0], { year: 2021, month: 6, day: 7, hour: 12 }, 26),
    );
    expect(times).toEqual({ launch: null, nominal: '2021-06-07T12:00:00', timeQuality: 2 });
  });
});

describe('the year', () => {
  it.each([1957, 1999, 2000, 2001, 2021, 2043])(
    '%i comes from the data section, whatever two digits the header has',
    async (year) => {
      const [times] = await timesOf(
        high([year, 6, 7, 11, 30, 15], { edition: 3, year, month: 6, day: 7, hour: 12 }),
      );
      expect(times).toEqual({
        launch: `${year}-06-07T11:30:15`,
        nominal: `${year}-06-07T12:00:00`,
        timeQuality: 0,
      });
      const [nominal] = await timesOf(low([year, 6, 7, 12, 0], { edition: 3, year: 1990 }));
      expect(nominal.nominal).toBe(`${year}-06-07T12:00:00`);
    },
  );

  it.each([1999, 2099])(
    'of a header of the next century is nearest to the launch on 31 December %i',
    async (year) => {
      const header: Header = { edition: 3, year: year + 1, month: 1, day: 1, hour: 0 };
      const [times] = await timesOf(high([year, 12, 31, 23, 15, 0], header));
      expect(times).toMatchObject({
        launch: `${year}-12-31T23:15:00`,
        nominal: `${year + 1}-01-01T00:00:00`,
      });
    },
  );

  it('of two digits in the data section is none: the header has it', async () => {
    const [times, notes] = await timesOf(
      low([95, 6, 7, 12, 0], { edition: 3, year: 1995, month: 6, day: 7, hour: 12 }),
    );
    expect(times.nominal).toBe('1995-06-07T12:00:00');
    expect(notes).toEqual(['bufr.time.from-header', 'bufr.time.year-out-of-range']);
  });
});

describe('without any time', () => {
  it('a date alone is local midday', async () => {
    const bytes = message(
      [309_007],
      [temp309007({ time: [2021, 6, 7, null, null], position: [10, 90] }, LOW)],
      { year: 2021, month: 0, day: 0, hour: 0 },
    );
    const { reports, tally } = await readOne(bytes);
    expect(reports[0]).toMatchObject({
      launch: Number.NaN,
      nominal: Number.NaN,
      dateOnly: since1900('2021-06-07T06:00:00Z'),
      timeQuality: 3,
    });
    expect(tally.noted.get('bufr.time.missing-set-to-local-midday')).toBe(1);
  });

  it('and without a date the report is skipped, with the offset of its message', async () => {
    const none = [null, null, null, null, null];
    const bytes = Buffer.concat([
      message([309_007], [temp309007({}, LOW)]),
      message([309_007], [temp309007({}, LOW), temp309007({ time: none }, LOW)], { year: 2021, month: 0 }),
    ]);
    const { readings } = await readBufr(bytes);
    const [reading] = readings.values();
    expect(reading?.reports).toHaveLength(2);
    expect(reading?.tally.skipped).toEqual([
      {
        file: 'soundings.bufr',
        byteOffset: bytes.lastIndexOf('BUFR'),
        reason: 'bufr.report.no-time',
        detail: 'subset 2 has no date',
      },
    ]);
  });
});
