/** The formats of fixed columns, for the tests of what they share: lines of each, written out, and how to read them. */
import type { InputFile } from '../../src/records/input.js';
import { IGRA2 } from '../../src/sources/igra2/format.js';
import { igra2 } from '../../src/sources/igra2/index.js';
import type { Source } from '../../src/sources/source.js';
import type { TextFormat } from '../../src/sources/text/format.js';
import { UADB } from '../../src/sources/uadb/format.js';
import { ncar } from '../../src/sources/uadb/index.js';
import * as igra2Reading from './igra2-reading.js';
import * as plain from './reading.js';
import { EXAMPLE, exampleText } from './text-example.js';
import * as uadbReading from './uadb-reading.js';

/** A reading of any format. */
export type Reading = Omit<plain.Reading, 'rows'> & { rows: igra2Reading.Row[] };

/** A format, and reports of it on given days of one month, 01 to 28. */
export interface FormatCase {
  dataset: string;
  source: Pick<Source, 'recognise' | 'list' | 'open'>;
  format: TextFormat;
  /** The station, and two others. */
  id: string;
  others: readonly [string, string];
  header(levels: number, day?: string, id?: string): string;
  /** A level with a wind and nothing else. @param pressure hPa */
  level(pressure: number): string;
  /** The counter that each such level has one in. */
  levelNote: string;
  /** Columns of a header before the last that is needed, where files may be cut, and what is then said of the report. */
  headerCuts: readonly [columns: number, detail: string][];
  /** The time of the reports on the day 08: 12 UTC, or that of the release. */
  timeOf(reading: Reading): (number | undefined)[];
  time: number;
  readText(text: string): Promise<Reading>;
  readStation(files: readonly InputFile[]): Promise<Reading>;
  isAccountedFor(reading: Reading): boolean;
}

const WITHIN_HEADER = 'the file ends within the header';

export const IGRA2_CASE: FormatCase = {
  dataset: 'igra2',
  source: igra2,
  format: IGRA2,
  id: 'USM00072558',
  others: ['USM00072559', 'USM00072560'],
  header: (levels, day = '08', id = 'USM00072558') =>
    `#${id} 2025 03 ${day} 12 1110 ${String(levels).padStart(4)} ncdc-nws           413200  -963669\n`,
  level: (pressure) =>
    `10 -9999 ${String(pressure * 100).padStart(6)} -9999 -9999 -9999 -9999   170   120 \n`,
  levelNote: 'level.standard',
  headerCuts: [
    [40, WITHIN_HEADER],
    [70, WITHIN_HEADER],
  ],
  timeOf: ({ reports }) => reports.map(({ launch }) => launch),
  time: igra2Reading.since1900('2025-03-08T11:10Z'),
  readText: igra2Reading.readText,
  readStation: (files) => igra2Reading.readStation('USM00072558', files),
  isAccountedFor: igra2Reading.isAccountedFor,
};

export const UADB_CASE: FormatCase = {
  dataset: 'ncar',
  source: ncar,
  format: UADB,
  id: '82930',
  others: ['82931', '2:82930'],
  header(levels, day = '08', id = '82930') {
    const [idType = '', identifier = ''] = id.includes(':') ? id.split(':') : ['1', id];
    return `H     44795206 ${identifier.padStart(6)} ${idType.padStart(2)}  27  2.40  1 1978 10 ${day} 1100  1    -9.3700   305.1000    432  3 ${String(levels).padStart(4)}    3.3.0\n`;
  },
  level: (pressure) => `   2 ${pressure.toFixed(1).padStart(8)} -99999.0 -999.0 -999.0    170   12.0\n`,
  levelNote: 'level.type-2',
  headerCuts: [
    [40, WITHIN_HEADER],
    [92, WITHIN_HEADER],
    // The version of the product is not needed.
    [97, 'the file ends after 0 of 2 levels'],
  ],
  timeOf: ({ reports }) => reports.map(({ nominal }) => nominal),
  time: uadbReading.since1900('1978-10-08T11:00Z'),
  readText: uadbReading.readText,
  readStation: (files) => uadbReading.readStation('82930', files),
  isAccountedFor: uadbReading.isAccountedFor,
};

const EXAMPLE_CASE: FormatCase = {
  dataset: 'example',
  source: exampleText,
  format: EXAMPLE,
  id: '11035',
  others: ['11036', '11037'],
  header: (levels, day = '08', id = '11035') => `> ${id} 202503${day}12 ${String(levels).padStart(4)}\n`,
  level: (pressure) => `${pressure.toFixed(1).padStart(8)}           170.0    12.0\n`,
  levelNote: 'level.read',
  headerCuts: [[20, WITHIN_HEADER]],
  timeOf: ({ reports }) => reports.map(({ nominal }) => nominal),
  time: plain.since1900('2025-03-08T12:00Z'),
  readText: (text) => plain.readStation(exampleText, { id: '11035', files: [plain.inputOf(text)] }),
  readStation: (files) => plain.readStation(exampleText, { id: '11035', files }),
  isAccountedFor: plain.isAccountedFor,
};

/** Every format whose reports the machine of `src/sources/text` reads, the made-up one without a hot loop included. */
export const TEXT_FORMATS: readonly FormatCase[] = [IGRA2_CASE, UADB_CASE, EXAMPLE_CASE];
