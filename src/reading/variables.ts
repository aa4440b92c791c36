/** Names of variables for columns and for options of the command line: `air_temperature` for code 126. */
import { UsageError } from '../errors.js';
import { OBSERVED_VARIABLE } from '../records/variables.js';

/** By code of the CDM table `observed_variable`. The tables' own names are not unique: 85 and 126 are both `air temperature`. */
const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(OBSERVED_VARIABLE)
    .filter(([, code]) => code !== OBSERVED_VARIABLE.geopotential)
    .map(([name, code]) => [code, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
);

const CODES: ReadonlyMap<string, number> = new Map([...NAMES].map(([code, name]) => [name, code]));

/** What people call them, beside the names themselves. */
const SHORT_NAMES: Readonly<Record<string, number>> = {
  temperature: OBSERVED_VARIABLE.airTemperature,
  dewpoint: OBSERVED_VARIABLE.dewPoint,
  humidity: OBSERVED_VARIABLE.relativeHumidity,
  height: OBSERVED_VARIABLE.geopotentialHeight,
  wind_direction: OBSERVED_VARIABLE.windFromDirection,
};

/** Name of a variable, `variable_<code>` for one that this project does not know. */
export function variableName(code: number): string {
  return NAMES.get(code) ?? `variable_${code}`;
}

/** The code that a word means: a code, a name, or what people call it. Throws `UsageError` (`UNKNOWN_VARIABLE`), with the names. */
export function variableCode(word: string): number {
  const name = word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const code = CODES.get(name) ?? (Object.hasOwn(SHORT_NAMES, name) ? SHORT_NAMES[name] : undefined);
  if (code !== undefined) return code;
  const number = /^(?:variable_)?(\d{1,9})$/.exec(name)?.[1];
  if (number !== undefined) return Number(number);
  throw new UsageError('UNKNOWN_VARIABLE', `${word} is no variable`, {
    hint: `Give a code of the table observed_variable, or one of ${[...CODES.keys()].join(', ')}.`,
  });
}
