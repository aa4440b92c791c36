/** Explanations of text sources whose bytes are written down here: places counted by hand, every conversion spelled out. */
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/explain/explanation.js';
import { createWorkspace } from '../cli/workspace.js';
import { smallText } from '../support/odb-tables.js';
import { writeZip } from '../support/zip.js';
import { explainAt, explainOne, harvestFiles, placesInShort } from './harvested.js';

const space = createWorkspace();

describe('an IGRA 2 level', () => {
  const text = [
    //2345678901234567890123456789012345678901234567890123456789012345678901
    '#AUM00011035 2019 02 20 12 1117    5 ncdc6309           482486   163564',
    '21 -9999  99000B  200B  153A  805 -9999 -9999 -9999',
    '10   210  85000A-9999  -153B-9999    40   360     5',
    '10   210  85000A-9999  -153B-9999    40   360     5',
    '20 -9999  85000 -9999 -9999 -9999 -9999    90    15',
    '30  1005  -9999  6000A-9999 -9999 -9999   275   180',
    '',
  ].join('\n');
  const harvested = harvestFiles(space, 'igra2', { 'AUM00011035-data.txt': text });
  const at = async (level: object) => explainOne((await harvested).path, { reports: [0], ...level });

  it('is found with its fields, flags and conversions', async () => {
    const explanation = await at({ pressure: 99_000, variable: 126 });
    expect(placesInShort(explanation)).toEqual([
      {
        unit: 'igra2-1 line 2, bytes 72-123',
        fields: ["TEMP '153' 96-99", "PRESS '99000' 82-87", "TFLAG 'A' 99-100"],
        conversions: [
          'observation_value: 153 tenths of degC -> 15.3 degC -> 288.45 K',
          'z_coordinate: 99000 Pa',
        ],
        marks: [
          "TFLAG 'A' -> quality_flag 0",
          "PFLAG 'B' -> only counted: it is a mark of the vertical coordinate",
        ],
      },
    ]);
    expect(explanation.warnings).toEqual([]);
    expect(explanation.sources).toMatchObject([
      {
        name: 'AUM00011035-data.txt',
        state: 'same',
        content: 'AUM00011035-data.txt',
        byteOffset: 0,
        report: { from: 0, to: 331, line: 1, head: text.slice(0, 71) },
      },
    ]);
    expect(explanation.observation.elements).toContainEqual({
      name: 'observed_variable',
      value: 126,
      text: '126',
      meaning: 'air temperature',
    });
    expect(explanation.report.elements).toContainEqual({
      name: 'source_record_id',
      value: 'byte 0',
      text: 'byte 0',
      meaning: '',
    });
  });

  it('that stands twice is named in both places: one row is written', async () => {
    const explanation = await at({ pressure: 85_000, variable: 126 });
    expect(explanation.places.map(({ unit }) => unit.number)).toEqual([3, 4]);
    expect(placesInShort(explanation)[0]).toMatchObject({
      fields: ["TEMP '-153' 147-151", "PRESS '85000' 134-139", "ETIME '210' 129-132", "TFLAG 'B' 151-152"],
      conversions: [
        'observation_value: -153 tenths of degC -> -15.3 degC -> 257.85 K',
        'z_coordinate: 85000 Pa',
        'elapsed_time: 210 MMMSS, minutes and seconds -> 130 s since launch',
      ],
    });
  });

  it('at a pressure that another level has with another wind is told from it', async () => {
    const { explanations } = await explainAt((await harvested).path, {
      reports: [0],
      pressure: 85_000,
      variable: 106,
    });
    expect(explanations.map(({ places }) => places.map(({ unit }) => unit.number))).toEqual([[3, 4], [5]]);
  });

  it('without pressure has its height as coordinate', async () => {
    expect(placesInShort(await at({ height: 6000, variable: 107 }))).toMatchObject([
      {
        unit: 'igra2-1 line 6, bytes 280-331',
        fields: ["WSPD '180' 328-331", "GPH '6000' 297-301", "ETIME '1005' 284-288"],
        conversions: [
          'observation_value: 180 tenths of m/s -> 18 m/s',
          'z_coordinate: 6000 gpm',
          'elapsed_time: 1005 MMMSS, minutes and seconds -> 605 s since launch',
        ],
        marks: [
          "flag '' -> quality_flag 2",
          "ZFLAG 'A' -> only counted: it is a mark of the vertical coordinate",
        ],
      },
    ]);
  });

  it('is in the member of a zip, and humidity is a fraction in the profile cuon', async () => {
    const zip = writeZip([{ name: 'AUM00011035-data.txt', content: Buffer.from(text) }]);
    const { path } = await harvestFiles(space, 'igra2', { 'v.zip': zip }, { profile: 'cuon' });
    const explanation = await explainOne(path, { reports: [0], variable: 138 });
    expect(placesInShort(explanation)[0]).toMatchObject({
      fields: ["RH '805' 102-105", "PRESS '99000' 82-87"],
      conversions: [
        'observation_value: 805 tenths of % -> 80.5 % -> 0.805 without unit',
        'z_coordinate: 99000 Pa',
      ],
    });
    expect(explanation.sources).toMatchObject([
      { name: 'v.zip', content: 'AUM00011035-data.txt', state: 'same' },
    ]);
  });
});

describe('a UADB level', () => {
  const header = (levels: number): string =>
    `H      5668994  82930  1   1  2.40  2 1969 10  4 1200  4    -9.3700   305.1000    423  3    ${levels}   3.3.0`;
  const trhc = [
    header(2),
    '   1 -99999.0 -99999.0   26.8   65.5   -999 -999.0',
    '   2    700.0   2862.0   -9.7   84.6    315    9.3',
    '',
  ].join('\n');
  const windc = [
    header(3),
    '   2    700.0 -99999.0 -999.0 -999.0    315    9.3',
    '   3 -99999.0  10668.0 -999.0 -999.0    250    3.1',
    '   4 -99999.0  10668.0 -999.0 -999.0    250    3.4',
    '',
  ].join('\n');
  const harvested = harvestFiles(space, 'ncar', {
    'uadb_trhc_82930.txt': trhc,
    'uadb_windc_82930.txt.gz': gzipSync(windc),
  });
  const at = async (level: object) => explainAt((await harvested).path, { reports: [0], ...level });

  it('of the surface without pressure and height has the elevation in the header as coordinate', async () => {
    const { explanations } = await at({ height: 423, variable: 126 });
    expect(explanations.map(placesInShort)).toMatchObject([
      [
        {
          unit: 'ncar-1 line 2, bytes 102-152',
          fields: ["TEMP '26.8' 127-131", "ELEV of the header '423' 82-85"],
          conversions: ['observation_value: 26.8 degC -> 299.95 K', 'z_coordinate: 423 m above sea level'],
        },
      ],
    ]);
  });

  it('that both files of the station have is named in both', async () => {
    const { explanations } = await at({ pressure: 70_000, variable: 107 });
    expect(explanations.map(placesInShort)).toMatchObject([
      [
        {
          unit: 'ncar-1 line 3, bytes 153-203',
          fields: ["WSPD '9.3' 200-203", "PRESS '700.0' 161-166"],
          conversions: ['observation_value: 9.3 m/s', 'z_coordinate: 700.0 hPa -> 70000 Pa'],
        },
        { unit: 'ncar-2 line 2, bytes 102-152' },
      ],
    ]);
    expect(explanations[0]?.sources).toMatchObject([
      { id: 'ncar-1', name: 'uadb_trhc_82930.txt', byteOffset: 0, state: 'same', report: { to: 203 } },
      { id: 'ncar-2', name: 'uadb_windc_82930.txt.gz', content: 'uadb_windc_82930.txt', report: { to: 254 } },
    ]);
  });

  it('of a report whose other file is missing is found where it is, or cannot be told', async () => {
    const { path, sources } = await harvested;
    const only = space.write('only/uadb_trhc_82930.txt', trhc);
    expect(sources[0]).not.toBe(only);
    const found = async (level: object) =>
      (await explainAt(path, { reports: [0], ...level }, { sources: dirname(only) })).explanations;
    expect((await found({ pressure: 70_000, variable: 107 })).map(({ places }) => places.length)).toEqual([
      1,
    ]);
    const [lost] = await found({ height: 10_668, variable: 107 });
    expect(lost?.places).toEqual([]);
    expect(lost?.warnings).toEqual([
      expect.stringMatching(/^uadb_windc_82930\.txt\.gz is not below /),
      'the value does not stand in the part of the report that is at hand',
    ]);
    expect(lost?.sources.map(({ state }) => state)).toEqual(['same', 'missing']);
  });

  it('of winds by height that repeats another level says so', async () => {
    const { explanations } = await at({ height: 10_668, variable: 107 });
    expect(explanations.flatMap(placesInShort).map(({ marks }) => marks)).toEqual([
      ["level type '3' -> quality_flag 2"],
      ["level type '4' -> quality_flag 100"],
    ]);
  });
});

describe('a row of an ODB text export', () => {
  const rows = [
    {
      'varno@body': 1,
      'obsvalue@body': 14_023.5,
      'vertco_reference_1@body': 85_000,
      'datum_status@body': 12,
      'entryno@body': 1,
    },
    {
      'varno@body': 29,
      'obsvalue@body': 0.5,
      'vertco_reference_1@body': 85_000,
      'datum_status@body': 1,
      'entryno@body': 2,
    },
    {
      'statid@hdr': '   11036',
      'varno@body': 29,
      'obsvalue@body': 0.5,
      'datum_status@body': 1,
      'entryno@body': 1,
    },
    {
      'varno@body': 3,
      'obsvalue@body': 4,
      'vertco_type@body': 2,
      'vertco_reference_1@body': 9806.65,
      'datum_status@body': 1,
      'entryno@body': 3,
    },
    {
      'varno@body': 3,
      'obsvalue@body': 4,
      'vertco_type@body': 2,
      'vertco_reference_1@body': 9806.65,
      'datum_status@body': 1,
      'entryno@body': 4,
    },
    {
      'varno@body': 39,
      'obsvalue@body': 281.25,
      'vertco_type@body': null,
      'vertco_reference_1@body': null,
      'datum_status@body': null,
      'entryno@body': 5,
    },
  ];
  const plain = smallText(rows);
  const lines = plain.toString('latin1').split('\n');
  const harvested = harvestFiles(space, 'era5_1', { 'several.txt': plain }, { station: ['11035'] });
  const at = async (variable: number) => explainAt((await harvested).path, { reports: [0], variable });

  it('has its geopotential turned into a height, and its status into a quality', async () => {
    const { explanations } = await at(117);
    const line = lines[1] ?? '';
    const begin = (lines[0]?.length ?? 0) + 1;
    const place = (text: string): string =>
      `'${text}' ${begin + line.indexOf(text)}-${begin + line.indexOf(text) + text.length}`;
    expect(explanations.map(placesInShort)).toEqual([
      [
        {
          unit: `era5_1-1 line 2, bytes ${begin}-${begin + line.length}`,
          fields: [
            `obsvalue@body ${place('14023.500000')}`,
            `vertco_reference_1@body ${place('85000.000000')}`,
            `datum_status@body ${place('12')}`.replace(
              / \d+-\d+$/,
              ` ${begin + line.lastIndexOf('12')}-${begin + line.lastIndexOf('12') + 2}`,
            ),
          ],
          conversions: ['observation_value: 14023.5 m2 s-2 -> 1429.999 gpm', 'z_coordinate: 85000 Pa'],
          marks: ["datum_status@body '12' -> quality_flag 6"],
        },
      ],
    ]);
    expect(explanations[0]?.feedback).toMatchObject([{ table: 'era5fb' }]);
    expect(explanations[0]?.feedback[0]?.elements).toContainEqual({
      name: 'entryno@body',
      value: 1,
      text: '1',
      meaning: '',
    });
  });

  it('after a row of another station is still of the report; a coordinate in m2 s-2 becomes a height', async () => {
    const { explanations } = await at(139);
    expect(explanations.map((each) => each.places.map(({ unit }) => unit.number))).toEqual([[5], [6]]);
    expect(explanations.map(placesInShort)[0]?.[0]).toMatchObject({
      conversions: ['observation_value: 4 m/s', 'z_coordinate: 9806.65 m2 s-2 -> 1000 gpm'],
    });
  });

  it('of the surface has no coordinate; humidity becomes per cent', async () => {
    expect((await at(85)).explanations.map(placesInShort)[0]?.[0]).toMatchObject({
      conversions: ['observation_value: 281.25 K'],
      marks: ["datum_status@body '' -> quality_flag 2"],
    });
    expect((await at(138)).explanations.map(placesInShort)[0]?.[0]).toMatchObject({
      conversions: ['observation_value: 0.5 fraction -> 50 %', 'z_coordinate: 85000 Pa'],
    });
  });

  it('in the profile cuon keeps its geopotential, as value and as coordinate', async () => {
    const { path } = await harvestFiles(
      space,
      'era5_1',
      { 'cuon.txt': plain },
      { station: ['11035'], profile: 'cuon' },
    );
    const conversions = async (query: object): Promise<unknown> => {
      const { explanations } = await explainAt(path, { reports: [0], ...query });
      expect(explanations.flatMap(({ warnings }) => warnings)).toEqual([]);
      return placesInShort(explanations[0] as Explanation)[0]?.conversions;
    };
    expect(await conversions({ variable: 117 })).toEqual([
      'observation_value: 14023.5 m2 s-2 -> 14023.5 gpm',
      'z_coordinate: 85000 Pa',
    ]);
    expect(await conversions({ height: 1000, variable: 139 })).toEqual([
      'observation_value: 4 m/s',
      'z_coordinate: 9806.65 m2 s-2',
    ]);
    expect(await conversions({ variable: 138 })).toEqual([
      'observation_value: 0.5 fraction -> 0.5 without unit',
      'z_coordinate: 85000 Pa',
    ]);
  });

  it('of a padded export is the same, its fields without the padding', async () => {
    const padded = smallText(rows, { padded: true });
    const { path } = await harvestFiles(space, 'era5_1', { 'padded.txt': padded }, { station: ['11035'] });
    const [place] = (await explainOne(path, { reports: [0], variable: 117 })).places;
    const value = place?.fields[0];
    expect(value?.raw).toBe('14023.500000');
    expect(padded.toString('latin1', value?.from, value?.to)).toBe('14023.500000');
    expect(place?.unit.number).toBe(2);
  });
});
