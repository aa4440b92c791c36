/** Values of made messages, and what is refused. */
import { describe, expect, it } from 'vitest';
import { DecodeRoom, decode } from '../../src/grib/decode.js';
import type { Field } from '../../src/grib/field.js';
import { sample } from '../../src/grib/sample.js';
import { encodeGrib2 } from '../support/grib-encoder.js';
import { GRID, makeValues, SIMPLE, TEMPERATURE, type Texture } from '../support/grib-made.js';
import type { PackingSpec } from '../support/grib-packings.js';
import { scanAll } from '../support/grib-reading.js';

const TIME = [2026, 12, 1] as const;

async function made(packing: PackingSpec, texture: Texture): Promise<{ field: Field; wanted: number[] }> {
  const fields = [{ grid: GRID, product: TEMPERATURE, packing, values: makeValues(3, texture) }];
  const { bytes, decoded } = encodeGrib2({ time: TIME, fields });
  const { fields: found } = await scanAll(bytes);
  return { field: found[0]!, wanted: decoded[0]! };
}

/** A field whose section 5 is changed, its own memory. */
function changed(field: Field, change: (section: Uint8Array) => void): Field {
  const representation = new Uint8Array(field.representation);
  change(representation);
  return { ...field, representation };
}

describe('values of made messages', () => {
  const room = new DecodeRoom();
  const packings: PackingSpec[] = [
    ...[1, 7, 12, 16, 24, 31].map((bits): PackingSpec => ({ kind: 'simple', bits, decimal: 2 })),
    ...([0, 1, 2] as const).flatMap((order) =>
      ([0, 1, 2] as const).map(
        (missing): PackingSpec => ({ kind: 'complex', bits: 12, groups: { order, missing } }),
      ),
    ),
    ...[8, 16, 32, 64].map(
      (block): PackingSpec => ({ kind: 'ccsds', bits: 14, ccsds: { block, interval: 3 } }),
    ),
    { kind: 'ccsds', bits: 9, ccsds: { preprocess: false } },
  ];
  for (const packing of packings)
    for (const texture of ['smooth', 'noise', 'zeros', 'constant', 'holes'] as const)
      it(`are those that were written: ${JSON.stringify(packing)} ${texture}`, async () => {
        const { field, wanted } = await made(packing, texture);
        const { values, missing } = await decode(field, room);
        expect(missing).toBe(wanted.filter(Number.isNaN).length);
        for (const [i, value] of values.entries())
          if (!Number.isNaN(wanted[i]!))
            expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(1e-13 * Math.abs(value));
          else expect(value).toBeNaN();
      });
});

describe('refused fields', () => {
  it('have a packing that the error names', async () => {
    const { field } = await made(SIMPLE, 'smooth');
    const run = changed(field, (section) => section.set([0, 200], 9));
    await expect(decode(run)).rejects.toMatchObject({
      code: 'UNSUPPORTED_PACKING',
      message: expect.stringContaining('5.200 (run length packing)'),
    });
  });

  it('have a bitmap that the centre keeps', async () => {
    const { field } = await made(SIMPLE, 'smooth');
    await expect(decode({ ...field, bitmap: { predefined: 7 } })).rejects.toMatchObject({
      code: 'GRIB_DATA',
    });
  });

  it('claim 2^31 points without a bit for them', async () => {
    const { field } = await made(SIMPLE, 'smooth');
    const constant = changed(field, (section) => {
      section.set([0x80, 0, 0, 0], 5);
      section[19] = 0;
    });
    const grid = new Uint8Array(field.grid!);
    grid.set([0x80, 0, 0, 0], 6);
    await expect(decode({ ...constant, grid })).rejects.toMatchObject({ code: 'GRIB_TOO_LARGE' });
    const points = { latitudes: [0], longitudes: [0] };
    await expect(sample({ ...constant, grid }, points)).rejects.toMatchObject({ code: 'GRIB_GRID' });
  });

  it('have fewer bits than their points need', async () => {
    const { field } = await made(SIMPLE, 'smooth');
    const wider = changed(field, (section) => {
      section[19] = 25;
    });
    await expect(decode(wider)).rejects.toMatchObject({ code: 'GRIB_DATA' });
  });
});

it('without bits have the reference value itself, whatever the decimal scale', async () => {
  const { field } = await made(SIMPLE, 'smooth');
  const constant = changed(field, (section) => {
    new DataView(section.buffer).setFloat32(11, 273.15);
    section.set([0, 2], 17);
    section[19] = 0;
  });
  const { values } = await decode(constant);
  expect(new Set(values)).toEqual(new Set([Math.fround(273.15)]));
});
