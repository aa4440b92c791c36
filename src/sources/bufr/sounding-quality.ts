/** What a message says about the quality of its values: per cent of confidence through bitmaps, and associated fields. */
import { count, type Tally } from '../../records/tally.js';
import { QUALITY } from '../../records/variables.js';
import { digits } from './error.js';
import { QUANTITIES, ROLE, roleOf } from './levels-roles.js';
import { nameOf } from './reasons.js';
import type { Subset } from './subset.js';

const PERCENT_CONFIDENCE = 33007;
const ASSOCIATED_FIELD = 999_999;
const ASSOCIATED_SIGNIFICANCE = 31021;
const SUBSTITUTED_VALUE = 223255;

/**
 * Confidence that a value keeps when nothing speaks against it: what ECMWF's pre-processing gives each value at first.
 * Agreement with other levels (hydrostatic, standard levels) raises it to 74 and more, a failed check lowers it.
 */
const CONFIDENT = 70;
/** Below, the value is more likely wrong than right. */
const EVEN = 50;

/** Code table 0 31 021: by significance, the flag for each value of the associated field; what is not listed says nothing. */
const { passed, failed, notChecked } = QUALITY;
const ASSOCIATED: ReadonlyMap<number, readonly number[]> = new Map([
  // 1-bit indicator of quality: good; suspect or bad.
  [1, [passed, failed]],
  // 2-bit indicator of quality: good, slightly suspect, highly suspect, bad.
  [2, [passed, notChecked, failed, failed]],
  // 4-bit quality control class of GTSPP: unqualified, correct, probably good, probably bad, bad.
  [6, [notChecked, passed, passed, failed, failed]],
  // 2-bit: not suspected, suspected.
  [8, [passed, failed]],
]);
const ASSOCIATED_PERCENT = 7;

/** Code of the CDM table `quality_flag` for per cent of confidence (0 33 007): at least 70 passed, below 50 failed. */
function flagOfConfidence(percent: number): number {
  if (percent >= CONFIDENT) return passed;
  return percent < EVEN ? failed : notChecked;
}

/**
 * A function that gives, for each element of a subset, the code of the CDM table `quality_flag`, in memory that it keeps: 2
 * where the message says nothing. Counted in `Tally.noted`: observed values of neither high nor low confidence
 * (`bufr.confidence.doubtful`), which are 2 as well, and values for which the message offers a substitute, which is not taken
 * (`bufr.<quantity>.substitute-offered`).
 */
export function createQualityReader(tally: Tally): (subset: Subset) => Int8Array {
  let flags = new Int8Array(4096);
  return (subset) => {
    const { length, elements, values, links } = subset;
    if (flags.length < length) flags = new Int8Array(2 * length);
    flags.fill(notChecked, 0, length);
    let significance = Number.NaN;
    for (let i = 0; i < length; i++) {
      const { descriptor } = elements[i]!;
      const linked = links === null ? -1 : links[i]!;
      if (linked >= 0) {
        const target = elements[linked]!.descriptor;
        if (descriptor === PERCENT_CONFIDENCE && !Number.isNaN(values[i]!)) {
          flags[linked] = flagOfConfidence(values[i]!);
          if (flags[linked] === notChecked && isObserved(target, values[linked]!))
            count(tally.noted, nameOf('confidence.doubtful'));
        } else if (descriptor === SUBSTITUTED_VALUE && !Number.isNaN(values[i]!))
          count(tally.noted, nameOf(`${quantityOf(target)}.substitute-offered`));
      } else if (descriptor === ASSOCIATED_SIGNIFICANCE) significance = values[i]!;
      else if (descriptor === ASSOCIATED_FIELD && i + 1 < length)
        flags[i + 1] = associatedFlag(significance, values[i]!);
    }
    return flags;
  };
}

function associatedFlag(significance: number, value: number): number {
  if (significance === ASSOCIATED_PERCENT) return flagOfConfidence(value);
  return ASSOCIATED.get(significance)?.[value] ?? notChecked;
}

function isObserved(descriptor: number, value: number): boolean {
  const role = roleOf(descriptor);
  return !Number.isNaN(value) && (role < QUANTITIES.length || role === ROLE.geopotential);
}

function quantityOf(descriptor: number): string {
  const role = roleOf(descriptor);
  return QUANTITIES[role] ?? (role === ROLE.geopotential ? 'geopotential_height' : digits(descriptor));
}
