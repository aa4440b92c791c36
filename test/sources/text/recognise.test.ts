/** Telling and listing files, as far as it is the same in all formats of fixed columns. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inputOf, listStations } from '../../support/reading.js';
import { TEXT_FORMATS } from '../../support/text-formats.js';
import { writeZip } from '../../support/zip.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe.each(TEXT_FORMATS)('files of $dataset', ({ source, format, id, header, readText }) => {
  const first = header(39);

  it.each([
    ['a header', first],
    ['a header with CRLF', first.replace('\n', '\r\n')],
    ['an unreadable date in a header', first.replace(/ (?:1978|2025) /, ' 20x5 ')],
    ['blank lines before the header', `\n  \r\n${first}`],
  ])('%s fits', (_name, text) => {
    expect(source.recognise(bytes(text))).toEqual({ fits: true });
  });

  it.each([
    ['nothing: the file is empty', Buffer.alloc(0)],
    ['an IGRA version 1 file', bytes('#0713919900224059999   1\n30 -9999   141 -9999 -9999   60   10\n')],
    ['an ODB-2 file', bytes('\xff\xffODA\x01\x00')],
    ['an ODB text export', bytes("expver@desc\tclass@desc\tstatid@hdr\tdate@hdr\n'0001'\t1\t'   82930'\n")],
    ['a BUFR file', bytes('BUFR\x00\x01\x02\x04')],
    ['a BUFR file', bytes('\x01\r\r\n123\r\r\nIUSD40 OKLI 182300\r\r\nBUFR\x00')],
    ['a GRIB file', bytes('GRIB\x00\x00')],
    ['a netCDF file', bytes('CDF\x01\x00')],
    ['a netCDF-4 or HDF5 file', bytes('\x89HDF\r\n\x1a\n')],
    ['a zip archive inside the input', writeZip([{ name: 'x', content: bytes(first) }])],
    ['gzip data inside the input', gzipSync(first)],
    ['an HTML page', bytes('<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><title>404</title>')],
    ['an HTML page', bytes('<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><title>Login</title>')],
    ['an HTML page', bytes('\n<html><body>Forbidden')],
    ['a PDF document', bytes('%PDF-1.4\n')],
    ['binary data', bytes('\x7fELF\x02\x01\x01\x00')],
    ['text that begins with "Hello"', bytes('Hello\n')],
    ['blank lines', bytes('\n\n\n')],
  ])('%s is named', (saw, head) => {
    expect(source.recognise(head)).toEqual({ fits: false, saw });
  });

  it.each([
    ['a PDF document', '%PDF-1.4\nabc'],
    ['an HTML page', '<html>Please log in'],
  ])('reading refuses %s', async (found, text) => {
    await expect(readText(text)).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: `station.txt: expected ${format.expected}, found ${found}`,
      position: { file: 'station.txt' },
    });
  });

  it('listing reads no more of a file than needed', async () => {
    let chunks = 0;
    const file = {
      path: 'x',
      name: 'x',
      async *chunks() {
        for (;;) {
          chunks++;
          yield bytes(first.repeat(200));
        }
      },
    };
    expect((await listStations(source, [file])).stations.map((station) => station.id)).toEqual([id]);
    expect(chunks).toBe(1);
  });

  it('listing refuses a file of another format, by its path', async () => {
    const files = [inputOf(first), inputOf('<html>', { path: 'error.txt' })];
    await expect(listStations(source, files)).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      position: { file: 'error.txt' },
    });
  });
});
