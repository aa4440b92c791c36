/** Which of the values in the raw bytes became a row: what the harvest would write of each, compared with what is in the file. */
import {
  GEOPOTENTIAL_COORDINATE,
  type Profile,
  type WritingRule,
  writingRule,
} from '../match/conventions.js';
import { OBSERVED_VARIABLE, type Quantity, type SourceEncodings, Z_TYPE } from '../records/variables.js';
import { numberIn, type RowElement } from './cdm-rows.js';
import type { Datum } from './datum.js';

/** A row of observations_table with its feedback, by column. */
export interface FileRow {
  elements: readonly RowElement[];
  feedback: readonly RowElement[];
}

/** How the source's numbers are written. */
export interface Writing {
  encodings: SourceEncodings;
  profile: Profile;
}

/** A value of the source and what of it is another thing in the row. */
export interface Candidate {
  datum: Datum;
  /** Elements in which the row differs; empty where all agree. */
  differs: readonly string[];
}

/** The rule for a value of the source; null for a quantity that it does not encode. */
export function ruleOf({ observedVariable }: Datum, { encodings, profile }: Writing): WritingRule | null {
  const quantity = (Object.keys(OBSERVED_VARIABLE) as Quantity[]).find(
    (name) => OBSERVED_VARIABLE[name] === observedVariable,
  );
  const encoding = quantity === undefined ? undefined : encodings[quantity];
  if (quantity === undefined || encoding === undefined) return null;
  return writingRule(quantity, encoding.unit, encoding.precision, profile);
}

/** The vertical coordinate as it is written; type and value NaN where there is none. */
export function writtenCoordinate({ z, zType }: Datum, profile: Profile): { type: number; value: number } {
  if (zType < 0) return { type: Number.NaN, value: Number.NaN };
  if (zType !== Z_TYPE.geopotential) return { type: zType, value: z };
  const { type, scale } = GEOPOTENTIAL_COORDINATE[profile];
  return { type, value: z * scale };
}

/**
 * The values that are the row's: variable, vertical coordinate and value are the same. Of several, those that also agree in quality,
 * time, position and feedback, as far as any do. More than one is left where the source says the same twice.
 */
export function candidatesOf(data: readonly Datum[], row: FileRow, writing: Writing): Candidate[] {
  const inFile = (name: string): number => numberIn(row.elements, name);
  let found = data.filter((datum) => {
    const rule = ruleOf(datum, writing);
    if (rule === null || rule.observedVariable !== inFile('observed_variable')) return false;
    const { type, value } = writtenCoordinate(datum, writing.profile);
    return (
      isStored(type, inFile('z_coordinate_type')) &&
      isStored(value, inFile('z_coordinate')) &&
      isStored(datum.value * rule.scale + rule.offset, inFile('observation_value'))
    );
  });
  const tests: readonly ((datum: Datum) => boolean)[] = [
    (datum) => differencesOf(datum, row).length === 0,
    (datum) => hasFeedback(datum, row),
  ];
  for (const test of tests) {
    const passed = found.filter(test);
    if (passed.length > 0) found = passed;
  }
  return found.map((datum) => ({ datum, differs: differencesOf(datum, row) }));
}

/** A number of the source is stored in single or double precision. */
export function isStored(value: number, stored: number): boolean {
  return Object.is(value, stored) || value === stored || Object.is(Math.fround(value), stored);
}

function differencesOf(datum: Datum, { elements }: FileRow): string[] {
  const { quality, elapsed, latitude, longitude } = datum;
  const expected: [name: string, value: number][] = [
    ['quality_flag', quality],
    ['elapsed_time', elapsed],
  ];
  if (!Number.isNaN(latitude)) expected.push(['latitude', latitude], ['longitude', longitude]);
  return expected.filter(([name, value]) => !isStored(value, numberIn(elements, name))).map(([name]) => name);
}

/** Whether every column of feedback that the source has says what the file says. */
function hasFeedback({ feedback }: Datum, row: FileRow): boolean {
  if (feedback === null) return true;
  const stored = new Map(row.feedback.map((element) => [element.name, element.value]));
  for (const [name, value] of feedback()) {
    const inFile = stored.get(name) ?? (typeof value === 'string' ? '' : Number.NaN);
    const same =
      typeof value === 'number' && typeof inFile === 'number'
        ? isStored(value, inFile)
        : String(value).trim() === String(inFile);
    if (!same) return false;
  }
  return true;
}
