/** The observed variables of an export: their names, units, and what makes a stored number one in the unit of the CDM. */
import { UsageError } from '../errors.js';
import { codeNames } from '../reading/codes.js';
import type { StationContents } from '../reading/station.js';
import { OBSERVED_VARIABLE, STANDARD_GRAVITY } from '../records/variables.js';

/** Names by code, which no two variables share, as the table's do: `air_temperature` and `air_temperature_surface`. */
const NAMES = new Map<number, string>(
  Object.entries(OBSERVED_VARIABLE)
    .filter(([, code]) => code !== OBSERVED_VARIABLE.geopotential)
    .map(([name, code]) => [
      code,
      name
        .replace(/Temperature(?=Surface)/, name.startsWith('dew') ? '' : '$&')
        .replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
    ]),
);

/** Short words that people use. */
const ALSO = new Map<string, number>([
  ['temperature', OBSERVED_VARIABLE.airTemperature],
  ['humidity', OBSERVED_VARIABLE.relativeHumidity],
  ['height', OBSERVED_VARIABLE.geopotentialHeight],
  ['wind_direction', OBSERVED_VARIABLE.windFromDirection],
]);

/** Name of the column of a variable: that of the upper-air codes; for others the code is part of it. */
export function variableName(code: number, names: ReadonlyMap<number, string>): string {
  const known = NAMES.get(code);
  if (known !== undefined) return known;
  const name = snake(names.get(code) ?? '');
  return name === '' ? `variable_${code}` : `${name}_${code}`;
}

function snake(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

/**
 * Codes of variables that are given as code, as the name of their column, as the name in the table `observed_variable`, or by a
 * short word such as `temperature`. Throws `UsageError` for an unknown one, with what `present` has. In the order of `words`.
 */
export async function variableCodes(
  station: StationContents,
  words: readonly string[],
  present: () => Promise<readonly number[]>,
): Promise<number[]> {
  const names = await codeNames(station, 'observed_variable');
  const codes: number[] = [];
  for (const word of words) {
    const found = codesOf(word, names);
    if (found.length !== 1) {
      const list = [...(await present())].sort((a, b) => a - b).map((code) => `${variableName(code, names)} (${code})`).join(', ');
      const problem = found.length === 0 ? 'is no variable' : `may be ${found.join(' or ')}`;
      throw new UsageError('UNKNOWN_VARIABLE', `${word} ${problem} of the table observed_variable`, {
        hint: list === '' ? 'Give a code or a name of that table.' : `${station.path} has ${list}.`,
      });
    }
    codes.push(found[0] as number);
  }
  return [...new Set(codes)];
}

function codesOf(word: string, names: ReadonlyMap<number, string>): number[] {
  if (/^\d+$/.test(word)) return names.has(Number(word)) ? [Number(word)] : [];
  const name = snake(word);
  const own = ALSO.get(name) ?? [...NAMES].find(([, each]) => each === name)?.[0];
  if (own !== undefined) return [own];
  return [...names]
    .filter(([code, text]) => snake(text) === name || variableName(code, names) === name)
    .map(([code]) => code);
}

/** What makes a value of the file one in the CDM's unit: the profile `cuon` has humidity as a share, geopotential for height. */
export function valueScale(code: number, profile: StationContents['profile']): number {
  return profile === 'cuon' ? archiveScale(code) : 1;
}

/** The same for a departure: feedback stands in the file as in the archive, where humidity is a share and height a geopotential. */
export function archiveScale(code: number): number {
  switch (code) {
    case OBSERVED_VARIABLE.relativeHumidity:
    case OBSERVED_VARIABLE.relativeHumiditySurface:
      return 100;
    case OBSERVED_VARIABLE.geopotentialHeight:
      return 1 / STANDARD_GRAVITY;
    default:
      return 1;
  }
}

/** The unit of the CDM, where the profile has another one. */
export function unitOfValue(code: number, profile: StationContents['profile'], unit: string): string {
  if (profile !== 'cuon') return unit;
  return code === OBSERVED_VARIABLE.relativeHumidity ? 'percent' : unit;
}
