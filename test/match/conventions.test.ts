import { describe, expect, it } from 'vitest';
import { openTables } from '../../src/cdm/index.js';
import { type Profile, writingRule } from '../../src/match/conventions.js';
import { TABLES_CONTRACT } from '../../src/match/index.js';
import {
  OBSERVED_VARIABLE,
  type Quantity,
  type SourceUnit,
  writtenVariable,
} from '../../src/records/variables.js';

/** Source value -> code, unit and value in the file. Numbers from the CDM tables, WMO-No. 8 (9.80665 m s-2) and arithmetic. */
const CDM: readonly (readonly [Quantity, SourceUnit, number, number, number, number])[] = [
  ['airTemperature', 'degC', -56.5, 126, 5, 216.65],
  ['airTemperature', 'K', 216.65, 126, 5, 216.65],
  ['dewPoint', 'degC', 0, 137, 5, 273.15],
  ['dewPointDepression', 'degC-difference', 12.3, 34, 5, 12.3],
  ['relativeHumidity', 'percent', 45.6, 138, 300, 45.6],
  ['relativeHumidity', 'fraction', 0.456, 138, 300, 45.6],
  ['specificHumidity', 'kg/kg', 0.003, 39, 622, 0.003],
  ['geopotentialHeight', 'gpm', 5520, 117, 631, 5520],
  ['geopotentialHeight', 'm2/s2', 98_066.5, 117, 631, 10_000],
  ['windFromDirection', 'degree', 270, 106, 110, 270],
  ['windSpeed', 'm/s', 12.5, 107, 731, 12.5],
  ['geopotential', 'm2/s2', 98_066.5, 117, 631, 10_000],
  ['altitude', 'm', 30_000, 125, 1, 30_000],
  ['eastwardWind', 'm/s', -3, 139, 731, -3],
  ['northwardWind', 'm/s', 4, 140, 731, 4],
  ['airTemperatureSurface', 'K', 288.15, 85, 5, 288.15],
  ['dewPointTemperatureSurface', 'K', 280, 36, 5, 280],
  ['relativeHumiditySurface', 'fraction', 1, 38, 300, 100],
  ['eastwardWindSurface', 'm/s', 1, 104, 731, 1],
  ['northwardWindSurface', 'm/s', 1, 105, 731, 1],
  ['airPressureSurface', 'Pa', 99_999, 57, 32, 99_999],
];

/** Where `cuon` differs: the fraction with unit 0, the geopotential in m2 s-2 with the unit of height. */
const CUON: readonly (readonly [Quantity, SourceUnit, number, number, number, number])[] = [
  ['relativeHumidity', 'percent', 45.6, 138, 0, 0.456],
  ['relativeHumidity', 'fraction', 0.456, 138, 0, 0.456],
  ['geopotentialHeight', 'gpm', 10_000, 117, 631, 98_066.5],
  ['geopotentialHeight', 'm2/s2', 98_066.5, 117, 631, 98_066.5],
  ['geopotential', 'm2/s2', 98_066.5, 117, 631, 98_066.5],
  ['altitude', 'm', 30_000, 125, 1, 30_000],
  ['airTemperature', 'degC', -56.5, 126, 5, 216.65],
  ['dewPointDepression', 'degC-difference', 12.3, 34, 5, 12.3],
  ['windSpeed', 'm/s', 12.5, 107, 731, 12.5],
];

function written(quantity: Quantity, unit: SourceUnit, value: number, profile: Profile): number[] {
  const { observedVariable, units, scale, offset } = writingRule(quantity, unit, 0.1, profile);
  return [observedVariable, units, value * scale + offset];
}

describe('the cdm profile', () => {
  it.each(CDM)(
    'writes %s in %s: %d is variable %i, unit %i, %d',
    (quantity, unit, value, code, units, result) => {
      const [variable, unitCode, number] = written(quantity, unit, value, 'cdm');
      expect([variable, unitCode]).toEqual([code, units]);
      expect(number).toBeCloseTo(result, 9);
    },
  );

  it('covers every quantity', () => {
    const covered = new Set(CDM.map(([quantity]) => quantity));
    expect([...covered].sort()).toEqual(Object.keys(OBSERVED_VARIABLE).sort());
  });

  it('says what was converted and how', () => {
    const celsius = writingRule('airTemperature', 'degC', 0.1, 'cdm');
    expect(celsius).toMatchObject({ conversionFlag: 0, conversionMethod: 1, originalUnits: 60 });
    expect([celsius.numericalPrecision, celsius.originalPrecision]).toEqual([0.1, 0.1]);
    const speed = writingRule('windSpeed', 'm/s', 0.1, 'cdm');
    expect(speed).toMatchObject({ conversionFlag: 2, conversionMethod: null, originalUnits: null });
    expect([speed.numericalPrecision, speed.originalPrecision]).toEqual([0.1, Number.NaN]);
    const fraction = writingRule('relativeHumidity', 'fraction', 0.001, 'cdm');
    expect(fraction.numericalPrecision).toBeCloseTo(0.1, 12);
    expect(fraction.originalPrecision).toBe(0.001);
    expect(fraction).toMatchObject({ conversionFlag: 0, originalUnits: null });
    const geopotential = writingRule('geopotential', 'm2/s2', Number.NaN, 'cdm');
    expect(geopotential).toMatchObject({ conversionFlag: 0, originalUnits: 762 });
  });
});

describe('the cuon profile', () => {
  it.each(CUON)(
    'writes %s in %s: %d is variable %i, unit %i, %d',
    (quantity, unit, value, code, units, result) => {
      const [variable, unitCode, number] = written(quantity, unit, value, 'cuon');
      expect([variable, unitCode]).toEqual([code, units]);
      expect(number).toBeCloseTo(result, 9);
    },
  );
});

describe('the codes of the contract', () => {
  it('are in the tables of the package, elements included', async () => {
    const options = { cacheDir: '/nonexistent', contract: TABLES_CONTRACT, onWarning: () => {} };
    const edition = await openTables('bundled', options);
    const units = edition.tables.get('units');
    const nameOf = (code: number): string | undefined =>
      units?.rows
        .find((row) => row.code === code)
        ?.values.join(' ')
        .toLowerCase();
    // The unit codes mean what the names in this project say.
    expect(nameOf(5)).toContain('kelvin');
    expect(nameOf(32)).toContain('pascal');
    expect(nameOf(60)).toContain('celsius');
    expect(nameOf(110)).toContain('degree');
    expect(nameOf(300)).toContain('%');
    expect(nameOf(622)).toContain('kilogram');
    expect(nameOf(631)).toContain('geopotential met');
    expect(nameOf(731)).toContain('per second');
    expect(nameOf(0)).toBeUndefined();
    const variables = edition.tables.get('observed_variable');
    expect(nameOf(762)).toContain('square metres per second squared');
    const missing = Object.values(OBSERVED_VARIABLE)
      .map(writtenVariable)
      .filter((code) => !variables?.rows.some((row) => row.code === code));
    expect(missing).toEqual([]);
  });
});
