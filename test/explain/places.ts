/** What explanations say of their places, held against the bytes. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Explanation } from '../../src/explain/explanation.js';
import { withStation } from '../support/demo/station-view.js';
import { explainAt } from './harvested.js';
import { faultsOf, rawNumber } from './reparse.js';

/** What is wrong with all rows of all reports of a station file. */
export async function allFaults(path: string): Promise<string[]> {
  const reports = withStation(path, (view) => view.table('header_table').rows);
  const file = await explainAt(path, { reports: Array.from({ length: reports }, (_, i) => i) });
  const rows = withStation(path, (view) => view.table('observations_table').rows);
  expect(file.explanations).toHaveLength(rows);
  return withStation(path, (view) => file.explanations.flatMap((each) => faultsOf(file, each, view)));
}

/** The numbers of the source in the fields of the first place, by what they gave. */
export function rawNumbers(explanation: Explanation): Record<string, number> {
  const content = readFileSync(explanation.sources[0]?.path ?? '');
  const fields = explanation.places[0]?.fields ?? [];
  return Object.fromEntries(fields.map((field) => [field.gives, rawNumber(content, field)]));
}
