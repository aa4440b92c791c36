/** Finding the stations of files, and what is said of the parts that are of no use. */
import { describe, expect, it } from 'vitest';
import type { StationInput } from '../../../src/records/input.js';
import { bufr } from '../../../src/sources/bufr/index.js';
import { bits, rawBufr } from '../../support/bufr-raw.js';
import { message, readBufr, temp309007 } from '../../support/bufr-reading.js';
import { inputOf, listStations, readStation } from '../../support/reading.js';

const LEVELS = [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]];
const temp = (number: number): Uint8Array =>
  message([309_007], [temp309007({ station: [10, number] }, LEVELS)]);
const ENVELOPE = Buffer.from('\x01\r\r\n123\r\r\nIUSD40 OKLI 201800\r\r\n', 'latin1');
const END = Buffer.from('\r\r\n\x03', 'latin1');

describe('list', () => {
  it('groups messages by station over files, and says where in each they are', async () => {
    const [a, b] = [temp(1), temp(2)];
    const first = inputOf(Buffer.concat([a, b, a]), { path: 'first.bufr' });
    const second = inputOf(Buffer.concat([ENVELOPE, b, END]), { path: 'second.bufr' });
    const { stations, tally } = await listStations(bufr, [first, second]);
    expect(stations.map(({ id, files }) => [id, files.map(({ path, parts }) => [path, parts])])).toEqual([
      ['10001', [['first.bufr', [0, a.length + b.length]]]],
      [
        '10002',
        [
          ['first.bufr', [a.length]],
          ['second.bufr', [ENVELOPE.length]],
        ],
      ],
    ]);
    expect([...tally.noted]).toEqual([]);
    const reading = await readStation(bufr, stations[1] as StationInput);
    expect(reading.reports.map(({ inputFile, byteOffset }) => [inputFile, byteOffset])).toEqual([
      [0, a.length],
      [1, ENVELOPE.length],
    ]);
  });

  it('names a message of two subsets of one station once', async () => {
    const two = message([309_007], [temp309007({}, LEVELS), temp309007({ height: 201 }, LEVELS)]);
    const { stations } = await listStations(bufr, [inputOf(two)]);
    expect(stations[0]?.files[0]?.parts).toEqual([0]);
  });

  it('tells damage by its offset and keeps the messages around it', async () => {
    const [a, b, c] = [temp(1), temp(2), temp(3)];
    const damaged = Uint8Array.from(b);
    damaged.fill(0x41, -4);
    const bytes = Buffer.concat([a, damaged, c, c.subarray(0, 60)]);
    const { listing, stations } = await readBufr(bytes);
    expect(stations.map(({ id }) => id)).toEqual(['10001', '10003']);
    expect(listing.skipped.map(({ reason, byteOffset }) => [reason, byteOffset])).toEqual([
      ['bufr.message.no-end', a.length],
      ['bufr.message.truncated', a.length + b.length + c.length],
    ]);
    expect(Object.fromEntries(listing.noted)).toEqual({
      'bufr.message.no-end': 1,
      'bufr.message.truncated': 1,
    });
  });

  it('names the descriptor that is not in the tables', async () => {
    const unknown = rawBufr({ descriptors: [1001, 1002, 63_250], data: '0001010 1110111010 00000000' });
    const { listing, stations } = await readBufr(Buffer.concat([unknown, temp(1)]));
    expect(stations.map(({ id }) => id)).toEqual(['10001']);
    expect(listing.skipped).toEqual([
      {
        file: 'soundings.bufr',
        byteOffset: 0,
        reason: 'bufr.message.unknown-descriptor',
        detail: expect.stringContaining('063250'),
      },
    ]);
  });

  it('counts and lists messages without subsets, and those of editions 0 and 1', async () => {
    const [a, b] = [temp(1), temp(2)];
    const empty = message([309_007], []);
    // Edition 1 has neither length nor edition in section 0; the fourth octet of section 1 is the edition.
    const third = message([309_007], [temp309007({}, LEVELS)], { edition: 3 });
    const old = Buffer.concat([third.subarray(0, 4), third.subarray(8)]);
    old[7] = 1;
    const bytes = Buffer.concat([old, a, empty, b, empty]);
    const { listing, stations } = await readBufr(bytes);
    expect(stations.map(({ id }) => id)).toEqual(['10001', '10002']);
    expect(listing.skipped.map(({ reason, byteOffset }) => [reason, byteOffset])).toEqual([
      ['bufr.message.edition', 0],
      ['bufr.message.no-subsets', old.length + a.length],
      ['bufr.message.no-subsets', bytes.length - empty.length],
    ]);
    expect(Object.fromEntries(listing.noted)).toEqual({
      'bufr.message.edition': 1,
      'bufr.message.no-subsets': 2,
    });
  });

  it('finds the first message behind more than 4 KiB, and says how much was passed over', async () => {
    for (const before of [Buffer.alloc(5000), Buffer.alloc(70_000, 'NIL BUFR EDITION 4\r\r\n', 'latin1')]) {
      const { listing, stations } = await readBufr(Buffer.concat([before, temp(1)]));
      expect(stations.map(({ id, files }) => [id, files[0]?.parts])).toEqual([['10001', [before.length]]]);
      expect(listing.skipped).toEqual([]);
      expect([...listing.noted]).toEqual([['bufr.bytes.outside-messages', before.length]]);
    }
  });

  it('does not look for a first message in a zip archive, nor behind 16 MiB', async () => {
    const archive = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(5000), temp(1)]);
    await expect(readBufr(archive)).rejects.toMatchObject({
      message: 'soundings.bufr: expected BUFR messages, found a zip archive inside the input',
    });
    const late = Buffer.concat([Buffer.alloc(1 << 24), temp(1)]);
    await expect(readBufr(late)).rejects.toMatchObject({
      message: 'soundings.bufr: expected BUFR messages, found zeros',
    });
  });

  it('notes bits left over in section 4, and skips the message where they are a quarter', async () => {
    const descriptors = [301_001, 101_000, 31_001, 7004];
    const levels = bits(9000, 14).repeat(20);
    const station = bits(11, 7) + bits(35, 10);
    // The count is too low: three levels, then eight, are behind the last one that it says.
    const short = (count: number): Uint8Array =>
      rawBufr({ descriptors, data: station + bits(count, 8) + levels });
    const few = short(17);
    const { listing } = await readBufr(Buffer.concat([few, short(12)]));
    // Of 344 bits of section 4, 32 are its head, and 7 + 10 + 8 + 17 * 14 are read: 304 with the padding.
    expect(listing.noted.get('bufr.section4.left-over')).toBe(40);
    expect(listing.skipped.at(-1)).toMatchObject({
      reason: 'bufr.message.left-over',
      byteOffset: few.length,
      detail: '104 of the 344 bits of section 4 are left over behind its last element',
    });
  });

  it.each<[string, Uint8Array, string, string]>([
    [
      'another category',
      message([309_007], [temp309007({}, LEVELS)], { category: 0 }),
      'bufr.message.synop',
      'data category 0, descriptors from 309007 on',
    ],
    [
      'no levels',
      message([301_001, 12_101], [[10, 954, 280]]),
      'bufr.message.not-a-sounding',
      'data category 2, descriptors from 301001 on',
    ],
  ])('%s is no sounding', async (_name, bytes, reason, detail) => {
    const { listing, stations } = await readBufr(bytes);
    expect(stations).toEqual([]);
    expect(listing.skipped).toEqual([{ file: 'soundings.bufr', byteOffset: 0, reason, detail }]);
  });

  it('lists a hundred skips of one reason and counts all', async () => {
    const bad = message([301_001, 12_101], [[10, 954, 280]]);
    const { listing } = await readBufr(Buffer.concat(Array.from({ length: 150 }, () => bad)));
    expect(listing.skipped).toHaveLength(100);
    expect(listing.noted.get('bufr.message.not-a-sounding')).toBe(150);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const list = async (): Promise<void> => {
      const { tally } = await listStations(bufr, []);
      for await (const _station of bufr.list([inputOf(temp(1))], { tally, signal: controller.signal }));
    };
    await expect(list()).rejects.toThrow('enough');
  });
});

describe('open without parts', () => {
  it('reads the reports of the station, and tells damage itself', async () => {
    const [a, b] = [temp(1), temp(2)];
    const bytes = Buffer.concat([a, b, a, b.subarray(0, 50)]);
    const { reports, tally } = await readStation(bufr, { id: '10001', files: [inputOf(bytes)] });
    expect(reports.map(({ byteOffset }) => byteOffset)).toEqual([0, a.length + b.length]);
    expect(tally.skipped.map(({ reason, byteOffset }) => [reason, byteOffset])).toEqual([
      ['bufr.message.truncated', 2 * a.length + b.length],
    ]);
  });

  it('with parts says nothing of damage a second time', async () => {
    const a = temp(1);
    const { readings } = await readBufr(Buffer.concat([a.subarray(0, 50), a]));
    expect(readings.get('10001')?.tally.skipped).toEqual([]);
    expect(readings.get('10001')?.reports).toHaveLength(1);
  });
});

describe('recognise', () => {
  const refusal = (text: string): string => {
    const recognition = bufr.recognise(Buffer.from(text, 'latin1'));
    return recognition.fits ? 'fits' : recognition.saw;
  };

  it('takes messages with and without an envelope', () => {
    expect(bufr.recognise(temp(1))).toEqual({ fits: true });
    expect(bufr.recognise(Buffer.concat([ENVELOPE, temp(1)]))).toEqual({ fits: true });
    expect(bufr.recognise(Buffer.concat([Buffer.from('BUFR'), temp(1)]))).toEqual({ fits: true });
  });

  it.each([
    ['', 'nothing: the file is empty'],
    ['BUFR\0\0\x60\x01', 'a BUFR message of edition 1 (editions 2 to 4 are read)'],
    ['BUFR\0\0\x05\x03', 'a BUFR message that states a length of 5 bytes'],
    ['ZCZC BUFR\r\r\n\x03', 'binary data without a BUFR message'],
    ['BUFR DUMP OF EDITION 4', 'text that begins with "BUFR DUMP OF EDITION 4"'],
    ['{ "messages" : [ "BUFR", 4 ] }', 'text that begins with "{ \\"messages\\" : [ \\"BUFR\\", 4 ] }"'],
    [
      '00000000  42 55 46 52 00 00 c4 04  |BUFR....|\n',
      'text that begins with "00000000  42 55 46 52 00 00 c4 04  |BUFR"',
    ],
    ['BUFR', 'a BUFR message that is cut off at once'],
    ['PK\x03\x04', 'a zip archive inside the input'],
    ['\x1f\x8b\x08', 'gzip data inside the input'],
    ['\x89HDF\r\n', 'a netCDF-4 or HDF5 file'],
    ['CDF\x01', 'a netCDF file'],
    ['TTAA01 KWBC 201800\r\r\nGRIB\0\0', 'a GRIB file'],
    ['CREX++\r\r\nT000103', 'CREX messages'],
    ['%PDF-1.4', 'a PDF document'],
    ['<!DOCTYPE html>', 'an HTML page'],
    ['\0\x01\x02', 'binary data without a BUFR message'],
    ['TEMP TTAA 70121', 'text that begins with "TEMP TTAA 70121"'],
  ])('%j is named', (text, saw) => {
    expect(refusal(text)).toBe(saw);
  });

  it('the error names the file and what to give', async () => {
    await expect(listStations(bufr, [inputOf('hello', { path: 'a.txt' })])).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: 'a.txt: expected BUFR messages, found text that begins with "hello"',
      position: { file: 'a.txt', byteOffset: 0 },
      hint: expect.stringContaining('BUFR'),
    });
  });
});

describe('describe', () => {
  it('gives the descriptor', async () => {
    expect(await bufr.describe()).toMatchObject({ id: 'bufr', sourceFormat: 2, login: true });
  });
});
