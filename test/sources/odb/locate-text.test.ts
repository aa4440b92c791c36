/** The locator of the text exports of ODB, as explanations have it: bytes written down here, places counted by hand, every conversion spelled out. */
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/explain/explanation.js';
import { createWorkspace } from '../../cli/workspace.js';
import { explainAt, explainOne, harvestFiles, placesInShort } from '../../explain/harvested.js';
import { smallText } from '../../support/odb-tables.js';

const space = createWorkspace();

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
