/** Only soundings are read: what a message declares decides, else its template, never its shape alone. */
import { describe, expect, it } from 'vitest';
import type { BufrContent, BufrValue } from '../../support/bufr-encoder.js';
import {
  message,
  PLAIN_HEAD,
  PLAIN_VALUES,
  pilot30905x,
  readBufr,
  readTold,
  temp309007,
  temp309052,
} from '../../support/bufr-reading.js';

const NONE = 255;
/** Edition 4 of a centre without subtypes of its own, and with neither subcategory. */
const UNDECLARED: Partial<BufrContent> = { centre: 78, subCategory: NONE, localSubCategory: NONE };
const LEVELS = [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]];
const LEVEL = [102_000, 31_001, 7004, 12_101];

const temp = (header: Partial<BufrContent>): Uint8Array =>
  message([309_007], [temp309007({}, LEVELS)], header);
/** A message with one level whose template begins with `elements` behind the plain head. */
const spelledOut = (
  elements: readonly number[],
  values: readonly BufrValue[],
  header: Partial<BufrContent> = UNDECLARED,
): Uint8Array =>
  message([...PLAIN_HEAD, ...elements, ...LEVEL], [[...PLAIN_VALUES, ...values, 1, 85_000, 280]], header);

/** `read`, or the reasons for which it was not. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  const { stations, listing } = await readBufr(bytes);
  if (stations.length > 0) return 'read';
  return listing.skipped.map(({ reason, byteOffset }) => `${reason} at ${byteOffset}`).join(', ');
}

const skipped = (kind: string): string => `bufr.message.${kind} at 0`;

describe('the international subcategory (edition 4)', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 104, 105, 106, 114, 115, 116])(
    '%i is read',
    async (subCategory) => {
      expect(await outcomeOf(temp({ subCategory }))).toBe('read');
    },
  );

  it.each([
    [10, 'wind-profiler'],
    [11, 'rass'],
    [20, 'aircraft'],
    [21, 'constituents'],
    [25, 'climat-temp'],
    [26, 'climat-temp'],
    [40, 'microwave-radiometer'],
    [50, 'radio-occultation'],
  ])('%i is %s', async (subCategory, kind) => {
    expect(await outcomeOf(temp({ subCategory }))).toBe(skipped(kind));
  });

  it.each([0, 99, 255])('%i says nothing: the template decides', async (subCategory) => {
    expect(await outcomeOf(temp({ ...UNDECLARED, subCategory }))).toBe('read');
  });
});

describe('the data category', () => {
  it.each([
    [0, NONE, 'synop'],
    [0, 11, 'metar'],
    [1, 0, 'synop-ship'],
    [1, 25, 'drifting-buoy'],
    [3, 0, 'satellite-sounding'],
    [4, 0, 'aircraft'],
    [4, 3, 'constant-level-balloon'],
    [5, 0, 'satellite-wind'],
    [6, 0, 'radar'],
    [6, 1, 'radar-wind'],
    [8, 1, 'constituents'],
    [21, 7, 'satellite'],
    [31, 0, 'ocean'],
    [102, 0, 'not-a-sounding'],
  ])('%i with subcategory %i is %s', async (category, subCategory, kind) => {
    expect(await outcomeOf(temp({ category, subCategory }))).toBe(skipped(kind));
  });

  it.each([240, 255])('%i says nothing: the template decides', async (category) => {
    expect(await outcomeOf(temp({ ...UNDECLARED, category }))).toBe('read');
  });
});

describe('the subtype of ECMWF', () => {
  const subtype = (localSubCategory: number): Partial<BufrContent> => ({ edition: 3, localSubCategory });

  it.each([91, 92, 93, 101, 102, 103, 106, 109, 111])('%i is read', async (of) => {
    expect(await outcomeOf(spelledOut([], [], subtype(of)))).toBe('read');
  });

  it.each([
    [95, 'wind-profiler'],
    [96, 'wind-profiler'],
    [1, 'synop'],
    [21, 'drifting-buoy'],
    [144, 'aircraft'],
  ])('%i is %s', async (of, kind) => {
    expect(await outcomeOf(temp(subtype(of)))).toBe(skipped(kind));
  });

  it('stands in section 2 where section 1 has none', async () => {
    const section2 = new Uint8Array(48);
    section2[1] = 96;
    expect(await outcomeOf(temp({ edition: 3, section2 }))).toBe(skipped('wind-profiler'));
    // Of two octets, where one is not enough.
    section2.set([255], 1);
    section2.set([0, 95], 45);
    expect(await outcomeOf(temp({ edition: 3, localSubCategory: NONE, section2 }))).toBe(
      skipped('wind-profiler'),
    );
    expect(await outcomeOf(temp({ edition: 3, centre: 78, section2 }))).toBe('read');
  });

  it('says nothing in messages of other centres', async () => {
    expect(await outcomeOf(temp({ ...subtype(95), centre: 34 }))).toBe('read');
  });
});

describe('the instruments of the report', () => {
  it.each([
    [2003, 0, 'read'],
    [2003, 3, 'read'],
    [2003, 7, 'read'],
    [2003, 14, 'read'],
    [2003, null, 'read'],
    [2003, 6, skipped('wind-profiler')],
    [2003, 8, skipped('rass')],
    [2003, 9, skipped('sodar')],
    [2003, 10, skipped('lidar')],
    [2011, 2, 'read'],
    [2011, 123, 'read'],
    [2011, 4, skipped('microwave-radiometer')],
    [2011, 6, skipped('rass')],
  ])('%i = %s of a message that says PILOT: %s', async (element, value, outcome) => {
    expect(await outcomeOf(spelledOut([element], [value], { subCategory: 1 }))).toBe(outcome);
  });

  it('are those of each subset: the others are read, and the message is listed once', async () => {
    const subset = (number: number, equipment: number): BufrValue[] =>
      pilot30905x({ station: [10, number] }, [[60, 2048, 70_000, 0.01, 0.02, 180, 5.5]]).map((value, i) =>
        i === 5 ? equipment : value,
      );
    const { stations, listing } = await readBufr(
      message([309_050], [subset(1, 6), subset(2, 7), subset(3, 6), subset(4, 7)]),
    );
    expect(stations.map(({ id }) => id)).toEqual(['10002', '10004']);
    expect(listing.skipped.map(({ reason }) => reason)).toEqual(['bufr.message.wind-profiler']);
  });
});

describe('a message that declares nothing', () => {
  it('is read by the template of soundings', async () => {
    expect(await outcomeOf(temp(UNDECLARED))).toBe('read');
    expect(await outcomeOf(message([309_052], [temp309052({}, [])], UNDECLARED))).toBe('read');
  });

  it('is read by an element that only soundings have', async () => {
    expect(await outcomeOf(spelledOut([2011], [80]))).toBe('read');
    expect(await outcomeOf(spelledOut([8001], [null]))).toBe('read');
  });

  it('is no sounding by its shape alone', async () => {
    expect(await outcomeOf(spelledOut([], []))).toBe(skipped('not-a-sounding'));
  });

  it('is a wind profiler by an element that only those have', async () => {
    expect(await outcomeOf(spelledOut([2121, 2011], [482e6, 80]))).toBe(skipped('wind-profiler'));
  });

  it('is what its template is for', async () => {
    const profiler = message(
      [309_020],
      [[...[10, 954, 0], ...[2021, 6, 7, 12, 0], ...[48, 16, 200], ...[6, 1, 14_000, 3, 4, 0.1]]],
      UNDECLARED,
    );
    expect(await outcomeOf(profiler)).toBe(skipped('wind-profiler'));
  });
});

describe('dropsondes', () => {
  it.each<[string, Partial<BufrContent>]>([
    ['subcategory 7', { subCategory: 7 }],
    ['subtype 103 of ECMWF', { edition: 3, localSubCategory: 103 }],
  ])('by %s are soundings from an aircraft downward', async (_name, header) => {
    const { reports } = await readTold(temp(header));
    expect(reports).toEqual([{ verticalDirection: 1, platformType: 41, begin: Number.NaN }]);
  });

  it('by the template 309053 too, however they are declared', async () => {
    const head = ['AF302', 123, 4, 8, 7, 18, 2021, 6, 7, 11, 30, 15, 20, -60, null, null, 3000, null];
    const bytes = message([309_053], [[...head, 1, ...[0, 0, 70_000, 3100, 0, 0, 275, 270, 90, 12], 0]], {
      subCategory: NONE,
    });
    const { stations } = await readBufr(bytes);
    expect(stations.map(({ id }) => id)).toEqual(['aircraft:AF302']);
    expect((await readTold(bytes)).reports).toMatchObject([{ verticalDirection: 1, platformType: 41 }]);
  });
});
