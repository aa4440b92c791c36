/** Feedback, row by row with observations_table: it is that of the observation beside it, and the flag says where there is some. */

import { INT_MISSING } from '../match/index.js';
import type { NumericArray } from '../netcdf4/index.js';
import type { FeedbackDescriptor } from '../records/descriptor.js';
import type { FeedbackFacts } from '../sources/facts.js';
import { addedFeedback } from './feedback-layout.js';
import type { FileView } from './file-view.js';
import { floatsOf, intsOf, type RowBlock } from './row-blocks.js';

const TABLE = 'observations_table';
/** A float32 of a decimal and what was computed from it. */
const RELATIVE_ERROR = 2 ** -21;

export function createRowFeedback(
  view: FileView,
  descriptors: readonly FeedbackDescriptor[],
  facts: FeedbackFacts | undefined,
): (block: RowBlock) => void {
  const own = descriptors.flatMap(({ group, departures }) =>
    Object.keys(departures).flatMap((name) => pathOf(view, group, name) ?? []),
  );
  const added = addedFeedback(view, descriptors).flatMap(({ departures }) =>
    departures.map(({ group, name }) => `/${group}/${name}`),
  );
  const [group = ''] = descriptors.map((one) => one.group);
  const varno = pathOf(view, group, 'varno@body');
  const value = pathOf(view, group, 'obsvalue@body');
  return (block) => {
    const expected = new Uint8Array(block.rows);
    for (const path of own) markKnown(block.columns.get(path), expected);
    const ofAny = Uint8Array.from(expected);
    for (const path of added) markKnown(block.columns.get(path), ofAny);
    compareFlags(view, block, 'advanced_feedback', ofAny);
    // What the assimilation of the source says, whatever was added.
    compareFlags(view, block, 'advanced_assimilation_feedback', expected);
    if (varno !== undefined && facts !== undefined)
      compareVariables(view, block, group, block.columns.get(varno), facts.variables);
    if (value !== undefined) compareValues(view, block, group, block.columns.get(value));
  };
}

function compareFlags({ findings }: FileView, block: RowBlock, variable: string, expected: Uint8Array): void {
  const flags = intsOf(block, variable);
  for (let i = 0; flags !== undefined && i < block.rows; i++)
    if (flags[i] !== expected[i])
      findings.add(
        'feedback',
        { table: TABLE, variable, row: block.firstRow + i },
        () => `${flags[i]}, but the row has ${expected[i] === 1 ? 'a' : 'no'} departure`,
      );
}

/** Columns go by their name in the database, with or without its table. */
export function pathOf(view: FileView, group: string, name: string): string | undefined {
  return (view.variable(group, name) ?? view.variable(group, name.split('@', 1)[0] ?? name))?.path;
}

function markKnown(values: NumericArray | undefined, known: Uint8Array): void {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return;
  for (let i = 0; i < known.length; i++) if (!Number.isNaN(values[i])) known[i] = 1;
}

function compareVariables(
  { findings }: FileView,
  block: RowBlock,
  table: string,
  varno: NumericArray | undefined,
  variableOf: ReadonlyMap<number, number>,
): void {
  const variables = intsOf(block, 'observed_variable');
  if (variables === undefined || varno === undefined) return;
  for (let i = 0; i < block.rows; i++) {
    const code = Number(varno[i]);
    if (variableOf.get(code) !== variables[i])
      findings.add(
        'feedback',
        { table, variable: 'varno@body', row: block.firstRow + i },
        () => `${code === INT_MISSING ? 'none' : code} beside observed_variable ${variables[i]}`,
      );
  }
}

/** The value of the database is the original where the row was converted, else the value itself. */
function compareValues(
  { findings }: FileView,
  block: RowBlock,
  table: string,
  stored: NumericArray | undefined,
): void {
  const values = floatsOf(block, 'observation_value');
  const originals = floatsOf(block, 'original_value');
  if (
    values === undefined ||
    originals === undefined ||
    !(stored instanceof Float32Array || stored instanceof Float64Array)
  )
    return;
  for (let i = 0; i < block.rows; i++) {
    const original = originals[i] as number;
    const value = Number.isNaN(original) ? (values[i] as number) : original;
    const given = stored[i] as number;
    if (!(Math.abs(given - value) <= RELATIVE_ERROR * Math.abs(value)))
      findings.add(
        'feedback',
        { table, variable: 'obsvalue@body', row: block.firstRow + i },
        () => `${given} beside the value ${value}`,
      );
  }
}
