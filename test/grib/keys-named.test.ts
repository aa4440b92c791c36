import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type FieldKeys, keysOf } from '../../src/grib/keys.js';
import { scanAll } from '../support/grib-reading.js';
import { samplePath, samplesTitle, skipSamples } from '../support/samples.js';

async function keysIn(name: string): Promise<FieldKeys[]> {
  const { fields } = await scanAll(readFileSync(samplePath(`grib/${name}`)));
  return fields.map(keysOf);
}

const distinct = (keys: readonly FieldKeys[], name: keyof FieldKeys): unknown[] => [
  ...new Set(keys.map((one) => one[name])),
];

describe.skipIf(skipSamples())(samplesTitle('what GRIB keys mean'), () => {
  it('an ensemble of analyses: control and nine perturbed, in both editions', async () => {
    for (const name of ['era5-levels-members.grib', 'ensembles/era5-eda-edition2.grib2']) {
      const keys = await keysIn(name);
      expect(keys.length).toBe(160);
      expect(distinct(keys, 'member')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(distinct(keys, 'level')).toEqual([50_000, 85_000]);
      expect(distinct(keys, 'runTime').length).toBe(4);
      for (const { member, memberType, members, type } of keys) {
        expect(memberType).toBe(member === 0 ? 'cf' : 'pf');
        expect([members, type]).toEqual([10, 'an']);
      }
    }
  });

  it('the control of AIFS is member 0, whatever its codes of types say', async () => {
    const [keys] = await keysIn('aifs-ens-cf-t500.grib2');
    expect(keys).toMatchObject({ memberType: 'cf', member: 0, members: 51, class: 'ai', stream: 'enfo' });
  });

  it('deterministic fields with number 0 of 0 are no members', async () => {
    const [analysis] = await keysIn('odd/t_analysis_and_fc_0.grib');
    expect(analysis).toMatchObject({ memberType: 'an', member: -1, members: 0, type: 'an', step: 0 });
    const [forecast] = await keysIn('packings/gfs.complex.grib2');
    expect(forecast).toMatchObject({ memberType: 'fc', member: -1, members: -1, step: 86_400 });
  });

  it('probabilities, percentiles and means are no members', async () => {
    const keys = await keysIn('ensembles/s2s-pdt9-pdt10-pdt12.grib2');
    for (const { template, member, memberType } of keys)
      expect([member, memberType]).toEqual([-1, template === 12 ? 'em' : 'other']);
    expect(distinct(keys, 'template')).toEqual(expect.arrayContaining([9, 10, 12]));
  });

  it('steps in minutes are seconds', async () => {
    const keys = await keysIn('packings/hrrr.wrfsubhf.sample.grib2');
    expect(keys.map(({ stepBegin, step, stepType }) => [stepBegin, step, stepType])).toEqual([
      [900, 900, 'instant'],
      [0, 900, 'avg'],
    ]);
  });

  it('intervals end where they are valid, maxima of ECMWF included', async () => {
    const gusts = (await keysIn('ensembles/ens_storm.grib')).filter(({ shortName }) => shortName === '10fg3');
    expect(gusts.length).toBe(153);
    for (const { step, stepBegin, stepType, runTime, validTime } of gusts) {
      expect([step! - stepBegin!, stepType]).toEqual([3 * 3600, 'max']);
      expect(validTime).toBe(runTime! + step!);
    }
  });

  it('pressures are Pa, and named by hPa where they are whole ones', async () => {
    const keys = await keysIn('odd/hpa_and_pa.grib');
    expect(keys.map(({ level, levelType }) => [level, levelType])).toEqual(
      keys.map(({ level }) => [level, level % 100 === 0 ? 'isobaricInhPa' : 'isobaricInPa']),
    );
    expect(keys.map(({ level }) => level)).toEqual(expect.arrayContaining([10, 100]));
  });

  it('layers have both ends in metres', async () => {
    const keys = await keysIn('odd/ecmwf_soil_8vars_tiny.grib1');
    const ends = keys.map(({ level, level2 }) => `${level}-${level2}`);
    expect([...new Set(ends)]).toEqual(['0-0.07', '0.07-0.28', '0.28-1', '1-NaN']);
  });

  it('a surface of negative potential vorticity is negative', async () => {
    const [keys] = await keysIn('packings/gfs.pv-tmp-missing.grib2');
    expect(keys).toMatchObject({ levelType: 'potentialVorticity', level: -2e-6 });
  });

  it('a field without a year has no run and no valid time', async () => {
    const [keys] = await keysIn('odd/t_year_missing.grib');
    expect(keys).toMatchObject({ runTime: null, validTime: null, step: 0 });
  });

  it('u and v of a message of two fields are both there', async () => {
    const keys = await keysIn('packings/gfs.t12z.pgrbf120.2p5deg.grib2');
    const levels = (name: string): unknown[] =>
      keys
        .filter(({ shortName, levelType }) => shortName === name && levelType === 'isobaricInhPa')
        .map(({ level }) => level);
    expect(levels('v')).toEqual(levels('u'));
    expect(levels('v').length).toBe(26);
    expect(keys.find(({ shortName }) => shortName === 'u')).toMatchObject({
      ...{ quantity: 'eastward_wind', units: 'm s-1', centre: 7, discipline: 0, category: 2, number: 2 },
    });
  });
});
