/** The observed variables of an export: which ones a word means. */
import { UsageError } from '../errors.js';
import { codeNames } from '../reading/codes.js';
import type { StationContents } from '../reading/station.js';
import { variableCode, variableName } from '../reading/variables.js';
import { unitsInPeriod } from './present.js';
import type { Selection } from './selection.js';

/**
 * Codes of variables that are given as code, as the name of their column (`air_temperature`), by a short word (`temperature`), or as
 * the name that only one variable has in the file's table `observed_variable`; in the order of `words`. Throws `UsageError` for
 * another word, with the variables of the file.
 */
export async function variableCodes(
  station: StationContents,
  words: readonly string[],
  period: Selection['period'],
): Promise<number[]> {
  const names = await codeNames(station, 'observed_variable');
  const codes = new Set<number>();
  for (const word of words) {
    const code = codeOf(word, names);
    if (code === undefined || !names.has(code)) {
      const present = [...(await unitsInPeriod(station, period)).keys()].sort((a, b) => a - b);
      const list = present.map((each) => `${variableName(each)} (${each})`).join(', ');
      throw new UsageError('UNKNOWN_VARIABLE', `${word} is no variable`, {
        hint: list === '' ? 'Give a code of the table observed_variable.' : `${station.path} has ${list}.`,
      });
    }
    codes.add(code);
  }
  return [...codes];
}

function codeOf(word: string, names: ReadonlyMap<number, string>): number | undefined {
  try {
    return variableCode(word);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const found = [...names].filter(([, name]) => name.toLowerCase() === word.toLowerCase());
    return found.length === 1 ? found[0]?.[0] : undefined;
  }
}
