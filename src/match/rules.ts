/** What observations_table says of a row because of its variable and its quality: the writing rules as arrays. */
import { OBSERVED_VARIABLE, type Quantity, type SourceEncodings } from '../records/variables.js';
import { type CodeValues, createCodeValues } from './block.js';
import { CONVERTED, type Profile, type WritingRule, writingRule } from './conventions.js';
import { INT_MISSING } from './table-data.js';

/** Codes of `observed_variable` that a source can use are below, and qualities are signed bytes. */
const VARIABLES = 256;
const QUALITY_BITS = 8;
const QUALITY_MASK = (1 << QUALITY_BITS) - 1;

/** The rules of a source; arrays without other words are indexed by the source's observed_variable. */
export interface Rules {
  /** `value * scale + offset` is the value in the unit of the CDM. */
  readonly scale: Float64Array;
  readonly offset: Float64Array;
  /** 1 where that is another number than the one observed. */
  readonly converted: Uint8Array;
  /** By `pairIndex`: the code of the pair plus one, 0 as long as it has not occurred. */
  readonly codes: Uint16Array;
  /** By code: what is written. */
  readonly values: CodeValues;
  /** The observed_variable that is written for the source's own. */
  written(variable: number): number;
  /** Gives a pair its code. Throws RangeError for a variable that the source never announced. */
  addCode(variable: number, quality: number): number;
}

/** Index of a variable and a quality in `Rules.codes`; of a foreign variable one that is not in there. */
export function pairIndex(variable: number, quality: number): number {
  return (variable << QUALITY_BITS) | (quality & QUALITY_MASK);
}

export function createRules(encodings: SourceEncodings, profile: Profile): Rules {
  const rules = new Map<number, WritingRule>();
  const scale = new Float64Array(VARIABLES);
  const offset = new Float64Array(VARIABLES);
  const converted = new Uint8Array(VARIABLES);
  for (const [name, encoding] of Object.entries(encodings)) {
    const quantity = name as Quantity;
    const rule = writingRule(quantity, encoding.unit, encoding.precision, profile);
    const variable = OBSERVED_VARIABLE[quantity];
    rules.set(variable, rule);
    scale[variable] = rule.scale;
    offset[variable] = rule.offset;
    converted[variable] = rule.conversionFlag === CONVERTED ? 1 : 0;
  }
  const values = createCodeValues(rules.size << QUALITY_BITS);
  const codes = new Uint16Array(VARIABLES << QUALITY_BITS);
  return {
    scale,
    offset,
    converted,
    codes,
    values,
    written: (variable) => rules.get(variable)?.observedVariable ?? variable,
    addCode(variable, quality) {
      const rule = rules.get(variable);
      if (rule === undefined)
        throw new RangeError(`observed_variable ${variable} is not among the source's encodings`);
      const code = values.count++;
      codes[pairIndex(variable, quality)] = code + 1;
      values.observed_variable[code] = rule.observedVariable;
      values.units[code] = rule.units;
      values.conversion_flag[code] = rule.conversionFlag;
      values.quality_flag[code] = quality;
      values.numerical_precision[code] = rule.numericalPrecision;
      values.original_precision[code] = rule.originalPrecision;
      values.original_units[code] = rule.originalUnits ?? INT_MISSING;
      values.conversion_method[code] = rule.conversionMethod ?? INT_MISSING;
      return code;
    },
  };
}
