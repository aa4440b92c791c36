/** The writer of the tests against ecCodes, which shares nothing with it: values and keys. */
import { describe, expect, it } from 'vitest';
import type { CcsdsOptions } from '../support/grib-ccsds.js';
import { eccodesTitle, readWithEccodes, skipEccodes } from '../support/grib-eccodes.js';
import { type EncodedMessage, encodeGrib2, type FieldSpec } from '../support/grib-encoder.js';
import { ecmwfLocal, encodeGrib1, ncepLocal } from '../support/grib-encoder1.js';
import * as made from '../support/grib-made.js';
import type { PackingSpec } from '../support/grib-packings.js';
import type { ProductSpec } from '../support/grib-products.js';
import { createRandom } from '../support/random.js';

const { TEMPERATURE, makeMessage, makeMessage1, makeValues } = made;
const TEXTURES = ['smooth', 'noise', 'zeros', 'constant', 'holes'] as const;

/** Every field as the writer says that it must be read. */
function expectValues(messages: readonly EncodedMessage[]): void {
  const fields = readWithEccodes(Buffer.concat(messages.map(({ bytes }) => bytes)), ['shortName']);
  const wanted = messages.flatMap(({ decoded }) => decoded);
  expect(fields.length).toBe(wanted.length);
  for (const [i, { values }] of fields.entries()) {
    const right = wanted[i]!;
    expect(values.length).toBe(right.length);
    const others = values.filter((value, k) => !isClose(value, right[k]!));
    expect(others, `field ${i}`).toEqual([]);
  }
}

function isClose(value: number | null, right: number): boolean {
  if (value === null) return Number.isNaN(right);
  return Math.abs(value - right) <= 1e-13 * Math.max(1, Math.abs(right));
}

function ofEachTexture(packing: (texture: made.Texture) => PackingSpec): EncodedMessage[] {
  return TEXTURES.map((texture) =>
    encodeGrib2(
      makeMessage([{ product: TEMPERATURE, packing: packing(texture), values: makeValues(3, texture) }]),
    ),
  );
}

describe.skipIf(skipEccodes())(eccodesTitle('made GRIB messages in ecCodes'), () => {
  it('simple packing', () => {
    const widths = [1, 8, 12, 16, 24].flatMap((bits) =>
      ofEachTexture(() => ({ kind: 'simple', bits, decimal: bits % 3 })),
    );
    expectValues([...widths, ...ofEachTexture(() => ({ kind: 'simple', bits: 0 }))]);
  });

  it('complex packing and spatial differencing, with missing values in the groups', () => {
    const random = createRandom(1);
    const messages = ([0, 1, 2] as const).flatMap((order) =>
      ([0, 1, 2] as const).flatMap((missing) => {
        const groups = { order, missing, length: () => random.integer(1, 40) };
        return ofEachTexture(() => ({ kind: 'complex', bits: 11, decimal: 1, groups }));
      }),
    );
    expectValues(messages);
  });

  it('CCSDS: every code of a block, blocks of each size', () => {
    const random = createRandom(5);
    const chosen = (possible: number): number => random.integer(0, possible - 1);
    const options: CcsdsOptions[] = [8, 16, 32, 64].flatMap((block) =>
      [1, 3, 70, 128].flatMap((interval) => [
        { block, interval },
        { block, interval, choose: chosen },
        { block, interval, preprocess: false },
      ]),
    );
    const messages = options.flatMap((ccsds, i) =>
      ofEachTexture(() => ({ kind: 'ccsds', bits: [6, 12, 16, 24][i % 4]!, ccsds })),
    );
    expectValues(messages);
  });

  it('several fields in one message, a bitmap that holds on', () => {
    const holes = makeValues(7, 'holes');
    const fields: FieldSpec[] = [
      { product: made.EASTWARD, packing: made.SIMPLE, values: holes, grid: made.GRID },
      {
        product: made.NORTHWARD,
        packing: made.SIMPLE,
        values: holes.map((value) => -value),
        sameBitmap: true,
      },
      { product: TEMPERATURE, packing: made.SIMPLE, values: makeValues(8, 'smooth') },
    ];
    expectValues([encodeGrib2(makeMessage(fields))]);
  });

  it('the keys of every product template', () => {
    const interval = { end: [2024, 2, 29, 21] as const, process: 2, length: 3 };
    const products: ProductSpec[] = [
      TEMPERATURE,
      { ...TEMPERATURE, member: [3, 7, 31] },
      { ...TEMPERATURE, derived: [4, 31] },
      { ...TEMPERATURE, interval },
      { ...TEMPERATURE, member: [3, 7, 31], interval },
      { ...TEMPERATURE, derived: [0, 31], interval },
      { ...TEMPERATURE, member: [3, 7, 31], version: [2019, 1, 2] },
      { ...TEMPERATURE, first: [106, 10, 2], second: [106, 40, 2] },
    ];
    const messages = products.map((product) => encodeGrib2(makeMessage([made.makeField(product)])));
    const keys = ['productDefinitionTemplateNumber:i', 'level:i', 'typeOfLevel', 'dataDate:i', 'dataTime:i'];
    const member = [
      'perturbationNumber:i',
      'numberOfForecastsInEnsemble:i',
      'derivedForecast:i',
      'stepRange',
    ];
    const found = readWithEccodes(Buffer.concat(messages.map(({ bytes }) => bytes)), [...keys, ...member]);
    expect(found.map((field) => field.productDefinitionTemplateNumber)).toEqual([0, 1, 2, 8, 11, 12, 60, 0]);
    expect(found.map((field) => field.stepRange)).toEqual(['6', '6', '6', '6-9', '6-9', '6-9', '6', '6']);
    expect(found.map((field) => field.perturbationNumber)).toEqual([null, 7, null, null, 7, null, 7, null]);
    expect(found.map((field) => field.derivedForecast)).toEqual([null, null, 4, null, null, 0, null, null]);
    expect(found[0]).toMatchObject({
      level: 850,
      typeOfLevel: 'isobaricInhPa',
      dataDate: 20_240_229,
      dataTime: 1200,
    });
    expect(found[7]).toMatchObject({ typeOfLevel: 'depthBelowLandLayer' });
  });

  it('edition 1: values, local parts, bitmaps, large messages', () => {
    const local = ecmwfLocal([1, 11, 1035], '0001', [7, 51]);
    const messages = [
      ...TEXTURES.map((texture) => encodeGrib1(makeMessage1({ values: makeValues(3, texture), local }))),
      ...[0, 8, 16, 24].map((bits) => encodeGrib1(makeMessage1({ packing: { bits, decimal: 2 } }))),
      encodeGrib1(makeMessage1({ centre: 7, parameter: [2, 11], local: ncepLocal(3, 5) })),
      encodeGrib1(makeMessage1({ values: makeValues(4, 'noise').map((value) => value / 1e6) })),
    ];
    expectValues(messages);
    const keys = ['number:i', 'totalNumber:i', 'marsType', 'expver', 'level:i', 'dataDate:i', 'dataTime:i'];
    const [first] = readWithEccodes(messages[0]!.bytes, keys);
    expect(first).toMatchObject({ number: 7, totalNumber: 51, marsType: 'pf', expver: '0001', level: 500 });
    expect(first).toMatchObject({ dataDate: 20_240_229, dataTime: 1200 });
  });

  it('edition 1: the way in which messages of more than 8 MiB are written, which smaller ones may be, too', () => {
    const bits = [8, 12, 16, 24];
    expectValues(bits.map((width) => encodeGrib1(makeMessage1({ packing: { bits: width }, large: true }))));
  });
});
