import { describe, expect, it } from 'vitest';
import type { StationEntry } from '../../../src/records/station.js';
import { createTally } from '../../../src/records/tally.js';
import { igra2 } from '../../../src/sources/igra2/index.js';
import { isStationList } from '../../../src/sources/igra2/recognise.js';
import { readStationList } from '../../../src/sources/igra2/station-list.js';
import { encodeStationList, type StationListEntry } from '../../support/igra2-encoder.js';
import { inputOf } from '../../support/igra2-reading.js';

describe('station id', () => {
  const national = { secondaryId: null, secondaryScheme: 6 };
  const ship = { primaryScheme: 5, secondaryScheme: 6, platformType: 2 };
  const wban = { primaryScheme: 3, secondaryScheme: 6, platformType: null };
  it.each([
    [
      'AUM00011035',
      {
        primaryId: '0-20000-0-11035',
        primaryScheme: 0,
        secondaryId: 'AUM00011035',
        secondaryScheme: 6,
        platformType: 0,
      },
    ],
    [
      'USM00072558',
      {
        primaryId: '0-20000-0-72558',
        primaryScheme: 0,
        secondaryId: 'USM00072558',
        secondaryScheme: 6,
        platformType: 0,
      },
    ],
    ['ZZV000DBBH0', { ...ship, primaryId: 'DBBH0', secondaryId: 'ZZV000DBBH0' }],
    ['ZZV0DEMO1XY', { ...ship, primaryId: 'DEMO1XY', secondaryId: 'ZZV0DEMO1XY' }],
    // Without a letter it may be anybody's number.
    ['ZZV00012345', { primaryId: 'ZZV00012345', primaryScheme: 6, platformType: 2, ...national }],
    ['USW00093839', { ...wban, primaryId: 'WBAN-93839', secondaryId: 'USW00093839' }],
    ['XXW00099007', { ...wban, primaryId: 'WBAN-99007', secondaryId: 'XXW00099007' }],
    ['USW00193839', { primaryId: 'USW00193839', primaryScheme: 3, platformType: null, ...national }],
    ['USI0000KABQ', { primaryId: 'USI0000KABQ', primaryScheme: 6, platformType: null, ...national }],
    ['AEXUAE05467', { primaryId: 'AEXUAE05467', primaryScheme: 6, platformType: null, ...national }],
    // The network M does not make a WMO number of what is none; digits alone do not either.
    ['AUM00111035', { primaryId: 'AUM00111035', primaryScheme: 6, platformType: null, ...national }],
    ['AUX00011035', { primaryId: 'AUX00011035', primaryScheme: 6, platformType: null, ...national }],
    ['00011035', { primaryId: '00011035', primaryScheme: 6, platformType: null, ...national }],
  ])('%s', (id, identity) => {
    expect(igra2.identify(id)).toEqual(identity);
  });
});

describe('station list', () => {
  async function read(
    content: string | Uint8Array,
    chunks?: number[],
  ): Promise<{ stations: StationEntry[]; noted: Record<string, number> }> {
    const tally = createTally();
    const file = inputOf(content, chunks === undefined ? {} : { chunks });
    const stations = await readStationList(file, tally);
    return { stations: [...stations.values()], noted: Object.fromEntries(tally.noted) };
  }

  it('reads the columns, in any chunks', async () => {
    const text =
      'ACM00078861  17.1170  -61.7830   10.0    COOLIDGE FIELD (UA)            1947 1993  13896\n' +
      'AEM00041217  24.4333   54.6500   16.0    ABU DHABI INTERNATIONAL AIRPOR 1983 2026  41271\r\n' +
      'USM00070026  71.2889 -156.7833   12.0 AK BARROW/W. POST W. ROGERS       1944 2026  70000';
    const expected = [
      {
        id: 'ACM00078861',
        latitude: 17.117,
        longitude: -61.783,
        elevation: 10,
        name: 'COOLIDGE FIELD (UA)',
        mobile: false,
      },
      {
        id: 'AEM00041217',
        latitude: 24.4333,
        longitude: 54.65,
        elevation: 16,
        name: 'ABU DHABI INTERNATIONAL AIRPOR',
        mobile: false,
      },
      {
        id: 'USM00070026',
        latitude: 71.2889,
        longitude: -156.7833,
        elevation: 12,
        name: 'BARROW/W. POST W. ROGERS',
        mobile: false,
      },
    ];
    for (const chunks of [undefined, [1], [7], [89, 3]]) {
      expect(await read(text, chunks)).toEqual({ stations: expected, noted: {} });
    }
  });

  it('mobile stations and unknown elevations have NaN', async () => {
    const { stations } = await read(
      'ZZV000DBBH0 -98.8888 -998.8888 -998.8    METEOR                         1970 1990   1000\n' +
        'AFM00040911  36.7000   67.2000 -999.9    MAZAR-I-SHARIF                 2010 2014   2179\n',
    );
    expect(stations).toEqual([
      {
        id: 'ZZV000DBBH0',
        latitude: Number.NaN,
        longitude: Number.NaN,
        elevation: Number.NaN,
        name: 'METEOR',
        mobile: true,
      },
      {
        id: 'AFM00040911',
        latitude: 36.7,
        longitude: 67.2,
        elevation: Number.NaN,
        name: 'MAZAR-I-SHARIF',
        mobile: false,
      },
    ]);
  });

  it('counts what it cannot use', async () => {
    const good = 'ACM00078861  17.1170  -61.7830   10.0    COOLIDGE FIELD (UA)            1947 1993  13896\n';
    const { stations, noted } = await read(
      `${good}${' '.repeat(72)}1946 2025  70410\n\nshort\n${good}${good.replace('17.1170', '97.1170')}${good.replace('-61.7830', '-6x.7830')}${good.replace('ACM', 'BCM').replace('FIELD', 'FI\0LD')}`,
    );
    expect(stations).toHaveLength(1);
    expect(noted).toEqual({
      'igra2.station-list.blank-id': 1,
      // The last one for its name: a text with a NUL cannot be stored.
      'igra2.station-list.malformed': 4,
      'igra2.station-list.repeated-id': 1,
    });
  });

  it('lists what cannot be read with its line, and a last line that is cut off', async () => {
    const good = 'ACM00078861  17.1170  -61.7830   10.0    COOLIDGE FIELD (UA)            1947 1993  13896';
    const tally = createTally();
    const text = `${good}\n\nshort\n${good.replace('ACM', 'BCM')}\n${good.replace('ACM', 'CCM').slice(0, 60)}`;
    const stations = await readStationList(inputOf(text, { path: 'list' }), tally);
    expect([...stations.keys()]).toEqual(['ACM00078861', 'BCM00078861']);
    expect(Object.fromEntries(tally.noted)).toEqual({
      'igra2.station-list.malformed': 1,
      'igra2.station-list.truncated': 1,
    });
    expect(tally.skipped).toEqual([
      {
        file: 'list',
        byteOffset: 90,
        reason: 'igra2.station-list.malformed',
        detail: 'line 3 cannot be read: it is no station of the list',
      },
      {
        file: 'list',
        byteOffset: 185,
        reason: 'igra2.station-list.truncated',
        detail: 'line 5, the last one, is cut off after 60 of 88 columns',
      },
    ]);
  });

  it('cut at any byte has whole stations only, and says so where a line is cut', async () => {
    const entries = ['AUM00011035', 'USM00072558'].map((id) => ({
      id,
      latitude: 48.2486,
      longitude: 16.3564,
      elevation: 198,
      name: 'WIEN/HOHE WARTE',
      firstYear: 1939,
      lastYear: 2026,
      soundings: 60_000,
    }));
    const bytes = encodeStationList(entries);
    for (let length = 1; length <= bytes.length; length++) {
      const tally = createTally();
      const stations = await readStationList(inputOf(bytes.subarray(0, length)), tally);
      const columns = length % 89;
      expect(stations.size).toBe(Math.floor(length / 89) + (columns === 88 ? 1 : 0));
      expect(tally.skipped).toHaveLength(columns === 0 || columns === 88 ? 0 : 1);
    }
  });

  it('an elevation where no station can be is missing, whatever its width; the name stays whole', async () => {
    const elevations = [-99_999, 1_000_000, 9000.1, -500.1, 9000, -500];
    const entries = elevations.map((elevation, i) => ({
      id: `AUM0001103${i}`,
      latitude: 48.25,
      longitude: 16.3564,
      elevation,
      name: 'WIEN/HOHE WARTE',
      firstYear: 1939,
      lastYear: 2026,
      soundings: 60_000,
    }));
    const { stations, noted } = await read(encodeStationList(entries));
    expect(stations.map(({ elevation }) => elevation)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      9000,
      -500,
    ]);
    expect(new Set(stations.map(({ name }) => name))).toEqual(new Set(['WIEN/HOHE WARTE']));
    expect(noted).toEqual({ 'igra2.station-list.elevation-out-of-range': 4 });
  });

  it('an elevation that begins in the blank before its columns is read whole: it is out of range', async () => {
    const line = 'AUM00011035  48.2486   16.35641000000    WIEN/HOHE WARTE (11035-0)      1910 2026  84848\n';
    const { stations, noted } = await read(Buffer.from(line));
    expect(stations).toMatchObject([{ elevation: Number.NaN, name: 'WIEN/HOHE WARTE (11035-0)' }]);
    expect(noted).toEqual({ 'igra2.station-list.elevation-out-of-range': 1 });
    const shifted = await read(Buffer.from(line.replace('11035  48', '11035148')));
    expect(shifted.stations).toEqual([]);
  });

  it('longitudes are those of the reports, and a byte order mark is passed over', async () => {
    const line = 'AEM00041217  24.4333  359.9000   16.0    ABU DHABI INTERNATIONAL AIRPOR 1983 2026  41271\n';
    const bytes = Buffer.from(`\xef\xbb\xbf${line}`, 'latin1');
    expect(isStationList(bytes)).toBe(true);
    const { stations, noted } = await read(bytes);
    expect(stations).toMatchObject([{ id: 'AEM00041217', longitude: -0.1 }]);
    expect(noted).toEqual({});
  });

  it('is told by its first station, whatever stands before it', async () => {
    const line = 'AEM00041217  24.4333   54.6500   16.0    ABU DHABI INTERNATIONAL AIRPOR 1983 2026  41271\n';
    const text = `stations of IGRA 2\n\n${line}`;
    expect(isStationList(Buffer.from(text))).toBe(true);
    expect(await read(text)).toMatchObject({
      stations: [{ id: 'AEM00041217' }],
      noted: { 'igra2.station-list.malformed': 1 },
    });
  });

  it('names in UTF-8 and in ISO-8859-1 are read alike', async () => {
    const line = 'SWM00002185  65.5500   22.1333   16.0    LULEÅ/KALLAX                   1943 2014   1000\n';
    for (const encoding of ['utf8', 'latin1'] as const) {
      expect((await read(Buffer.from(line, encoding))).stations[0]?.name).toBe('LULEÅ/KALLAX');
    }
  });

  it('an endless line is refused', async () => {
    await expect(read('A'.repeat(70_000))).rejects.toMatchObject({ code: 'LINE_TOO_LONG' });
  });

  it('what the encoder writes is read back', async () => {
    const entries: StationListEntry[] = [
      {
        id: 'AUM00011035',
        latitude: 48.2486,
        longitude: 16.3564,
        elevation: 198,
        name: 'WIEN/HOHE WARTE',
        firstYear: 1939,
        lastYear: 2026,
        soundings: 60000,
      },
      {
        id: 'ZZV000DBBH0',
        latitude: null,
        longitude: null,
        elevation: null,
        name: 'METEOR',
        firstYear: 1970,
        lastYear: 1990,
        soundings: 1,
      },
      {
        id: '',
        latitude: null,
        longitude: null,
        elevation: null,
        name: '',
        firstYear: 1946,
        lastYear: 2025,
        soundings: 70410,
      },
    ];
    const bytes = encodeStationList(entries);
    expect(isStationList(bytes)).toBe(true);
    const { stations, noted } = await read(bytes);
    expect(
      stations.map(({ id, latitude, elevation, name, mobile }) => [id, latitude, elevation, name, mobile]),
    ).toEqual([
      ['AUM00011035', 48.2486, 198, 'WIEN/HOHE WARTE', false],
      ['ZZV000DBBH0', Number.NaN, Number.NaN, 'METEOR', true],
    ]);
    expect(noted).toEqual({ 'igra2.station-list.blank-id': 1 });
  });

  it('soundings are no inventory, nor is an empty file', () => {
    expect(isStationList(Buffer.from('#USM00072558 2025 03 08 12 1110  212\n'))).toBe(false);
    expect(isStationList(new Uint8Array(0))).toBe(false);
  });

  it('the line without an id is an inventory, too, when it comes first', () => {
    expect(isStationList(Buffer.from(`${' '.repeat(72)}1946 2025  70410\n`))).toBe(true);
  });
});
