/**
 * How elements of the CDM are stored: the netCDF type of each kind, its missing value, and the attributes that a reader of
 * the file needs. One place for all tables, so that every dataset's files have the same structure.
 */
import type { CdmEdition, ElementDefinition } from '../cdm/index.js';
import { type ColumnValues, type DerivedColumn, INT_MISSING } from '../match/index.js';
import type { AttributeValue, NcType, NumericArray } from '../netcdf4/index.js';
import type { FeedbackKind } from '../records/feedback.js';
import { SIGNIFICANCE } from '../records/significance.js';

/** `units` of every time. */
export const TIME_UNITS = 'seconds since 1900-01-01 00:00:00';
const TIME_MISSING = -(2n ** 63n);

/** Positions have five decimals in WMO BUFR, more than a float32 holds at 180 degrees. */
const DOUBLE_ELEMENTS: ReadonlySet<string> = new Set([
  'latitude',
  'longitude',
  'bbox_min_latitude',
  'bbox_max_latitude',
  'bbox_min_longitude',
  'bbox_max_longitude',
]);

/** `maximum_wind` for `maximumWind`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Code tables up to this length are spelled out in `flag_values` and `flag_meanings`. */
const MAX_FLAGS = 12;

/** CF names and units of elements whose unit never changes, by element or `table/element`. */
const FIXED_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, AttributeValue>>>> = {
  latitude: { standard_name: 'latitude', units: 'degrees_north' },
  longitude: { standard_name: 'longitude', units: 'degrees_east' },
  date_time: { standard_name: 'time' },
  report_timestamp: { standard_name: 'time' },
  nominal_timestamp: { standard_name: 'time' },
  actual_time: { standard_name: 'time' },
  start_date: { standard_name: 'time' },
  end_date: { standard_name: 'time' },
  // In observations_table it is a link, and CF allows one variable with this role.
  'header_table/report_id': { cf_role: 'profile_id' },
  elapsed_time: { long_name: 'time since launch', units: 's' },
  level_significance: {
    flag_masks: Int32Array.from(Object.values(SIGNIFICANCE)),
    flag_meanings: Object.keys(SIGNIFICANCE).map(words).join(' '),
  },
  vertical_direction: { flag_values: Int32Array.of(0, 1), flag_meanings: 'ascent descent' },
  height_of_station_above_sea_level: { standard_name: 'surface_altitude', units: 'm' },
  report_time_accuracy: { units: 's' },
};

/**
 * Columns without the byte shuffle. Few distinct numbers that follow each other in the same order level after level are torn
 * apart by it; and the ways to describe how rows repeat by report, level or code (`RepeatedRows`) know them unshuffled.
 */
const UNSHUFFLED_ELEMENTS: ReadonlySet<string> = new Set([
  'date_time',
  'date_time_meaning',
  'longitude',
  'latitude',
  'z_coordinate',
  'z_coordinate_type',
  'z_coordinate_method',
  'observed_variable',
  'units',
  'conversion_flag',
  'conversion_method',
  'quality_flag',
  'numerical_precision',
  'original_precision',
  'original_units',
  'original_value',
  'elapsed_time',
  'level_significance',
  'advanced_feedback',
  'advanced_assimilation_feedback',
]);

/** Columns of noise: shuffled, without the search for repeats, they are a tenth smaller and take half the time. */
const NOISY_ELEMENTS: ReadonlySet<string> = new Set([
  'observation_value',
  'obsvalue@body',
  'biascorr@body',
  'an_depar@body',
  'fg_depar@body',
]);

/** Storage of one element. */
export interface Encoding {
  type: NcType;
  /** Missing value; undefined for text, where an empty text is missing. */
  fill: number | bigint | undefined;
  shuffle: boolean;
  huffmanOnly: boolean;
}

/** Storage of an element by its kind; arrays of any kind are stored as text (`{1,2}`). */
export function encodingOf(element: ElementDefinition): Encoding {
  const shuffle = !UNSHUFFLED_ELEMENTS.has(element.name);
  const huffmanOnly = NOISY_ELEMENTS.has(element.name);
  return { ...typeOf(element), shuffle, huffmanOnly };
}

function typeOf(element: ElementDefinition): Pick<Encoding, 'type' | 'fill'> {
  const { base, array } = element.kind;
  if (array || base === 'varchar') return { type: 'char', fill: undefined };
  switch (base) {
    case 'numeric':
      return { type: DOUBLE_ELEMENTS.has(element.name) ? 'double' : 'float', fill: Number.NaN };
    case 'timestamp':
      return { type: 'int64', fill: TIME_MISSING };
    default:
      return { type: 'int', fill: INT_MISSING };
  }
}

/** Storage of a feedback column. */
export function encodingOfKind(kind: FeedbackKind, name: string): Encoding {
  const huffmanOnly = NOISY_ELEMENTS.has(name);
  switch (kind) {
    case 'int':
      return { type: 'int', fill: INT_MISSING, shuffle: true, huffmanOnly };
    case 'real':
      return { type: 'float', fill: Number.NaN, shuffle: true, huffmanOnly };
    case 'double':
      return { type: 'double', fill: Number.NaN, shuffle: true, huffmanOnly };
    case 'text':
      return { type: 'char', fill: undefined, shuffle: false, huffmanOnly };
  }
}

/** What the definition says of an element: its description and the table that it links to. */
export function linkAttributes(element: ElementDefinition): Record<string, AttributeValue> {
  const { description, externalTable } = element;
  return {
    ...(description !== '' && { description }),
    ...(externalTable !== undefined && {
      external_table: `${externalTable.table}:${externalTable.element}`,
    }),
  };
}

/** The attributes of the variable of a table's element, `_FillValue` excepted. */
export function attributesOf(
  table: string,
  element: ElementDefinition,
  edition: CdmEdition,
): Record<string, AttributeValue> {
  const attributes = linkAttributes(element);
  const { type } = encodingOf(element);
  if (type === 'char') attributes._Encoding = 'utf-8';
  if (type === 'int64') Object.assign(attributes, { units: TIME_UNITS, calendar: 'standard' });
  if (type === 'int') Object.assign(attributes, flagAttributes(element, edition));
  return Object.assign(
    attributes,
    FIXED_ATTRIBUTES[element.name],
    FIXED_ATTRIBUTES[`${table}/${element.name}`],
  );
}

function flagAttributes(element: ElementDefinition, edition: CdmEdition): Record<string, AttributeValue> {
  const table = element.externalTable && edition.tables.get(element.externalTable.table);
  if (table === undefined || table.rows.length > MAX_FLAGS) return {};
  const meaningColumn = table.columns.findIndex((name) => name !== table.keyColumn);
  const codes = table.rows.map((row) => row.code);
  const meanings = table.rows.map((row) => flagMeaning(row.values[meaningColumn] ?? ''));
  if (
    codes.length === 0 ||
    codes.some(Number.isNaN) ||
    meanings.includes('') ||
    new Set(codes).size < codes.length
  )
    return {};
  return { flag_values: Int32Array.from(codes), flag_meanings: meanings.join(' ') };
}

/** CF `flag_meanings` are words: letters, digits and `_ - . + @`. */
function flagMeaning(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9.+@-]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
}

/** Values that are there, row by row or one for all rows. */
type GivenValues = Exclude<ColumnValues, DerivedColumn>;

/**
 * The values of one element as the array that its type takes: one number per row, or `rows` x `width` bytes of text, where the
 * width is that of the longest text and not below `atLeast`.
 *
 * Every station file has some hundred such columns of a few rows: they are filled by plain loops of module functions, for a closure
 * made per column is compiled again for every station.
 */
export function encodeColumn(
  values: GivenValues,
  rows: number,
  type: NcType,
  atLeast = 1,
): { array: NumericArray; width: number } {
  if (type === 'char') return encodeTexts(values, rows, atLeast);
  switch (type) {
    case 'float':
      return { array: fillNumbers(new Float32Array(rows), values), width: 1 };
    case 'double':
      return { array: fillNumbers(new Float64Array(rows), values), width: 1 };
    case 'int64':
      return { array: fillTimes(new BigInt64Array(rows), values), width: 1 };
    default:
      return { array: fillInts(new Int32Array(rows), values), width: 1 };
  }
}

function fillNumbers<T extends Float32Array | Float64Array>(array: T, values: GivenValues): T {
  if (!Array.isArray(values)) array.fill(Number(values));
  else for (let row = 0; row < array.length; row++) array[row] = Number(values[row]);
  return array;
}

function fillTimes(array: BigInt64Array, values: GivenValues): BigInt64Array {
  if (!Array.isArray(values)) array.fill(timeOf(Number(values)));
  else for (let row = 0; row < array.length; row++) array[row] = timeOf(Number(values[row]));
  return array;
}

function fillInts(array: Int32Array, values: GivenValues): Int32Array {
  if (!Array.isArray(values)) array.fill(intOf(Number(values)));
  else for (let row = 0; row < array.length; row++) array[row] = intOf(Number(values[row]));
  return array;
}

function timeOf(seconds: number): bigint {
  return Number.isNaN(seconds) ? TIME_MISSING : BigInt(seconds);
}

function intOf(value: number): number {
  return Number.isNaN(value) ? INT_MISSING : value;
}

function encodeTexts(
  values: GivenValues,
  rows: number,
  atLeast: number,
): { array: Uint8Array; width: number } {
  if (!Array.isArray(values)) {
    const text = Buffer.from(String(values));
    const row = Buffer.alloc(Math.max(atLeast, text.length));
    text.copy(row);
    return { array: Buffer.alloc(rows * row.length, row), width: row.length };
  }
  let width = atLeast;
  for (let row = 0; row < rows; row++) width = Math.max(width, Buffer.byteLength(String(values[row])));
  const array = Buffer.alloc(rows * width);
  for (let row = 0; row < rows; row++) array.write(String(values[row]), row * width);
  return { array, width };
}
