/** Which station a report is of. */
import { describe, expect, it } from 'vitest';
import { bufr } from '../../../src/sources/bufr/index.js';
import type { BufrContent, BufrValue } from '../../support/bufr-encoder.js';
import { message, readBufr, temp309007, temp309052 } from '../../support/bufr-reading.js';

const HIGH = [[0, 65_536, 85_000, 1438, 0, 0, 280.11, 275.02, 180, 5.5]];
const LOW = [[85_000, 32, 14_100, 280.1, 275, 180, 5.5]];
/** Date, time, position and a level, for templates with an identification of their own. */
const REST = [301_011, 301_012, 301_021, 102_000, 31_001, 7004, 12_101];
const REST_VALUES = [2021, 6, 7, 12, 0, 10, 20, 1, 85_000, 280];

async function stationsOf(bytes: Uint8Array): Promise<string[]> {
  return (await readBufr(bytes)).stations.map(({ id }) => id);
}

const identified = (
  descriptors: number[],
  values: BufrValue[],
  header: Partial<BufrContent> = {},
): Uint8Array => message([...descriptors, ...REST], [[...values, ...REST_VALUES]], header);

describe('the station of a report', () => {
  it.each<[string, number[], BufrValue[], Partial<BufrContent>, string]>([
    ['WMO number', [1001, 1002], [6, 11], {}, '06011'],
    ['WMO number before the WIGOS id', [301_150, 301_001], [0, 20_001, 0, '10954', 10, 954], {}, '10954'],
    ['WIGOS id of a WMO number', [301_150], [0, 20_000, 0, '10954'], {}, '10954'],
    ['WIGOS id of another country', [301_150], [0, 616, 2, 'WRO1'], {}, '0-616-2-WRO1'],
    ['incomplete WIGOS id', [301_150, 301_001], [0, 20_001, 0, null, 10, 954], {}, '10954'],
    ['WIGOS id that is none', [301_150, 301_001], [0, 20_001, 0, 'A/B', 10, 954], {}, '10954'],
    ['call sign', [1011], ['ASDE3'], {}, 'ship:ASDE3'],
    ['call sign beside a missing WMO number', [301_001, 1011], [null, null, 'DBLK'], {}, 'ship:DBLK'],
    [
      'call sign of a mobile land station',
      [1011],
      ['HYME2'],
      { edition: 3, localSubCategory: 106 },
      'mobile:HYME2',
    ],
    ['the same by the international subcategory', [1011], ['HYME2'], { subCategory: 6 }, 'mobile:HYME2'],
    ['flight of a dropsonde', [1006], ['AF302'], { subCategory: 7 }, 'aircraft:AF302'],
    ['registration of an aircraft', [1008], ['N42RF'], {}, 'aircraft:N42RF'],
    ['call sign in quotes and blanks', [1011], ["' ASDE3 '"], {}, 'ship:ASDE3'],
    ['call sign in small letters', [1011], ['dblk'], {}, 'ship:DBLK'],
    ['WIGOS id in quotes', [301_150], [0, 616, 2, '"WRO1" '], {}, '0-616-2-WRO1'],
    ['buoy', [1010], ['C6W08'], {}, 'buoy:C6W08'],
    ['number of a buoy', [1005], [46_035], {}, 'buoy:46035'],
    [
      'mobile land station, local to ECMWF',
      [1195],
      ['MOB1'],
      { edition: 3, localSubCategory: 106, masterVersion: 13, localVersion: 1 },
      'mobile:MOB1',
    ],
    [
      'carrier of a dropsonde, local to ECMWF',
      [1194],
      ['NOAA42'],
      { edition: 3, localSubCategory: 103, masterVersion: 13, localVersion: 1 },
      'aircraft:NOAA42',
    ],
  ])('%s', async (_name, descriptors, values, header, expected) => {
    expect(await stationsOf(identified(descriptors, values, header))).toEqual([expected]);
  });

  it('is that of each message and subset, not of the first', async () => {
    const bytes = Buffer.concat([
      message([309_007], [temp309007({ station: [10, 954] }, LOW), temp309007({ station: [11, 35] }, LOW)]),
      message(
        [309_052],
        [temp309052({ station: [null, null], callSign: 'ASDE3', position: [51, -28] }, HIGH)],
      ),
      message(
        [309_052],
        [temp309052({ station: [null, null], callSign: 'ASDE3', position: [52, -30] }, HIGH)],
      ),
      message([309_007], [temp309007({ station: [10, 954] }, LOW)]),
    ]);
    const { stations, readings } = await readBufr(bytes);
    expect(stations.map(({ id }) => id)).toEqual(['10954', '11035', 'ship:ASDE3']);
    expect(readings.get('10954')?.reports).toHaveLength(2);
    expect(readings.get('11035')?.reports).toHaveLength(1);
    expect(
      readings.get('ship:ASDE3')?.reports.map(({ latitude, longitude }) => [latitude, longitude]),
    ).toEqual([
      [51, -28],
      [52, -30],
    ]);
  });

  it('that is the same by WIGOS id and WMO number is one station', async () => {
    const bytes = Buffer.concat([
      identified([301_150], [0, 20_000, 0, '10954']),
      identified([301_001], [10, 954]),
    ]);
    const { readings } = await readBufr(bytes);
    expect([...readings].map(([id, { reports }]) => [id, reports.length])).toEqual([['10954', 2]]);
  });

  it('that a message gives both a WMO number and another WIGOS id is one station under the number', async () => {
    const both = identified([301_150, 301_001], [0, 20_001, 0, 'A10954', 10, 954]);
    const alone = identified([301_150], [0, 20_001, 0, 'A10954']);
    const other = identified([301_150], [0, 20_001, 0, 'B10954']);
    for (const messages of [
      [both, alone, other],
      [alone, other, both],
      [alone, both, alone, other, alone],
    ]) {
      const bytes = Buffer.concat(messages);
      const { stations, readings } = await readBufr(bytes);
      expect(stations.map(({ id }) => id)).toEqual(['0-20001-0-B10954', '10954']);
      const offsets = messages.flatMap((each, i) =>
        each === other ? [] : [messages.slice(0, i).reduce((sum, { length }) => sum + length, 0)],
      );
      expect(stations[1]?.files.map(({ parts }) => parts)).toEqual([offsets]);
      expect(readings.get('10954')?.reports.map(({ byteOffset }) => byteOffset)).toEqual(offsets);
      expect(readings.get('0-20001-0-B10954')?.reports).toHaveLength(1);
    }
  });

  it('of a WIGOS id that two numbers claim is that of the WIGOS id', async () => {
    const wigos = [0, 20_001, 0, 'A1'];
    const bytes = Buffer.concat([
      identified([301_150, 301_001], [...wigos, 10, 954]),
      identified([301_150, 301_001], [...wigos, 10, 955]),
      identified([301_150], wigos),
    ]);
    expect(await stationsOf(bytes)).toEqual(['0-20001-0-A1', '10954', '10955']);
  });

  it.each<[string, number[], BufrValue[]]>([
    ['nothing', [2011], [80]],
    ['missing numbers', [301_001], [null, null]],
    ['block 0', [301_001], [0, 0]],
    ['a blank call sign', [1011], ['   ']],
  ])('%s names none: the report is skipped and counted', async (_name, descriptors, values) => {
    const { stations, listing } = await readBufr(identified(descriptors, values));
    expect(stations).toEqual([]);
    expect(listing.skipped).toEqual([
      {
        file: 'soundings.bufr',
        byteOffset: 0,
        reason: 'bufr.report.no-station',
        detail: 'subset 1 names no station',
      },
    ]);
  });
});

describe('identify', () => {
  it.each([
    ['10954', '0-20000-0-10954', 0, '10954', 4, 0],
    ['0-20001-0-10954', '0-20001-0-10954', 0, null, 6, null],
    // WIGOS ids that are issued to ships.
    ['0-20003-0-ASDE3', '0-20003-0-ASDE3', 0, null, 6, 2],
    ['ship:ASDE3', 'ASDE3', 5, null, 6, 2],
    // Bare digits would be taken for a WMO number.
    ['ship:11035', 'ship:11035', 6, null, 6, 2],
    ['mobile:11035', 'mobile:11035', 6, null, 6, 8],
    ['mobile:HYME2', 'HYME2', 5, null, 6, 8],
    ['aircraft:AF302', 'AF302', 6, null, 6, 41],
    ['buoy:46035', '46035', 4, null, 6, null],
    ['anything', 'anything', 6, null, 6, null],
  ])('%s', (id, primaryId, primaryScheme, secondaryId, secondaryScheme, platformType) => {
    expect(bufr.identify(id)).toEqual({
      primaryId,
      primaryScheme,
      secondaryId,
      secondaryScheme,
      platformType,
    });
  });
});
