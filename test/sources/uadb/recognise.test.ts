import { describe, expect, it } from 'vitest';
import { ncar } from '../../../src/sources/uadb/index.js';
import { listStations } from '../../support/reading.js';
import { inputOf, readText } from '../../support/uadb-reading.js';

const HEADER =
  'H     44795206  82930  1  27  2.40  1 1978 10 12 1100  1    -9.3700   305.1000    432  3   39    3.3.0\n';
const LEVEL = '   2    850.0   1514.0   18.2   72.6    100    4.1\n';
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('recognition by content', () => {
  it.each([
    ['a header without product version', `${HEADER.slice(0, 93)}\n`],
    ['a call sign', HEADER.replace(' 82930  1', 'DBBH    5')],
  ])('%s fits', (_name, text) => {
    expect(ncar.recognise(bytes(text))).toEqual({ fits: true });
  });

  it.each([
    ['IGRA 2 soundings', bytes('#USM00072558 2025 03 08 12 1110  212 ncdc-nws           413200  -963669\n')],
    ['UADB levels without a header', bytes(LEVEL)],
    ['a UADB header with columns out of place', bytes(HEADER.replace('  82930', ' 82930'))],
  ])('%s is named', (saw, head) => {
    expect(ncar.recognise(head)).toEqual({ fits: false, saw });
  });
});

describe('list', () => {
  const jan = HEADER.replace(' 82930', '  1001');
  const ship = HEADER.replace(' 82930  1', 'DBBH    5');

  it('groups the files of a station, temperature first, then by name, ids by code unit', async () => {
    const { stations } = await listStations(ncar, [
      inputOf(HEADER, { path: 'uadb_windc_82930.txt', chunks: [1] }),
      inputOf(ship, { path: 'uadb_windc_DBBH.txt' }),
      inputOf(jan, { path: 'b' }),
      inputOf(HEADER, { path: 'uadb_wind_82930.txt' }),
      inputOf(HEADER, { path: 'uadb_trhc_82930.txt' }),
      inputOf(jan.replace('  1001', ' 01001'), { path: 'a' }),
      inputOf(HEADER, { path: 'another' }),
    ]);
    expect(stations.map(({ id, files }) => [id, files.map(({ path }) => path)])).toEqual([
      ['01001', ['a', 'b']],
      ['5:DBBH', ['uadb_windc_DBBH.txt']],
      ['82930', ['uadb_trhc_82930.txt', 'another', 'uadb_wind_82930.txt', 'uadb_windc_82930.txt']],
    ]);
  });

  it('every id that listing gives is the id under which the reports are read', async () => {
    for (const head of [
      HEADER,
      jan,
      ship,
      HEADER.replace(' 82930', '720345'),
      HEADER.replace(' 82930', '   123'),
    ]) {
      const text = head.replace('   39', '    1') + LEVEL;
      const [station] = (await listStations(ncar, [inputOf(text)])).stations;
      const reading = await readText(text, station?.id);
      expect(reading.reports).toHaveLength(1);
      expect(reading.tally.skipped).toEqual([]);
    }
  });
});

describe('station id', () => {
  it.each([
    ['82930', '0-20000-0-82930', 0, '82930', 4, 0],
    ['01001', '0-20000-0-01001', 0, '01001', 4, 0],
    ['5:DBBH', '5:DBBH', 6, 'DBBH', 6, null],
    ['2:12345', '2:12345', 6, '12345', 6, null],
    ['1:720345', '1:720345', 6, '720345', 6, null],
    ['1:123', '1:123', 6, '123', 6, null],
    ['1:00123', '1:00123', 6, '00123', 6, null],
  ])('%s', (id, primaryId, primaryScheme, secondaryId, secondaryScheme, platformType) => {
    expect(ncar.identify(id)).toEqual({
      primaryId,
      primaryScheme,
      secondaryId,
      secondaryScheme,
      platformType,
    });
  });
});

describe('descriptor', () => {
  it('is complete, and says that a login is needed and how to get one', async () => {
    const descriptor = await ncar.describe();
    expect(descriptor).toMatchObject({ id: 'ncar', login: true, dataPolicyLicence: 5, sourceFormat: 103 });
    expect(descriptor.access).toContain('register');
  });
});
