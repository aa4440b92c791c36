/** Reads UADB bytes in tests. The source has neither positions by level nor feedback, so rows come without them. */

import type { InputFile } from '../../src/records/input.js';
import { ncar } from '../../src/sources/uadb/index.js';
import * as reading from './reading.js';

export { inputOf, since1900 } from './reading.js';

export type Row = Omit<reading.Row, 'latitude' | 'longitude' | 'feedback'>;
export type Reading = Omit<reading.Reading, 'rows'> & { rows: Row[] };

/** Reads the files of one station. */
export async function readStation(id: string, files: readonly InputFile[]): Promise<Reading> {
  const all = await reading.readStation(ncar, { id, files });
  return { ...all, rows: all.rows.map(({ latitude: _, longitude: __, feedback: ___, ...row }) => row) };
}

/** Reads text of one station, WMO number 82930 unless said otherwise. */
export function readText(text: string | Uint8Array, id = '82930'): Promise<Reading> {
  return readStation(id, [reading.inputOf(text)]);
}

/** What must hold for every reading: five fields per level, each of them a row or counted under one reason. */
export function isAccountedFor(of: Reading): boolean {
  return of.tally.fields === of.tally.levels * 5 && reading.isAccountedFor(of);
}

/** A counter without the name of the dataset, whichever kind it is of; 0 where nothing was counted. */
export function counted({ tally }: Pick<Reading, 'tally'>, name: string): number {
  return tally.noted.get(`ncar.${name}`) ?? tally.dropped.get(`ncar.${name}`) ?? 0;
}
