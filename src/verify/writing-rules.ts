/** How values of a dataset are written: which units, conversions and precisions go with which observed_variable. */
import { INT_MISSING, type Profile, writingRule } from '../match/index.js';
import type { Quantity, SourceEncodings } from '../records/variables.js';

/** What a row of an observed variable must hold; float32 as it is stored. */
export interface RowRule {
  readonly variable: number;
  readonly units: number;
  readonly conversionFlag: number;
  readonly conversionMethod: number;
  readonly originalUnits: number;
  readonly numericalPrecision: number;
  readonly originalPrecision: number;
  /** `original_value * scale + offset` is observation_value, where the value was converted. */
  readonly scale: number;
  readonly offset: number;
}

/** The rules of a dataset by observed_variable: two for a height that comes as geopotential, too. */
export function rowRules(
  encodings: SourceEncodings,
  profile: Profile,
): ReadonlyMap<number, readonly RowRule[]> {
  const rules = new Map<number, RowRule[]>();
  for (const [name, { unit, precision }] of Object.entries(encodings)) {
    const rule = writingRule(name as Quantity, unit, precision, profile);
    const row: RowRule = {
      variable: rule.observedVariable,
      units: rule.units,
      conversionFlag: rule.conversionFlag,
      conversionMethod: rule.conversionMethod ?? INT_MISSING,
      originalUnits: rule.originalUnits ?? INT_MISSING,
      numericalPrecision: Math.fround(rule.numericalPrecision),
      originalPrecision: Math.fround(rule.originalPrecision),
      scale: rule.scale,
      offset: rule.offset,
    };
    rules.set(row.variable, [...(rules.get(row.variable) ?? []), row]);
  }
  return rules;
}
