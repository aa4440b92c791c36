/**
 * The raw bytes that an explanation names, read again by other means: whole files unpacked by zlib, a few lines per format, the units
 * by hand. Nothing of the program is used here, so that an explanation cannot agree with itself alone.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import type { ExplainedFile, Explanation } from '../../src/explain/explanation.js';
import type { BufrCoding } from '../../src/sources/bufr/locate-standing.js';
import type { MarkedField } from '../../src/sources/locator.js';
import type { Odb2Coding } from '../../src/sources/odb/locate-odb2.js';
import type { StationView } from '../support/demo/station-view.js';

const known = new Map<string, Buffer>();

/** The uncompressed content of a file: gzip, the first member of a zip, or as it is. */
export function contentOf(path: string): Buffer {
  const content = known.get(path) ?? unpacked(readFileSync(path));
  known.set(path, content);
  return content;
}

function unpacked(bytes: Buffer): Buffer {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes);
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return bytes;
  const data = bytes.subarray(30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28));
  const stored = bytes.readUInt16LE(8) === 0;
  return stored ? data : inflateRawSync(data);
}

function codingOf({ coding }: MarkedField): BufrCoding | Odb2Coding | undefined {
  return coding as BufrCoding | Odb2Coding | undefined;
}

/** The number that a field stands for, in the unit of the source. */
export function rawNumber(content: Buffer, field: MarkedField): number {
  const { from, to } = field;
  const coding = codingOf(field);
  if (coding === undefined) return Number(content.toString('latin1', from, to));
  if (coding.format === 'bufr') {
    const message = content.subarray(content.lastIndexOf('BUFR', from));
    const bits = (first: number, width: number): number => {
      let value = 0;
      for (let bit = first; bit < first + width; bit++)
        value = value * 2 + ((message[bit >> 3]! >> (7 - (bit & 7))) & 1);
      return value;
    };
    const { firstBit, width, reference, scale, increment } = coding;
    const added = increment === null ? 0 : bits(increment.firstBit, increment.width);
    return (bits(firstBit, width) + added + reference) * 10 ** -scale;
  }
  const bytes = content.subarray(from, to);
  const little = coding.littleEndian;
  switch (coding.codec) {
    case 'constant':
      return coding.minimum;
    case 'int8':
    case 'int8_missing':
    case 'constant_or_missing':
    case 'real_constant_or_missing':
      return coding.minimum + bytes.readUInt8();
    case 'int16':
    case 'int16_missing':
      return coding.minimum + (little ? bytes.readUInt16LE() : bytes.readUInt16BE());
    case 'int32':
      return little ? bytes.readInt32LE() : bytes.readInt32BE();
    case 'short_real':
    case 'short_real2':
      return little ? bytes.readFloatLE() : bytes.readFloatBE();
    default:
      return little ? bytes.readDoubleLE() : bytes.readDoubleBE();
  }
}

const GRAVITY = 9.80665;
const TEMPERATURE = 126;
const HUMIDITY = [138, 38];
const HEIGHT = 117;
const TENTHS = [126, 138, 34, 107];
/** Elements of BUFR in m2 s-2. */
const GEOPOTENTIAL = ['007003', '007008', '010003', '010008'];

/** The value of the CDM for a number of the source, by the documentation of its format. */
function converted(dataset: string, variable: number, raw: number, field: MarkedField): number {
  if (dataset === 'igra2') {
    const value = TENTHS.includes(variable) ? raw / 10 : raw;
    return variable === TEMPERATURE ? value + 273.15 : value;
  }
  if (dataset === 'ncar') return variable === TEMPERATURE ? raw + 273.15 : raw;
  const coding = codingOf(field);
  if (coding?.format === 'bufr') return GEOPOTENTIAL.includes(coding.descriptor) ? raw / GRAVITY : raw;
  if (variable === HEIGHT) return raw / GRAVITY;
  return HUMIDITY.includes(variable) ? raw * 100 : raw;
}

function convertedCoordinate(dataset: string, type: number, raw: number, field: MarkedField): number {
  if (dataset === 'ncar') return type === 1 ? raw * 100 : raw;
  const coding = codingOf(field);
  if (coding?.format === 'bufr') return GEOPOTENTIAL.includes(coding.descriptor) ? raw / GRAVITY : raw;
  return dataset.startsWith('era5') && type === 0 ? raw / GRAVITY : raw;
}

/**
 * What is wrong with an explanation: each place that it names has to give the value and the vertical coordinate that an independent
 * reader finds in the file.
 */
export function faultsOf(explained: ExplainedFile, explanation: Explanation, view: StationView): string[] {
  const { dataset } = explained;
  const { observationId, observation, places, sources, warnings } = explanation;
  const table = view.table('observations_table');
  const stored = (column: string): number => table.numbers(column)[observation.row]!;
  const faults = warnings.map((warning) => `${observationId}: ${warning}`);
  if (table.texts('observation_id')[observation.row] !== observationId)
    faults.push(`${observationId} is not row ${observation.row}`);
  if (places.length === 0) faults.push(`${observationId} has no place`);
  for (const { source, fields, unit } of places) {
    const path = sources.find(({ id }) => id === source)?.path ?? '';
    const content = contentOf(path);
    const check = (gives: MarkedField['gives'], column: string, convert: typeof converted): void => {
      const field = fields.find((each) => each.gives === gives);
      if (field === undefined) {
        if (!Number.isNaN(stored(column))) faults.push(`${observationId}: nothing gives ${column}`);
        return;
      }
      const selector = stored(column === 'z_coordinate' ? 'z_coordinate_type' : 'observed_variable');
      const value = convert(dataset, selector, rawNumber(content, field), field);
      if (Math.abs(value - stored(column)) > 2e-7 * Math.abs(value))
        faults.push(
          `${observationId}: ${column} is ${stored(column)}, the bytes ${field.from} to ${field.to} give ${value}`,
        );
    };
    check('observation_value', 'observation_value', converted);
    check('z_coordinate', 'z_coordinate', convertedCoordinate);
    if (unit.kind === 'line' && content.toString('latin1', 0, unit.from).split('\n').length !== unit.number)
      faults.push(`${observationId}: byte ${unit.from} is not in line ${unit.number}`);
  }
  return faults;
}
