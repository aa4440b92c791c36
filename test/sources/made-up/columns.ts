/** The columns of the made-up archive: a header `>11035 2021061800   2`, and levels of pressure, height and temperature. */
import { OBSERVED_VARIABLE } from '../../../src/records/variables.js';
import { columnText } from '../../../src/sources/text/columns.js';
import { WHY } from '../../../src/sources/text/counters.js';
import { createLevelReader } from '../../../src/sources/text/levels.js';

export const LEVEL_WIDTH = 20;
export const HEADER_WIDTH = 22;
const MISSING = -9999;
const UNREADABLE = -(2 ** 31);

/** The columns of the fields, from 0. */
export const COLUMNS = { pressure: [0, 7], height: [8, 14], temperature: [15, 20] } as const;
const { pressure, height, temperature } = COLUMNS;

const HEIGHT = OBSERVED_VARIABLE.geopotentialHeight;
const TEMPERATURE = OBSERVED_VARIABLE.airTemperature;

/** Pressure in Pa, height in m, temperature in tenths of degC. */
export const LEVELS = createLevelReader({
  quantities: [
    {
      name: 'geopotential_height',
      from: height[0],
      to: height[1],
      code: HEIGHT,
      low: -998,
      high: 99_999,
      divisor: 1,
    },
    {
      name: 'air_temperature',
      from: temperature[0],
      to: temperature[1],
      code: TEMPERATURE,
      low: -2731,
      high: 9999,
      divisor: 10,
    },
  ],
  pressure: {
    name: 'pressure',
    from: pressure[0],
    to: pressure[1],
    code: 0,
    low: 1,
    high: 200_000,
    divisor: 1,
  },
  others: [],
  number: wholeNumber,
  unreadable: UNREADABLE,
  whyNot: (raw) => (raw === MISSING ? WHY.missing : raw === UNREADABLE ? WHY.unreadable : WHY.outOfRange),
});

/** A whole number in columns; blank is missing. */
export function wholeNumber(bytes: Uint8Array, from: number, to: number, end: number): number {
  const text = columnText(bytes, from, to, end);
  if (text === '') return MISSING;
  return /^-?\d+$/.test(text) ? Number(text) : UNREADABLE;
}
