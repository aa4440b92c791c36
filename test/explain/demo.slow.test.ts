/** Random observations of every source's demo files: the raw bytes that an explanation names give the value in the file. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExplainedPlace } from '../../src/explain/explanation.js';
import type { MarkedField } from '../../src/sources/locator.js';
import { sources } from '../../src/sources/registry.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { withStation } from '../support/demo/station-view.js';
import { explainAt } from './harvested.js';
import { randomFaults } from './random-rows.js';
import { faultsOf } from './reparse.js';

/** The demo has no files of `era5_2`, whose format is that of `era5_1`. */
const DATASETS = [...sources.keys()].filter((dataset) => dataset !== 'era5_2');

describe('200 random observations of the demo files', () => {
  it.each(DATASETS)('of %s stand where their explanations say', async (dataset) => {
    const demo = await demoOutputs();
    const { explained, faults } = await randomFaults(
      join(demo, 'output', dataset),
      join(demo, 'sources', dataset),
      { observations: 200, reports: 4, seed: 6 },
    );
    expect(explained).toBe(200);
    expect(faults).toEqual([]);
  });
});

describe('the check of an explanation', () => {
  it('notices a field that is off by a byte, and a line that is not the one', async () => {
    const demo = await demoOutputs();
    const path = join(demo, 'output', 'ncar', '0-20000-0-99001_ncar_harvested.nc');
    const file = await explainAt(path, { reports: [0], variable: 126 });
    const faults = (change: (place: ExplainedPlace) => ExplainedPlace): number =>
      withStation(
        path,
        (view) =>
          file.explanations
            .slice(0, 5)
            .filter((each) => faultsOf(file, { ...each, places: each.places.map(change) }, view).length > 0)
            .length,
      );
    expect(faults((place) => place)).toBe(0);
    const shift = (field: MarkedField): MarkedField => ({ ...field, to: field.to - 1 });
    expect(faults((place) => ({ ...place, fields: place.fields.map(shift) }))).toBe(5);
    expect(faults(({ unit, ...place }) => ({ ...place, unit: { ...unit, number: unit.number + 1 } }))).toBe(
      5,
    );
    expect(faults((place) => ({ ...place, fields: [] }))).toBe(5);
  });
});
