/** Which of the values in the raw bytes became a row: what the harvest would write of each, compared with what is in the file. */
import { coordinateRules, INT_MISSING, type Profile, type WritingRule, writingRule } from '../match/index.js';
import { OBSERVED_VARIABLE, type Quantity, type SourceEncodings } from '../records/variables.js';
import type { Datum } from '../sources/locator.js';
import { numberIn, type RowElement } from './cdm-rows.js';

/** A row of observations_table with its feedback, by column. */
export interface FileRow {
  elements: readonly RowElement[];
  feedback: readonly RowElement[];
}

/** A value of the source, and which parts of it differ from the row. */
export interface Candidate {
  datum: Datum;
  /** Elements in which the row differs; empty where all agree. */
  differs: readonly string[];
}

/** The vertical coordinate as it is written; type, method and value NaN where there is none. */
export function writtenCoordinate(
  { z, zType }: Datum,
  profile: Profile,
): { type: number; method: number; value: number } {
  const rule = coordinateRules(profile)[zType];
  if (rule === undefined) return { type: Number.NaN, method: Number.NaN, value: Number.NaN };
  const { type, method, scale } = rule;
  return { type, method: method === INT_MISSING ? Number.NaN : method, value: z * scale };
}

/** The values of a report, to be found by what the harvest would write for each. */
export type DataIndex = ReadonlyMap<string, readonly Datum[]>;

/** Sets the values in order; those of quantities that the source does not encode are left out. */
export function indexData(data: Iterable<Datum>, encodings: SourceEncodings, profile: Profile): DataIndex {
  const rules = new Map<number, WritingRule>();
  for (const [name, encoding] of Object.entries(encodings)) {
    const quantity = name as Quantity;
    rules.set(OBSERVED_VARIABLE[quantity], writingRule(quantity, encoding.unit, encoding.precision, profile));
  }
  const index = new Map<string, Datum[]>();
  for (const datum of data) {
    const rule = rules.get(datum.observedVariable);
    if (rule === undefined) continue;
    const { type, value } = writtenCoordinate(datum, profile);
    const key = keyOf(rule.observedVariable, type, value, datum.value * rule.scale + rule.offset);
    const known = index.get(key);
    if (known === undefined) index.set(key, [datum]);
    else known.push(datum);
  }
  return index;
}

/** Numbers are compared in single precision, in which most of them are stored. */
function keyOf(variable: number, type: number, z: number, value: number): string {
  return `${variable} ${type} ${Math.fround(z)} ${Math.fround(value)}`;
}

/**
 * The values that are the row's: variable, vertical coordinate and value are the same. Of several, those that also agree in quality,
 * time, position, kind of height and feedback, as far as one of them does. More than one is left where the source says the same twice.
 */
export function candidatesOf(index: DataIndex, row: FileRow, profile: Profile): Candidate[] {
  const inFile = (name: string): number => numberIn(row.elements, name);
  const key = keyOf(
    inFile('observed_variable'),
    inFile('z_coordinate_type'),
    inFile('z_coordinate'),
    inFile('observation_value'),
  );
  let found = index.get(key) ?? [];
  const tests: readonly ((datum: Datum) => boolean)[] = [
    (datum) => differencesOf(datum, row, profile).length === 0,
    (datum) => hasFeedback(datum, row),
  ];
  for (const test of tests) {
    const passed = found.length > 1 ? found.filter(test) : [];
    if (passed.length > 0) found = passed;
  }
  return found.map((datum) => ({ datum, differs: differencesOf(datum, row, profile) }));
}

/** A number of the source is stored in single or double precision. */
function isStored(value: number, stored: number): boolean {
  return Object.is(value, stored) || value === stored || Object.is(Math.fround(value), stored);
}

function differencesOf(datum: Datum, { elements }: FileRow, profile: Profile): string[] {
  const { quality, elapsed, latitude, longitude } = datum;
  const expected: [name: string, value: number][] = [
    ['quality_flag', quality],
    ['elapsed_time', elapsed],
  ];
  if (!Number.isNaN(latitude)) expected.push(['latitude', latitude], ['longitude', longitude]);
  // Files of earlier versions do not say what their heights are.
  if (!Number.isNaN(numberIn(elements, 'z_coordinate_method')))
    expected.push(['z_coordinate_method', writtenCoordinate(datum, profile).method]);
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
