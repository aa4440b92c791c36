import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTally } from '../../../src/records/tally.js';
import { igra2 } from '../../../src/sources/igra2/index.js';
import { encodeStationList } from '../../support/igra2-encoder.js';
import { inputOf, readText } from '../../support/igra2-reading.js';
import { writeZip } from '../../support/zip.js';

const HEADER = '#USM00072558 2025 03 08 12 1110  212 ncdc-nws           413200  -963669\n';
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
/** A derived-parameters header: the first 36 columns of a sounding's, then numbers to column 156. */
const DERIVED = `${HEADER.slice(0, 36)}${'  1234'.repeat(20)}\n`;

describe('recognition by content', () => {
  it.each([
    ['a header', HEADER],
    ['a header with CRLF', HEADER.replace('\n', '\r\n')],
    ['a header without sources and position', `${HEADER.slice(0, 36)}\n`],
    ['an unreadable date in a header', HEADER.replace('2025', '20x5')],
    ['blank lines before the header', `\n\r\n${HEADER}`],
  ])('%s fits', (_name, text) => {
    expect(igra2.recognise(bytes(text))).toEqual({ fits: true });
  });

  it.each([
    ['nothing: the file is empty', Buffer.alloc(0)],
    ['an IGRA version 1 file', bytes('#0713919900224059999   1\n30 -9999   141 -9999 -9999   60   10\n')],
    ['an IGRA derived-parameters file (-drvd.txt)', bytes(DERIVED)],
    [
      'IGRA monthly means',
      bytes('USM00072201 1973 01 1000   119   31\nUSM00072201 1973 02 1000   119   28\n'),
    ],
    ['IGRA monthly means', bytes('AEM00041217 2019  6 9999  23555 28\nAEM00041217 2019  6  925   9467 30\n')],
    ['IGRA monthly means', bytes('\xef\xbb\xbfAEM00041217 2019 12  925   9467 30\n')],
    ['an IGRA derived-parameters file (-drvd.txt)', bytes(`${DERIVED.slice(0, 72)}\n`)],
    [
      'the IGRA station history (igra2-metadata.txt)',
      bytes('AUM00011035 11035 WIEN/HOHE WARTE                   48.2486\n'),
    ],
    [
      'an IGRA station list',
      bytes('ACM00078861  17.1170  -61.7830   10.0    COOLIDGE FIELD (UA)            1947 1993  13896\n'),
    ],
    ['IGRA levels without a header', bytes('20    15  96697   449B  -34B  649    56   277    47 \n')],
    [
      'a UADB file of NCAR',
      bytes(
        'H            1  82930 1 20   3.0    0 1969  1  1 1200  0    -9.3700    305.1200  102.0  0   18 1.00\n',
      ),
    ],
    ['an ODB-2 file', bytes('\xff\xffODA\x01\x00')],
    ['an ODB text export', bytes("expver@desc\tclass@desc\tstatid@hdr\tdate@hdr\n'0001'\t1\t'   82930'\n")],
    ['a BUFR file', bytes('BUFR\x00\x01\x02\x04')],
    ['a BUFR file', bytes('\x01\r\r\n123\r\r\nIUSD40 OKLI 182300\r\r\nBUFR\x00')],
    ['a GRIB file', bytes('GRIB\x00\x00')],
    ['a netCDF file', bytes('CDF\x01\x00')],
    ['a netCDF-4 or HDF5 file', bytes('\x89HDF\r\n\x1a\n')],
    ['a zip archive inside the input', writeZip([{ name: 'x', content: bytes(HEADER) }])],
    ['gzip data inside the input', gzipSync(HEADER)],
    ['an HTML page', bytes('<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><title>404</title>')],
    ['an HTML page', bytes('\n<html><body>Forbidden')],
    ['a PDF document', bytes('%PDF-1.4\n')],
    ['binary data', bytes('\x7fELF\x02\x01\x01\x00')],
    [
      'text that begins with "Format Description of IGRA 2 Sounding Da"',
      bytes('Format Description of IGRA 2 Sounding Data Files\n\n'),
    ],
    ['blank lines', bytes('\n\n\n')],
  ])('%s is named', (saw, head) => {
    expect(igra2.recognise(head)).toEqual({ fits: false, saw });
  });

  it('reading refuses another format with its name, whatever the chunks', async () => {
    await expect(readText('%PDF-1.4\nabc')).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: 'station.txt: expected IGRA 2 soundings, found a PDF document',
      position: { file: 'station.txt' },
    });
  });
});

describe('list', () => {
  const other = HEADER.replace('USM00072558', 'ASM00094703');

  it('groups files by the id of the first header, ids by code unit, files in their order, inventories left out', async () => {
    const files = [
      inputOf(HEADER, { path: 'b', chunks: [1] }),
      inputOf(other, { path: 'c' }),
      inputOf(
        encodeStationList([
          {
            id: 'X'.repeat(11),
            latitude: 1,
            longitude: 2,
            elevation: 3,
            name: 'N',
            firstYear: 1900,
            lastYear: 2000,
            soundings: 1,
          },
        ]),
        { path: 'list' },
      ),
      inputOf(HEADER, { path: 'a' }),
    ];
    const listed = [];
    for await (const { id, files: own } of igra2.list(files, { tally: createTally() }))
      listed.push([id, own.map(({ path }) => path)]);
    expect(listed).toEqual([
      ['ASM00094703', ['c']],
      ['USM00072558', ['b', 'a']],
    ]);
  });

  it('reads no more of a file than needed', async () => {
    let chunks = 0;
    const file = {
      path: 'x',
      name: 'x',
      async *chunks() {
        for (;;) {
          chunks++;
          yield bytes(HEADER.repeat(60));
        }
      },
    };
    for await (const station of igra2.list([file], { tally: createTally() }))
      expect(station.id).toBe('USM00072558');
    expect(chunks).toBe(1);
  });

  it('refuses a file of another format, by its path', async () => {
    const listing = igra2.list([inputOf(HEADER), inputOf('<html>', { path: 'error.txt' })], {
      tally: createTally(),
    });
    await expect(listing[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      position: { file: 'error.txt' },
    });
  });
});
