/** The locator of UADB, as explanations have it: bytes written down here, places counted by hand, every conversion spelled out. */
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../cli/workspace.js';
import { explainAt, harvestFiles, placesInShort } from '../../explain/harvested.js';

const space = createWorkspace();

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
