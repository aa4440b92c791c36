/** Units of values: those of the CDM, whatever the profile of the file. */
import { OBSERVED_VARIABLE, STANDARD_GRAVITY } from '../records/variables.js';
import type { StationContents } from './station.js';

const PERCENT = 300;

/** Code of the unit that a value has after `valueScale`, given that of its row. */
export function valueUnit(code: number, profile: StationContents['profile'], unit: number): number {
  return profile === 'cuon' && code === OBSERVED_VARIABLE.relativeHumidity ? PERCENT : unit;
}

/** What makes a value of the file one in the CDM's unit: `cuon` writes humidity as a share, and geopotential for height. */
export function valueScale(code: number, profile: StationContents['profile']): number {
  if (profile !== 'cuon') return 1;
  if (code === OBSERVED_VARIABLE.relativeHumidity) return 100;
  return code === OBSERVED_VARIABLE.geopotentialHeight ? 1 / STANDARD_GRAVITY : 1;
}
