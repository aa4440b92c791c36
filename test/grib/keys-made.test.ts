import { describe, expect, it } from 'vitest';
import { type FieldKeys, keysOf } from '../../src/grib/index.js';
import { encodeGrib2, type MarsSpec, type MessageSpec } from '../support/grib-encoder.js';
import { ecmwfLocal, encodeGrib1, type Message1Spec, ncepLocal } from '../support/grib-encoder1.js';
import { EASTWARD, MARS, makeField, makeMessage, makeMessage1, TEMPERATURE } from '../support/grib-made.js';
import type { ProductSpec } from '../support/grib-products.js';
import { scanAll } from '../support/grib-reading.js';

async function keys2(
  product: ProductSpec,
  rest: Partial<MessageSpec> = {},
  mars?: MarsSpec,
): Promise<FieldKeys> {
  const field = { ...makeField(product), ...(mars !== undefined && { mars }) };
  const { fields } = await scanAll(encodeGrib2(makeMessage([field], rest)).bytes);
  return keysOf(fields[0]!);
}

async function keys1(spec: Partial<Message1Spec> = {}): Promise<FieldKeys> {
  const { fields } = await scanAll(encodeGrib1(makeMessage1(spec)).bytes);
  return keysOf(fields[0]!);
}

const HOUR = 3600;
const RUN = Date.UTC(2024, 1, 29, 12) / 1000;

describe('members of GRIB fields', () => {
  it('edition 2: a control is number 0, twins are told apart by their sign', async () => {
    const of = async (type: number, number: number, centre = 7): Promise<unknown[]> => {
      const { memberType, member, members } = await keys2(
        { ...TEMPERATURE, member: [type, number, 31] },
        { centre },
      );
      return [memberType, member, members];
    };
    expect(await of(0, 0)).toEqual(['cf', 0, 31]);
    expect(await of(1, 0)).toEqual(['cf', 0, 31]);
    expect(await of(3, 5)).toEqual(['pf', 5, 31]);
    expect(await of(2, 5)).toEqual(['nf', 5, 31]);
    expect(await of(192, 4, 78)).toEqual(['pf', 4, 31]);
    expect(await of(2, 5, 98)).toEqual(['pf', 5, 31]);
  });

  it('edition 2: mean and spread are no members', async () => {
    const of = async (kind: number): Promise<unknown[]> => {
      const { memberType, member, members, type } = await keys2({ ...TEMPERATURE, derived: [kind, 31] });
      return [memberType, member, members, type];
    };
    expect(await of(0)).toEqual(['em', -1, 31, 'em']);
    expect(await of(2)).toEqual(['es', -1, 31, 'es']);
    expect(await of(4)).toEqual(['es', -1, 31, 'es']);
    expect(await of(6)).toEqual(['other', -1, 31, 'other']);
  });

  it('edition 2: labels of ECMWF', async () => {
    const keys = await keys2({ ...TEMPERATURE, member: [255, 7, 51] }, { centre: 98 }, MARS);
    expect(keys).toMatchObject({
      ...{
        class: 'od',
        type: 'pf',
        stream: 'enfo',
        expver: '0001',
        memberType: 'pf',
        member: 7,
        members: 51,
      },
    });
  });

  it('edition 1: local parts of ECMWF and NCEP', async () => {
    const ecmwf = (type: number, number: number, size: number): Promise<FieldKeys> =>
      keys1({ local: ecmwfLocal([1, type, 1035], '0001', [number, size]) });
    expect(await ecmwf(10, 0, 51)).toMatchObject({ memberType: 'cf', member: 0, members: 51, type: 'cf' });
    expect(await ecmwf(11, 50, 51)).toMatchObject({ memberType: 'pf', member: 50, members: 51, type: 'pf' });
    expect(await ecmwf(17, 0, 51)).toMatchObject({ memberType: 'em', member: -1, members: 51, type: 'em' });
    expect(await ecmwf(18, 0, 51)).toMatchObject({ memberType: 'es', member: -1, members: 51, type: 'es' });
    expect(await ecmwf(9, 0, 0)).toMatchObject({ memberType: 'fc', member: -1, members: 0, type: 'fc' });
    const ncep = (type: number, number: number): Promise<FieldKeys> =>
      keys1({ centre: 7, parameter: [2, 11], local: ncepLocal(type, number) });
    expect(await ncep(1, 2)).toMatchObject({ memberType: 'cf', member: 0, shortName: 't' });
    expect(await ncep(2, 3)).toMatchObject({ memberType: 'nf', member: 3 });
    expect(await ncep(3, 3)).toMatchObject({ memberType: 'pf', member: 3 });
    expect(await ncep(5, 0)).toMatchObject({ memberType: 'em', member: -1 });
  });
});

describe('times of GRIB fields', () => {
  it('edition 2: every unit of steps is seconds', async () => {
    const units = [0, 1, 2, 10, 11, 12, 13];
    const steps = await Promise.all(units.map((unit) => keys2({ ...TEMPERATURE, step: 2, unit })));
    expect(steps.map(({ step }) => step! / 2)).toEqual([60, HOUR, 86_400, 3 * HOUR, 6 * HOUR, 12 * HOUR, 1]);
    expect(steps[1]).toMatchObject({
      runTime: RUN,
      validTime: RUN + 2 * HOUR,
      stepBegin: 2 * HOUR,
      stepType: 'instant',
    });
    expect(await keys2({ ...TEMPERATURE, step: -3 })).toMatchObject({ step: -3 * HOUR });
    expect(await keys2({ ...TEMPERATURE, unit: 255 })).toMatchObject({ step: null, validTime: null });
  });

  it('months are counted in the calendar', async () => {
    const { step } = await keys2({ ...TEMPERATURE, step: 1, unit: 3 });
    expect(step).toBe(29 * 86_400);
    expect(await keys2({ ...TEMPERATURE, step: 1, unit: 4 })).toMatchObject({ step: null });
  });

  it('edition 2: an interval ends where the message says', async () => {
    const interval = { end: [2024, 2, 29, 21] as const, process: 1, length: 3 };
    expect(await keys2({ ...TEMPERATURE, interval })).toMatchObject({
      ...{ stepBegin: 6 * HOUR, step: 9 * HOUR, stepType: 'accum', validTime: RUN + 9 * HOUR },
    });
    const other = { ...interval, process: 6 };
    expect(await keys2({ ...TEMPERATURE, interval: other })).toMatchObject({ stepType: 'stat6' });
  });

  it('edition 1: ranges of time', async () => {
    const of = async (...steps: [number, number, number, number]): Promise<unknown[]> => {
      const { stepBegin, step, stepType } = await keys1({ steps, centre: 7, parameter: [2, 11] });
      return [stepBegin, step, stepType];
    };
    expect(await of(1, 6, 0, 0)).toEqual([6 * HOUR, 6 * HOUR, 'instant']);
    expect(await of(1, 6, 0, 1)).toEqual([0, 0, 'instant']);
    expect(await of(1, 0, 6, 2)).toEqual([0, 6 * HOUR, 'accum']);
    expect(await of(11, 1, 2, 3)).toEqual([6 * HOUR, 12 * HOUR, 'avg']);
    expect(await of(1, 0, 6, 4)).toEqual([0, 6 * HOUR, 'accum']);
    expect(await of(1, 3, 6, 5)).toEqual([3 * HOUR, 6 * HOUR, 'diff']);
    expect(await of(1, 744, 0, 10)).toEqual([744 * HOUR, 744 * HOUR, 'instant']);
    expect(await of(254, 30, 0, 0)).toEqual([30, 30, 'instant']);
    expect(await of(1, 6, 12, 123)).toEqual([null, null, 'stat123']);
  });

  it('edition 1: years at the turn of a century, and none', async () => {
    for (const year of [1900, 1901, 1999, 2000, 2001, 2026])
      expect(await keys1({ time: [year, 3, 4, 5, 6] })).toMatchObject({
        runTime: Date.UTC(year, 2, 4, 5, 6) / 1000,
      });
    expect(await keys1({ time: [null, 3, 4] })).toMatchObject({ runTime: null, validTime: null, step: 0 });
    expect(await keys1({ time: [2023, 2, 29] })).toMatchObject({ runTime: null });
  });
});

describe('levels and parameters of GRIB fields', () => {
  it('edition 2: scales of levels, layers, pressures by hPa', async () => {
    const of = async (first: ProductSpec['first'], second?: ProductSpec['second']): Promise<unknown[]> => {
      const { levelType, level, level2 } = await keys2({ ...EASTWARD, first, ...(second && { second }) });
      return [levelType, level, level2];
    };
    expect(await of([100, 85_000])).toEqual(['isobaricInhPa', 85_000, Number.NaN]);
    expect(await of([100, 85, -3])).toEqual(['isobaricInhPa', 85_000, Number.NaN]);
    expect(await of([100, 10])).toEqual(['isobaricInPa', 10, Number.NaN]);
    expect(await of([104, 995, 3])).toEqual(['sigma', 0.995, Number.NaN]);
    expect(await of([106, 7, 2], [106, 28, 2])).toEqual(['depthBelowLandLayer', 0.07, 0.28]);
    expect(await of([109, -2000, 9])).toEqual(['potentialVorticity', -2e-6, Number.NaN]);
    expect(await of([1, 0])).toEqual(['surface', Number.NaN, Number.NaN]);
    expect(await of([1], [8])).toEqual(['entireAtmosphere', Number.NaN, Number.NaN]);
    expect(await of([211, 0])).toEqual(['boundaryLayerCloudLayer', Number.NaN, Number.NaN]);
    expect(await of([99, 5])).toEqual(['level99', 5, Number.NaN]);
  });

  it('edition 1: units of levels', async () => {
    const of = async (...level: [number, number] | [number, number, number]): Promise<unknown[]> => {
      const keys = await keys1({ level });
      return [keys.levelType, keys.level, keys.level2];
    };
    expect(await of(100, 850)).toEqual(['isobaricInhPa', 85_000, Number.NaN]);
    expect(await of(210, 70)).toEqual(['isobaricInPa', 70, Number.NaN]);
    expect(await of(105, 2)).toEqual(['heightAboveGround', 2, Number.NaN]);
    expect(await of(107, 9950)).toEqual(['sigma', 0.995, Number.NaN]);
    expect(await of(112, 7, 28)).toEqual(['depthBelowLandLayer', 0.07, 0.28]);
    expect(await of(101, 50, 100)).toEqual(['isobaricLayer', 50_000, 100_000]);
    expect(await of(109, 137)).toEqual(['hybrid', 137, Number.NaN]);
    expect(await of(1, 0)).toEqual(['surface', Number.NaN, Number.NaN]);
  });

  it('unknown parameters have a name made of their numbers', async () => {
    expect(await keys2({ ...TEMPERATURE, category: 190, number: 3 })).toMatchObject({
      ...{ shortName: 'p0_190_3', cfName: 'p0_190_3', units: '', quantity: '', category: 190, number: 3 },
    });
    expect(await keys1({ parameter: [201, 5] })).toMatchObject({
      shortName: 'p1_201_5',
      table: 201,
      number: 5,
    });
    expect(await keys1({ centre: 7, parameter: [129, 130] })).toMatchObject({ shortName: 'p1_129_130' });
  });

  it('one quantity in both editions and of both centres', async () => {
    expect(await keys1({ parameter: [128, 131] })).toMatchObject({
      shortName: 'u',
      quantity: 'eastward_wind',
    });
    expect(await keys1({ centre: 7, parameter: [2, 33] })).toMatchObject({
      shortName: 'u',
      quantity: 'eastward_wind',
    });
    expect(await keys2(EASTWARD)).toMatchObject({
      shortName: 'u',
      quantity: 'eastward_wind',
      units: 'm s-1',
    });
    expect(await keys2({ ...EASTWARD, first: [103, 10] })).toMatchObject({ shortName: '10u', cfName: 'u10' });
  });
});
