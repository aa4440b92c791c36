/** The errors of fields whose values or places cannot be had: which field, and why. */
import { InputError } from '../errors.js';
import type { Field } from './field.js';

/** What an error says of its place. */
function placeOf(field: Field): { file: string; byteOffset: number; field: string } {
  return { file: field.source.name, byteOffset: field.message.offset, field: `field ${field.number}` };
}

/** The error of a data section or a bitmap that is not what its packing prescribes: `GRIB_DATA`. */
export function damagedData(field: Field, why: string): InputError {
  return new InputError('GRIB_DATA', `the values of the field cannot be unpacked: ${why}`, placeOf(field));
}

/** The error of a grid section that contradicts itself: `GRIB_GRID`. */
export function damagedGrid(field: Field, why: string): InputError {
  return new InputError('GRIB_GRID', `the grid of the field makes no sense: ${why}`, placeOf(field));
}

/** The error of a packing that is known by its number only: `UNSUPPORTED_PACKING`. */
export function unsupportedPacking(field: Field, what: string): InputError {
  return new InputError('UNSUPPORTED_PACKING', `${what} cannot be unpacked`, {
    ...placeOf(field),
    hint: 'The field can be listed, its values cannot be read. Convert it to simple packing with grib_set.',
  });
}

/** The error of a grid whose points are known by its number only: `UNSUPPORTED_GRID`. */
export function unsupportedGrid(field: Field, what: string): InputError {
  return new InputError('UNSUPPORTED_GRID', `${what} cannot be sampled`, {
    ...placeOf(field),
    hint: 'The field can be listed, values at places cannot be had from it. Interpolate it to a regular grid first.',
  });
}

/** The error of a field with more points than its bytes account for: `GRIB_TOO_LARGE`. */
export function tooLarge(field: Field, why: string): InputError {
  return new InputError('GRIB_TOO_LARGE', `the field claims too much memory: ${why}`, placeOf(field));
}

/** What a packing throws, that knows no field: its message goes into `damagedData`. */
export class Damage extends Error {}
