/** Sampling: between points, over the seam and the poles, at the edges, and by address. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DecodeRoom, decode } from '../../src/grib/decode.js';
import type { ByteSource, Field } from '../../src/grib/field.js';
import { gridOf, sampledGridOf } from '../../src/grib/grid.js';
import { SAMPLE_STATUS, sample } from '../../src/grib/sample.js';
import { sampleWind } from '../../src/grib/wind.js';
import { countingSource, scanAll } from '../support/grib-reading.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';

async function fieldsOf(name: string): Promise<Field[]> {
  const { fields } = await scanAll(readFileSync(samplePath(`grib/${name}`)));
  return fields;
}

async function valueAt(field: Field, latitude: number, longitude: number): Promise<number> {
  const { values } = await sample(field, { latitudes: [latitude], longitudes: [longitude] });
  return values[0]!;
}

/** Places spread over a part of the Earth. */
function places(south: number, north: number, count: number): { latitudes: number[]; longitudes: number[] } {
  const latitudes = Array.from({ length: count }, (_, i) => south + ((i * 0.618_034) % 1) * (north - south));
  const longitudes = Array.from({ length: count }, (_, i) => ((i * 0.414_214) % 1) * 360 - 90);
  return { latitudes, longitudes };
}

describe.skipIf(skipSamples())(samplesTitle('sampling'), () => {
  it('gives the value of a point at the point', async () => {
    for (const name of [
      'grids/O32_global.grib1',
      'grids/scanning_mode_64.grib',
      'grids/eta_lambert.grib2',
      'grids/tuv_pl.grib',
      'grids/alternate-scanning.grib',
      'grids/mercator.grib',
      'grids/rotated_ll.grib1',
      'grids/ngm_polar.grib2',
      'grids/rgg_small_subarea_cellarea_ref.grib',
    ]) {
      const [field] = await fieldsOf(name);
      const { values } = await decode(field!);
      const grid = gridOf(field!);
      for (let index = 0; index < grid.points; index += Math.ceil(grid.points / 97)) {
        const { latitude, longitude } = grid.coordinates(index);
        const { values: sampled, status } = await sample(field!, {
          latitudes: [latitude],
          longitudes: [longitude],
        });
        expect({ name, index, status: status[0] }).toEqual({ name, index, status: SAMPLE_STATUS.ok });
        expect(Math.abs(sampled[0]! - values[index]!)).toBeLessThan(1e-6 * (1 + Math.abs(values[index]!)));
      }
    }
  });

  it('is linear along a row and a column', async () => {
    const [field] = await fieldsOf('pl_regular_ll.grib');
    const { values } = await decode(field!);
    // 36 x 19 points, 10 degrees apart, from 90 N.
    const at = (row: number, column: number): number => values[row * 36 + column]!;
    expect(await valueAt(field!, 50, 12.5)).toBeCloseTo(at(4, 1) * 0.75 + at(4, 2) * 0.25, 9);
    expect(await valueAt(field!, 47.5, 10)).toBeCloseTo(at(4, 1) * 0.75 + at(5, 1) * 0.25, 9);
  });

  it('goes over the seam', async () => {
    const [field] = await fieldsOf('pl_regular_ll.grib');
    const { values } = await decode(field!);
    const wanted = values[4 * 36 + 35]! * 0.5 + values[4 * 36]! * 0.5;
    for (const longitude of [355, -5, 715])
      expect(await valueAt(field!, 50, longitude)).toBeCloseTo(wanted, 9);
  });

  it('goes to the mean of the last row at the poles', async () => {
    const [field] = await fieldsOf('grids/O32_global.grib1');
    const { values } = await decode(field!);
    const length = gridOf(field!).rowLengths![0]!;
    const mean = values.slice(0, length).reduce((sum, value) => sum + value, 0) / length;
    expect(await valueAt(field!, 90, 123)).toBeCloseTo(mean, 9);
    const { latitude } = gridOf(field!).first;
    expect(await valueAt(field!, (latitude + 90) / 2, 0)).toBeCloseTo((values[0]! + mean) / 2, 9);
    const southern = values.slice(-length).reduce((sum, value) => sum + value, 0) / length;
    expect(await valueAt(field!, -90, 0)).toBeCloseTo(southern, 9);
  });

  it('says that a place is outside', async () => {
    const [field] = await fieldsOf('grids/eta_lambert.grib2');
    const points = { latitudes: [-33, 40, Number.NaN, 95], longitudes: [151, -100, 0, 0] };
    const { values, status } = await sample(field!, points);
    const { ok, outside } = SAMPLE_STATUS;
    expect([...status]).toEqual([outside, ok, outside, outside]);
    expect(Number.isNaN(values[0]!)).toBe(true);
  });

  it('is missing where one of the points is', async () => {
    const [field] = await fieldsOf('odd/fields_with_missing_values.grib');
    const { values } = await decode(field!);
    const grid = gridOf(field!);
    const hole = values.findIndex((value, i) => Number.isNaN(value) && !Number.isNaN(values[i + 1]!));
    const [a, b] = [grid.coordinates(hole), grid.coordinates(hole + 1)];
    const between = (a.longitude + b.longitude) / 2;
    const points = { latitudes: [a.latitude, a.latitude], longitudes: [between, b.longitude] };
    const { status } = await sample(field!, points);
    expect([...status]).toEqual([SAMPLE_STATUS.missing, SAMPLE_STATUS.ok]);
  });

  it('reads the same by address as decoded', async () => {
    for (const name of [
      'packings/made/g1_grid_ieee.grib',
      'packings/made/g2_grid_ieee.grib2',
      'era5-levels-members.grib',
      'grids/lambert_grid.grib',
      'packings/made/pl4.grib2',
    ]) {
      const [field] = await fieldsOf(name);
      // An empty bitmap of ones makes the same field one that has to be decoded.
      const points = places(-90, 90, 200);
      const { values } = await decode(field!, new DecodeRoom());
      const ones = new Uint8Array(Math.ceil(values.length / 8)).fill(0xff);
      const source = withTail(field!.source, ones);
      const decoded = { ...field!, source, bitmap: { offset: field!.source.size, length: ones.length } };
      const [direct, whole] = [await sample(field!, points), await sample(decoded, points)];
      expect([...direct.values]).toEqual([...whole.values]);
      expect([...direct.status]).toEqual([...whole.status]);
    }
  });

  it('reads few bytes for few places', async () => {
    const [field] = await fieldsOf('grids/regular_gg_wrong_increment.grib');
    const counted = countingSource(field!.source);
    await sample({ ...field!, source: counted }, { latitudes: [48.25], longitudes: [16.36] });
    expect(counted.bytesRead).toBeLessThan(2000);
    expect(gridOf(field!).notes).toHaveLength(2);
  });

  it('turns winds that are along the grid', async () => {
    const [u, v] = await fieldsOf('grids/rotated_wind_20x20.grib');
    const grid = gridOf(u!);
    expect(grid.isGridRelative).toBe(true);
    const { latitude, longitude } = grid.coordinates(37);
    const point = { latitudes: [latitude], longitudes: [longitude] };
    const wind = await sampleWind(u!, v!, point);
    const [along, across] = [await sample(u!, point), await sample(v!, point)];
    const speed = (x: number, y: number): number => Math.hypot(x, y);
    expect(speed(wind.u.values[0]!, wind.v.values[0]!)).toBeCloseTo(
      speed(along.values[0]!, across.values[0]!),
      9,
    );
    // This grid's north pole is where the turn points to.
    const turn = sampledGridOf(u!).turn(latitude, longitude);
    const [x, y] = [along.values[0]!, across.values[0]!];
    expect(wind.u.values[0]!).toBeCloseTo(x * Math.cos(turn) + y * Math.sin(turn), 9);
    expect(wind.v.values[0]!).toBeCloseTo(y * Math.cos(turn) - x * Math.sin(turn), 9);
  });

  it('refuses components on different grids', async () => {
    const [u] = await fieldsOf('grids/rotated_wind_20x20.grib');
    const [other] = await fieldsOf('pl_regular_ll.grib');
    const point = { latitudes: [0], longitudes: [0] };
    await expect(sampleWind(u!, other!, point)).rejects.toMatchObject({ code: 'GRIB_WIND' });
  });
});

/** A source with bytes behind its end. */
function withTail(source: ByteSource, tail: Uint8Array): ByteSource {
  return {
    name: source.name,
    size: source.size + tail.length,
    read: async (position, length) =>
      position >= source.size
        ? tail.subarray(position - source.size, position - source.size + length)
        : source.read(position, length),
  };
}
