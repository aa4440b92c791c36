/** Seeded rows of era5_1, all 63 columns, as text of any length and as ODB-2. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeOdbText, type OdbTable } from '../test/support/odb-encoder.js';
import { makeOdbRows } from '../test/support/odb-rows.js';
import { encodeOdb2 } from '../test/support/odb2-encoder.js';
import { makeStation } from '../test/support/soundings.js';
import type { Frame } from './frame.js';
import { writeGzip } from './pack.js';
import { shuffled, yearsFrom } from './years.js';

/** The station, as the file names and the reader have it. */
export const ODB_STATION = '11111';
const VIENNA = { latitude: 48.25, longitude: 16.36, elevation: 198 };
/** No leap year; 50 million rows end before the year 2200. */
const FIRST_YEAR = 1941;
/** Soundings of two weeks, and how many of these are made for a year, which gives 240,000 rows; a run on trial takes fewer. */
const SOUNDINGS = 26;
const FORTNIGHTS = 12;
const DATES = ['andate', 'date@hdr'];
const FRAME_ROWS = 10_000;

export interface OdbText {
  path: string;
  rows: number;
}

export interface OdbTextOptions {
  /** At least this many. */
  rows: number;
  outOfOrder?: boolean;
  /** Of the compression. */
  level?: number;
}

interface Template {
  header: Buffer;
  /** The lines of a year. */
  body: Buffer;
  rows: number;
  /** Offsets of the years in the body. */
  places: number[];
}

let template: Template | undefined;

/** Soundings of the `k`-th fortnight of a year. None of them is released on the day before the first of January. */
function fortnight(k: number): OdbTable {
  const start = new Date(Date.UTC(FIRST_YEAR, 0, 2 + 14 * k));
  const from = { year: FIRST_YEAR, month: start.getUTCMonth() + 1, day: start.getUTCDate() };
  const id = `XXM000${ODB_STATION}`;
  const made = makeStation(k + 1, { id, ...VIENNA, soundings: SOUNDINGS, from, kinds: ['modern'] });
  return makeOdbRows(made, { dataset: 'era5_1', seed: k + 1 });
}

function templateOf(frame: Frame): Template {
  if (template !== undefined) return template;
  const texts: Buffer[] = [];
  let header: Buffer = Buffer.alloc(0);
  let columns: readonly { name: string }[] = [];
  let rows = 0;
  for (let k = 0; k < (frame.quick ? 2 : FORTNIGHTS); k++) {
    const table = fortnight(k);
    const text = encodeOdbText(table);
    const body = text.indexOf('\n') + 1;
    header = text.subarray(0, body);
    texts.push(text.subarray(body));
    columns = table.columns;
    rows += table.rows.length;
  }
  const body = Buffer.concat(texts);
  const dates = DATES.map((name) => columns.findIndex((column) => column.name === name));
  template = { header, body, rows, places: fieldStarts(body, dates) };
  if (template.places.length !== DATES.length * rows) throw new Error('a row without its dates');
  return template;
}

/** Where these fields begin, in every line. */
function fieldStarts(lines: Buffer, fields: readonly number[]): number[] {
  const starts: number[] = [];
  let field = 0;
  for (let at = 0, start = 0; at < lines.length; at++) {
    const byte = lines[at];
    if (byte !== 9 && byte !== 10) continue;
    if (fields.includes(field)) starts.push(start);
    field = byte === 10 ? 0 : field + 1;
    start = at + 1;
  }
  return starts;
}

/** The text as it is in the archive, gzip with a member per year; the header stands in the first one. */
export async function odbGzip(frame: Frame, options: OdbTextOptions): Promise<OdbText> {
  const { rows, outOfOrder = false, level } = options;
  const { header, body, rows: rowsPerYear, places } = templateOf(frame);
  const count = Math.ceil(rows / rowsPerYear);
  const years = yearsFrom(FIRST_YEAR, [body], count * body.length, () => places);
  const parts = function* (): Generator<Buffer> {
    yield header;
    for (const year of outOfOrder ? shuffled(years) : years) yield year.make();
  };
  // The reader trusts a file that is named after its station, and searches any other for stations first.
  const name = `${outOfOrder ? 'mixed-' : ''}${rows}.era5.conv._${ODB_STATION}.gz`;
  const path = join(frame.folder, name);
  await writeGzip(path, parts(), level);
  return { path, rows: count * rowsPerYear };
}

/** The same as ODB-2, a frame per `FRAME_ROWS`. */
export function odb2File(frame: Frame, rows: number): OdbText {
  const table = fortnight(0);
  const dates = new Set(table.columns.flatMap(({ name }, i) => (DATES.includes(name) ? [i] : [])));
  const path = join(frame.folder, 'era5.odb');
  writeFileSync(path, '');
  let written = 0;
  for (let year = 0; written < rows; year++) {
    for (let at = 0; at < table.rows.length && written < rows; at += FRAME_ROWS) {
      const part = table.rows.slice(at, at + FRAME_ROWS);
      const columns = table.columns.map(({ name, type }, i) => ({
        name,
        type,
        values: part.map((row) => {
          const value = row[i] ?? (type === 'string' ? '' : Number.NaN);
          return dates.has(i) ? Number(value) + 10_000 * year : value;
        }),
      }));
      appendFileSync(path, encodeOdb2([{ columns }]));
      written += part.length;
    }
  }
  return { path, rows: written };
}
