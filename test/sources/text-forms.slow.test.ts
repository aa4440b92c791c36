/** Text as tools and systems leave it: a byte order mark, other line ends, tabs and blanks behind lines change nothing that is read. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportAsJson } from '../../src/run/reports/report.js';
import {
  harvestInto,
  readStationFile,
  type StationFileReader,
  temporaryFolder,
} from '../run/station-file.js';
import { encodeIgra2, encodeStationList } from '../support/igra2-encoder.js';
import { encodeOdbText } from '../support/odb-encoder.js';
import { makeOdbRows } from '../support/odb-rows.js';
import { makeStation } from '../support/soundings.js';
import { encodeUadb } from '../support/uadb-encoder.js';

const folder = temporaryFolder();
const soundings = makeStation(9, {
  id: 'XXM00011035',
  soundings: 3,
  significantLevels: 4,
  kinds: ['modern', 'classic', 'pilot-by-height'],
});
const list = encodeStationList(
  ['XXM00011034', 'XXM00011035', 'XXM00011036'].map((id, i) => ({
    id,
    latitude: 48.25 + i,
    longitude: 16.36,
    elevation: 200 + i,
    name: `STATION ${i}`,
    firstYear: 1998,
    lastYear: 1998,
    soundings: 3,
  })),
);

/** An archive: the file whose form changes, and those beside it. */
interface Archive {
  source: string;
  name: string;
  content: Buffer;
  beside?: Readonly<Record<string, Buffer>>;
}

const ARCHIVES: Readonly<Record<string, Archive>> = {
  'IGRA 2': { source: 'igra2', name: 'XXM00011035-data.txt', content: encodeIgra2(soundings) },
  'the list of stations': {
    source: 'igra2',
    name: 'igra2-station-list.txt',
    content: list,
    beside: { 'XXM00011035-data.txt': encodeIgra2(soundings) },
  },
  UADB: {
    source: 'ncar',
    name: 'uadb_trhc_11035.txt',
    content: encodeUadb(soundings, { kind: 'trhc' }),
    beside: { 'uadb_windc_11035.txt': encodeUadb(soundings, { kind: 'windc' }) },
  },
  ODB: {
    source: 'era5_1',
    name: 'era5.conv._11035',
    content: encodeOdbText(makeOdbRows(soundings, { dataset: 'era5_1' })),
  },
};

const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'a byte order mark': (text) => `\uFEFF${text}`,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark and CRLF': (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
  'a tab at the end of each line': (text) => text.replaceAll('\n', '\t\n'),
  'blanks at the end of each line': (text) => text.replaceAll('\n', '   \n'),
  'blank lines before and after': (text) => `\n  \n${text}\n \n`,
  'no line end at its end': (text) => text.replace(/\n$/, ''),
};

/** Where in the file a report stands is another place. */
const OF_BYTES = new Set(['header_table/source_record_id']);

async function harvested(archive: Archive, content: Buffer, at: string): Promise<StationFileReader> {
  const input = join(folder, at, 'input');
  mkdirSync(input, { recursive: true });
  for (const [name, bytes] of Object.entries({ ...archive.beside, [archive.name]: content }))
    writeFileSync(join(input, name), bytes);
  const output = join(folder, at, 'output');
  const report = reportAsJson(await harvestInto(folder, [input], { source: archive.source, output }));
  expect(report).toMatchObject({ exit_code: 0, totals: { skipped: 0 }, refused: [] });
  return readStationFile(report.stations[0]?.files[0] ?? '');
}

/** Every value of the tables that the input makes. */
function valuesOf(file: StationFileReader): Record<string, unknown> {
  const tables = ['observations_table', 'header_table', 'station_configuration', 'era5fb'];
  const columns = tables
    .filter((table) => file.groups.includes(table))
    .flatMap((table) => file.names(table).map((name) => `${table}/${name}`));
  return Object.fromEntries(
    columns.filter((path) => !OF_BYTES.has(path)).map((path) => [path, file.variable(path).values]),
  );
}

describe.each(Object.entries(ARCHIVES))('%s', (name, archive) => {
  it.each(Object.entries(FORMS))('with %s gives the rows of the plain text', async (form, change) => {
    const plain = await harvested(archive, archive.content, `${name} plain ${form}`);
    const changed = Buffer.from(change(archive.content.toString('utf8')), 'utf8');
    const other = await harvested(archive, changed, `${name} ${form}`);
    const expected = valuesOf(plain);
    expect(Object.keys(expected).length).toBeGreaterThan(80);
    expect(valuesOf(other)).toEqual(expected);
  });
});
