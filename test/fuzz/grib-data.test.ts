import { describe, expect, it } from 'vitest';
import { fuzzGribData, type GribFuzzCounts } from '../support/grib-data-fuzz.js';
import { samplesTitle, skipSamples } from '../support/samples.js';

/** Mutants of a file; `MUTANTS=10000` for a long run. */
const MUTANTS = Number(process.env.MUTANTS ?? 150);

const MADE = [
  'g1_grid_ieee.grib',
  'g1_grid_second_order.grib',
  'g1_grid_second_order_SPD1.grib',
  'g1_grid_second_order_SPD3.grib',
  'g1_grid_second_order_no_SPD.grib',
  'g2_grid_ccsds.grib2',
  'g2_grid_complex.grib2',
  'g2_grid_complex_spatial_differencing.grib2',
  'g2_grid_ieee.grib2',
  'g2_grid_jpeg.grib2',
  'g2_grid_png.grib2',
  'g2_grid_simple_log_preprocessing.grib2',
  'pl4.grib',
  'pl4.grib2',
].map((name) => `packings/made/${name}`);
const GRIDS = [
  'O32_global.grib1',
  'O32_global.grib2',
  'reduced_gg.grib',
  'rgg_small_subarea_cellarea_ref.grib',
  'ngm_polar.grib2',
  'eta_lambert.grib2',
  'rotated_wind_20x20.grib',
  'regular_gg_pl.grib',
  'scanning_mode_with_bitmap.grib2',
].map((name) => `grids/${name}`);

describe.skipIf(skipSamples())(samplesTitle('mutated sections of GRIB fields'), () => {
  for (const [number, name] of [...MADE, ...GRIDS].entries())
    it(`of ${name} are decoded or refused`, { timeout: 3_600_000 }, async () => {
      const counts: GribFuzzCounts = await fuzzGribData(name, MUTANTS, number + 1);
      expect(counts.faults).toEqual([]);
      expect(counts.decoded + counts.sampled).toBeGreaterThan(MUTANTS / 10);
      expect(Object.keys(counts.refused).length).toBeGreaterThan(0);
    });
});
