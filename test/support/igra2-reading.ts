/** Reads IGRA 2 bytes in tests. The source has neither positions by level nor feedback, so rows come without them. */

import type { InputFile } from '../../src/records/input.js';
import { igra2 } from '../../src/sources/igra2/index.js';
import * as reading from './reading.js';

export { inputOf, since1900 } from './reading.js';

export type Row = Omit<reading.Row, 'latitude' | 'longitude' | 'feedback'>;
export type Reading = Omit<reading.Reading, 'rows'> & { rows: Row[] };

/** Reads the files of one station. */
export async function readStation(id: string, files: readonly InputFile[]): Promise<Reading> {
  const all = await reading.readStation(igra2, { id, files });
  return { ...all, rows: all.rows.map(({ latitude: _, longitude: __, feedback: ___, ...row }) => row) };
}

/** Reads text of one station, `USM00072558` unless said otherwise. */
export function readText(text: string | Uint8Array, id = 'USM00072558'): Promise<Reading> {
  return readStation(id, [reading.inputOf(text)]);
}

/** What must hold for every reading: six fields per level, each of them a row or counted under one reason. */
export function isAccountedFor(of: Reading): boolean {
  return of.tally.fields === of.tally.levels * 6 && reading.isAccountedFor(of);
}
