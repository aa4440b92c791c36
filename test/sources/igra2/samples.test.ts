import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/fetch/members.js';
import { createTally, sumOf } from '../../../src/records/tally.js';
import { igra2 } from '../../../src/sources/igra2/index.js';
import { isStationList } from '../../../src/sources/igra2/recognise.js';
import { readStationList } from '../../../src/sources/igra2/station-list.js';
import { isAccountedFor, readStation, since1900 } from '../../support/igra2-reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const FILES: [file: string, id: string, reports: number, levels: number, skipped: number][] = [
  ['AUM00011035-data.txt.gz', 'AUM00011035', 321, 34160, 0],
  ['ASM00094703-data.txt.zip', 'ASM00094703', 130, 260, 0],
  ['USM00070026-data.txt.zip', 'USM00070026', 2, 315, 1],
  ['USM00072558-20250308.txt', 'USM00072558', 1, 212, 0],
  ['hour99-1935.txt', 'USM00072266', 1, 8, 0],
  ['BRM00082930-data.excerpt.txt', 'BRM00082930', 5, 22, 0],
];

describe.skipIf(skipSamples())(samplesTitle('real files'), () => {
  it.each(FILES)(
    '%s: every report and level, every field accounted for',
    async (file, id, reports, levels, skipped) => {
      const input = await openInput(samplePath(`igra2/${file}`));
      const stations = [];
      for await (const station of igra2.list([input], { tally: createTally() })) stations.push(station.id);
      expect(stations).toEqual([id]);
      const reading = await readStation(id, [input]);
      expect(reading.tally).toMatchObject({ reports, levels, fields: levels * 6, rows: 0 });
      expect(reading.tally.skipped).toHaveLength(skipped);
      expect(isAccountedFor(reading)).toBe(true);
    },
  );

  it('Vienna: counts agree with counting the lines of the file by pattern', async () => {
    const input = await openInput(samplePath('igra2/AUM00011035-data.txt.gz'));
    const parts: Uint8Array[] = [];
    for await (const chunk of input.chunks()) parts.push(chunk);
    const lines = Buffer.concat(parts).toString('latin1').split('\n');
    const levels = lines.filter((line) => /^[123]/.test(line));
    const matching = (pattern: RegExp): number => levels.filter((line) => pattern.test(line)).length;
    const { tally, rows, reports } = await readStation('AUM00011035', [input]);
    const variable = (code: number): number => rows.filter((row) => row.variable === code).length;
    expect(variable(126)).toBe(matching(/^.{22}(?!-9999|-8888)/));
    expect(variable(117)).toBe(matching(/^.{16}(?!-9999|-8888)/));
    expect(variable(106)).toBe(matching(/^.{40}(?!-9999|-8888)/));
    expect(variable(107)).toBe(matching(/^.{46}(?!-9999|-8888)/));
    expect(variable(34)).toBe(matching(/^.{34}(?!-9999|-8888)/));
    expect(variable(138)).toBe(0);
    expect(tally.dropped.get('igra2.wind_speed.qa-removed')).toBe(matching(/^.{46}-8888/));
    expect(tally.dropped.get('igra2.dew_point_depression.qa-removed')).toBe(matching(/^.{34}-8888/));
    expect(tally.noted.get('igra2.level.tropopause')).toBe(matching(/^.2/));
    expect(tally.noted.get('igra2.flag.air_temperature.A')).toBe(matching(/^.{27}A/));
    expect(rows.filter((row) => row.variable === 126 && row.quality === 0)).toHaveLength(
      matching(/^.{22}(?!-9999|-8888).{5}[AB]/),
    );
    expect(reports.map(({ byteOffset }) => byteOffset)).toEqual(
      lines.reduce<{ at: number; found: number[] }>(
        ({ at, found }, line) => ({
          at: at + line.length + 1,
          found: line.startsWith('#') ? [...found, at] : found,
        }),
        { at: 0, found: [] },
      ).found,
    );
  });

  it('Barrow: the announced last sounding is kept out with the offset of its header', async () => {
    const path = samplePath('igra2/USM00070026-data.txt.zip');
    const { tally } = await readStation('USM00070026', [await openInput(path)]);
    expect(tally.skipped).toEqual([
      {
        file: path,
        byteOffset: 16839,
        reason: 'igra2.report.truncated',
        detail: 'the file ends after 0 of 147 levels',
      },
    ]);
  });

  it('1935: hour 99 with release 2200 is 22:00, heights are the coordinate', async () => {
    const { reports, rows } = await readStation('USM00072266', [
      await openInput(samplePath('igra2/hour99-1935.txt')),
    ]);
    expect(reports[0]?.launch).toBe(since1900('1935-07-02T22:00:00Z'));
    expect(reports[0]?.nominal).toBeNaN();
    expect(rows.every(({ zType }) => zType === 0)).toBe(true);
  });

  it.each([
    ['igra2/negative/igra-v1-07139.dat', 'an IGRA version 1 file'],
    ['ncar/uadb_trhc_82930.excerpt.txt', 'a UADB file of NCAR'],
    ['bufr/temp_10.bufr', 'a BUFR file'],
    ['bufr/IUSD40_OKLI.bufr', 'a BUFR file'],
    ['era5_odb/small_odb.odb', 'an ODB-2 file'],
    ['era5_odb/text/era5.conv._27707.txt.gz', 'an ODB text export'],
    ['grib/ens_50.grib', 'a GRIB file'],
  ])('%s is refused and named', async (file, saw) => {
    const path = samplePath(file);
    const list = igra2.list([await openInput(path)], { tally: createTally() })[Symbol.asyncIterator]();
    await expect(list.next()).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
      message: `${path}: expected IGRA 2 soundings, found ${saw}`,
      position: { file: path },
    });
  });

  it('station list: all real stations, the blank id counted', async () => {
    const tally = createTally();
    const input = await openInput(samplePath('metadata/igra2-station-list.txt'));
    const stations = await readStationList(input, tally);
    // 2932 lines, one of them without an id.
    expect(stations.size).toBe(2931);
    expect(Object.fromEntries(tally.noted)).toEqual({ 'igra2.station-list.blank-id': 1 });
    expect(sumOf(tally.dropped)).toBe(0);
    // ACM00078861  17.1170  -61.7830   10.0    COOLIDGE FIELD (UA)            1947 1993  13896
    expect(stations.get('ACM00078861')).toEqual({
      id: 'ACM00078861',
      latitude: 17.117,
      longitude: -61.783,
      elevation: 10,
      name: 'COOLIDGE FIELD (UA)',
      mobile: false,
    });
    // AFM00040911  36.7000   67.2000 -999.9    MAZAR-I-SHARIF                 2010 2014   2179
    expect(stations.get('AFM00040911')?.elevation).toBeNaN();
    expect([...stations.values()].filter(({ mobile }) => mobile)).toHaveLength(102);
    expect(isStationList((await firstChunk(input)).subarray(0, 4096))).toBe(true);
  });
});

async function firstChunk(input: Awaited<ReturnType<typeof openInput>>): Promise<Uint8Array> {
  for await (const chunk of input.chunks()) return chunk;
  return new Uint8Array(0);
}
