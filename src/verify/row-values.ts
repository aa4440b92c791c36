/** Values of rows: that they are there, in the units of their variable, follow from their originals, and can be. */

import { CONVERTED, INT_MISSING } from '../match/index.js';
import { isSame } from '../numbers.js';
import { QUALITY } from '../records/variables.js';
import type { FileView } from './file-view.js';
import { COORDINATE_LIMITS, ELAPSED_LIMITS, type ValueLimits, valueLimits } from './ranges.js';
import { floatsOf, intsOf, type RowBlock } from './row-blocks.js';
import type { RowRule } from './writing-rules.js';

const TABLE = 'observations_table';

/** One value that no atmosphere has may be what the archive says; where most of many are such, the unit is another one. */
const MANY = 100;
const MOST = 0.5;

/** Rounding of two float32 numbers and of what is made of them. */
const RELATIVE_ERROR = 2 ** -21;

type Columns = NonNullable<ReturnType<typeof columnsOf>>;

function columnsOf(block: RowBlock) {
  const variable = intsOf(block, 'observed_variable');
  const value = floatsOf(block, 'observation_value');
  if (variable === undefined || value === undefined) return undefined;
  return {
    variable,
    value,
    quality: intsOf(block, 'quality_flag'),
    units: intsOf(block, 'units'),
    conversionFlag: intsOf(block, 'conversion_flag'),
    conversionMethod: intsOf(block, 'conversion_method'),
    originalUnits: intsOf(block, 'original_units'),
    original: floatsOf(block, 'original_value'),
    numericalPrecision: floatsOf(block, 'numerical_precision'),
    originalPrecision: floatsOf(block, 'original_precision'),
    z: floatsOf(block, 'z_coordinate'),
    zType: intsOf(block, 'z_coordinate_type'),
    latitude: floatsOf(block, 'latitude'),
    longitude: floatsOf(block, 'longitude'),
    elapsed: floatsOf(block, 'elapsed_time'),
  };
}

export interface RowValues {
  see(block: RowBlock): void;
  /** Notes what no atmosphere has, and an archive may. */
  end(): void;
}

/** @param rules by observed_variable; empty where the dataset is not known: then units and conversions are not checked */
export function createRowValues(
  { findings, profile }: FileView,
  rules: ReadonlyMap<number, readonly RowRule[]>,
): RowValues {
  // Read for every row: places in arrays are found sooner than in maps.
  const limits = dense(valueLimits(profile));
  const ofVariable = dense(rules);
  const tell = (
    kind: 'units' | 'conversion' | 'range' | 'missing',
    variable: string,
    row: number,
    message: () => string,
  ): void => findings.add(kind, { table: TABLE, variable, row }, message);

  /** What a row that does not follow its rule should hold. */
  const tellDifferences = (rule: RowRule, c: Columns, i: number, row: number): void => {
    const about = (name: string, found: number | undefined, expected: number): void => {
      if (found === undefined || Object.is(found, expected)) return;
      const kind = name === 'units' ? 'units' : 'conversion';
      tell(
        kind,
        name,
        row,
        () => `${shown(found)}, but variable ${rule.variable} is written with ${shown(expected)}`,
      );
    };
    about('units', c.units?.[i], rule.units);
    about('conversion_flag', c.conversionFlag?.[i], rule.conversionFlag);
    about('conversion_method', c.conversionMethod?.[i], rule.conversionMethod);
    about('original_units', c.originalUnits?.[i], rule.originalUnits);
    about('numerical_precision', c.numericalPrecision?.[i], rule.numericalPrecision);
    about('original_precision', c.originalPrecision?.[i], rule.originalPrecision);
  };

  const checkRule = (c: Columns, i: number, row: number): void => {
    const candidates = ofVariable[c.variable[i] as number];
    if (candidates === undefined) {
      if (rules.size > 0)
        tell('units', 'observed_variable', row, () => `${c.variable[i]} is no variable of this dataset`);
      return;
    }
    const rule = ruleOf(candidates, c, i);
    if (!follows(c, rule, i)) tellDifferences(rule, c, i, row);
    checkOriginal(rule, c, i, row);
  };

  const checkOriginal = (rule: RowRule, c: Columns, i: number, row: number): void => {
    if (c.original === undefined) return;
    const original = c.original[i] as number;
    const value = c.value[i] as number;
    if (rule.conversionFlag !== CONVERTED) {
      if (!Number.isNaN(original))
        tell('conversion', 'original_value', row, () => `${original} beside a value that was not converted`);
      return;
    }
    const expected = original * rule.scale + rule.offset;
    const tolerance = RELATIVE_ERROR * (Math.abs(original * rule.scale) + Math.abs(expected));
    if (!(Math.abs(value - expected) <= tolerance))
      tell(
        'conversion',
        'observation_value',
        row,
        () => `${value}, but ${original} of the source is ${Math.fround(expected)}`,
      );
  };

  const unlikely = new Map<
    string,
    { count: number; row: number; value: number; of: ValueLimits; variable: number }
  >();
  /** Values that no flag doubts, by observed_variable. */
  const trusted = new Float64Array(ofVariable.length + limits.length);

  /** Of a value that is not likely: one that cannot be is told, one that no atmosphere has is counted. */
  const judge = (
    own: ValueLimits,
    value: number,
    row: number,
    column: string,
    what: string,
    variable = -1,
  ): void => {
    const [low, high] = own.possible;
    if (!(value >= low && value <= high)) {
      tell('range', column, row, () => `${value} cannot be the value of a ${what}`);
      return;
    }
    const known = unlikely.get(what);
    if (known === undefined) unlikely.set(what, { count: 1, row, value, of: own, variable });
    else known.count++;
  };

  const checkRanges = (c: Columns, i: number, row: number): void => {
    const value = c.value[i] as number;
    if (!Number.isFinite(value)) {
      tell('missing', 'observation_value', row, () =>
        Number.isNaN(value) ? 'the value is missing' : `${value}`,
      );
      return;
    }
    if (!isTrusted(c.quality?.[i])) return;
    const variable = c.variable[i] as number;
    const own = limits[variable];
    if (own !== undefined) {
      trusted[variable]!++;
      if (!isLikely(own, value))
        judge(own, value, row, 'observation_value', `variable ${variable}`, variable);
    }
    const type = c.zType?.[i] ?? INT_MISSING;
    const z = c.z?.[i] ?? Number.NaN;
    const ofType = COORDINATE_LIMITS[type];
    if (ofType !== undefined) {
      if (!isLikely(ofType, z)) judge(ofType, z, row, 'z_coordinate', `coordinate of type ${type}`);
    } else if (c.zType !== undefined && type === INT_MISSING && !Number.isNaN(z))
      tell('range', 'z_coordinate_type', row, () => `the type of the coordinate ${z} is missing`);
  };

  return {
    see(block) {
      const c = columnsOf(block);
      if (c === undefined) return;
      for (let i = 0; i < block.rows; i++) {
        const row = block.firstRow + i;
        checkRule(c, i, row);
        checkRanges(c, i, row);
      }
      const outside = (
        name: string,
        values: Float32Array | Float64Array | undefined,
        limit: number,
      ): void => {
        if (values === undefined) return;
        for (let i = 0; i < values.length; i++) {
          const value = values[i] as number;
          if (Math.abs(value) > limit)
            tell('range', name, block.firstRow + i, () => `${value} is not between ${-limit} and ${limit}`);
        }
      };
      outside('latitude', c.latitude, 90);
      outside('longitude', c.longitude, 180);
      for (let i = 0; i < (c.elapsed?.length ?? 0); i++) {
        const seconds = c.elapsed?.[i] as number;
        if (!Number.isNaN(seconds) && !isLikely(ELAPSED_LIMITS, seconds))
          judge(ELAPSED_LIMITS, seconds, block.firstRow + i, 'elapsed_time', 'time since launch');
      }
    },
    end() {
      for (const [what, { count, row, value, of, variable }] of unlikely) {
        if (count >= MANY && count > MOST * (trusted[variable] ?? Number.POSITIVE_INFINITY)) {
          const message = `${count} of ${trusted[variable]} values of ${what} are beyond ${of.likely[0]} to ${of.likely[1]}, this one is ${value}: they are in another unit`;
          tell('range', 'observation_value', row, () => message);
          continue;
        }
        findings.note(
          `values that no atmosphere has pass their quality flags: ${count} of ${what} beyond ${of.likely[0]} to ${of.likely[1]}, first ${value} in row ${row} of ${TABLE}`,
          'values that no atmosphere has pass their quality flags',
          [what],
        );
      }
    },
  };
}

function isLikely({ likely }: ValueLimits, value: number): boolean {
  return value >= likely[0] && value <= likely[1];
}

/** The values of a map by small whole numbers, as an array. */
function dense<T>(map: ReadonlyMap<number, T>): (T | undefined)[] {
  return Array.from({ length: Math.max(0, ...map.keys()) + 1 }, (_, key) => map.get(key));
}

/** Of two rules for one variable, the one that the row follows. */
function ruleOf(candidates: readonly RowRule[], c: Columns, i: number): RowRule {
  for (const rule of candidates)
    if (c.originalUnits?.[i] === rule.originalUnits && c.conversionFlag?.[i] === rule.conversionFlag)
      return rule;
  return candidates[0] as RowRule;
}

/** Whether units, conversion and precision of a row are those of its rule; columns that are not there are told elsewhere. */
function follows(c: Columns, rule: RowRule, i: number): boolean {
  return (
    isAt(c.units, i, rule.units) &&
    isAt(c.conversionFlag, i, rule.conversionFlag) &&
    isAt(c.conversionMethod, i, rule.conversionMethod) &&
    isAt(c.originalUnits, i, rule.originalUnits) &&
    isAt(c.numericalPrecision, i, rule.numericalPrecision) &&
    isAt(c.originalPrecision, i, rule.originalPrecision)
  );
}

/** NaN, a missing number, is itself. */
function isAt(values: ArrayLike<number> | undefined, i: number, expected: number): boolean {
  if (values === undefined) return true;
  return isSame(values[i]!, expected);
}

/** Whether no flag says that something is wrong with the value. */
function isTrusted(quality: number | undefined): boolean {
  return quality === undefined || quality === QUALITY.passed || quality === QUALITY.notChecked;
}

function shown(value: number): string {
  return Number.isNaN(value) || value === INT_MISSING ? 'none' : String(value);
}
