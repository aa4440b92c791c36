import { describe, expect, it } from 'vitest';
import * as grib from '../../src/grib/index.js';
import { encodeGrib2 } from '../support/grib-encoder.js';
import { GRID, MARS, makeField, makeMessage, makeValues, TEMPERATURE } from '../support/grib-made.js';

describe('the public interface', () => {
  it('is these functions', () => {
    expect(Object.keys(grib).sort()).toMatchInlineSnapshot(`
      [
        "DAMAGES",
        "DecodeRoom",
        "SAMPLE_STATUS",
        "decode",
        "fileSource",
        "gridOf",
        "keysOf",
        "memorySource",
        "sample",
        "sampleWind",
        "scan",
      ]
    `);
  });

  it('leads from the bytes of a file to values at places', async () => {
    const { bytes } = encodeGrib2(makeMessage([{ ...makeField(TEMPERATURE), mars: MARS }]));
    const source = grib.memorySource(bytes);
    const fields: grib.Field[] = [];
    for await (const field of grib.scan(source)) fields.push(field);
    const [field] = fields;
    if (field === undefined) throw new Error('no field');
    expect(grib.keysOf(field)).toMatchObject({ shortName: 't', levelType: 'isobaricInhPa', level: 85_000 });
    const { kind, ni, nj } = grib.gridOf(field);
    expect({ kind, ni, nj }).toEqual({ kind: 'regular_ll', ni: GRID.ni, nj: GRID.nj });
    const { values, missing } = await grib.decode(field);
    expect([values.length, missing]).toEqual([GRID.ni * GRID.nj, 0]);
    const { values: sampled, status } = await grib.sample(field, {
      latitudes: [60, 95],
      longitudes: [15, 0],
    });
    expect([...status]).toEqual([grib.SAMPLE_STATUS.ok, grib.SAMPLE_STATUS.outside]);
    expect(sampled[0]).toBe(values[1]);
    expect(sampled[0]).toBeCloseTo(makeValues(TEMPERATURE.number + 1, 'smooth')[1]!, 1);
  });
});
