/** Which names netCDF-4 readers accept (the rules of `nc_def_var` and friends), checked where a name enters. */
import { HarvestError } from '../../errors.js';

const MAX_NAME_BYTES = 256;
/** Names that readers take for the machinery of dimensions and fill values. */
const RESERVED_ATTRIBUTES = new Set([
  'CLASS',
  'NAME',
  'DIMENSION_LIST',
  'REFERENCE_LIST',
  '_Netcdf4Dimid',
  '_Netcdf4Coordinates',
  '_nc3_strict',
  '_NCProperties',
  '_FillValue',
]);

/** Throws `NETCDF_NAME` for a name that a netCDF reader would refuse; `where` is the path of the owner. */
export function checkName(name: string, where: string): void {
  const fault = faultOf(name);
  if (fault === undefined) return;
  throw new HarvestError('NETCDF_NAME', `${where}: the name ${JSON.stringify(name)} ${fault}`, {
    hint: 'Use a letter, digit or underscore first, no slash, no control character, at most 256 bytes, in Unicode form NFC.',
  });
}

/** As `checkName`, and refuses the attribute names that the writer keeps for itself. */
export function checkAttributeName(name: string, where: string): void {
  checkName(name, where);
  if (!RESERVED_ATTRIBUTES.has(name)) return;
  throw new HarvestError('NETCDF_NAME', `${where}: the attribute name ${name} is reserved`, {
    hint: name === '_FillValue' ? 'Give the option `fill` of the variable.' : 'Choose another name.',
  });
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.includes('/')) return 'has a slash';
  if (name.includes('\0')) return 'has a NUL character';
  if (name.startsWith(' ') || name.endsWith(' ')) return 'starts or ends with a space';
  let isAscii = true;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return 'has a control character';
    if (code > 0x7f) isAscii = false;
  }
  if (/^[\x21-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7e]/.test(name)) return 'starts with a special character';
  if (!isAscii && /\p{Surrogate}/u.test(name)) return 'is not well-formed Unicode';
  if (!isAscii && name.normalize('NFC') !== name) return 'is not in Unicode form NFC';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `is longer than ${MAX_NAME_BYTES} bytes`;
  return undefined;
}
