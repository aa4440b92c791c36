/** The locator of IGRA 2, as explanations have it: bytes written down here, places counted by hand, every conversion spelled out. */
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../cli/workspace.js';
import { explainAt, explainOne, harvestFiles, placesInShort } from '../../explain/harvested.js';
import { writeZip } from '../../support/zip.js';

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
