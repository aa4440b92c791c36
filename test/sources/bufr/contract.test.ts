import { bufr } from '../../../src/sources/bufr/index.js';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { encodeBufrSoundings } from '../../support/bufr-soundings.js';
import { makeStation, shortSoundings } from '../../support/soundings.js';
import { describeSource } from '../../support/source-contract.js';

describeSource('bufr', async () => {
  const tables = await loadTables();
  const messages = (seed: number, wmoNumber: number): Buffer => {
    const soundings = makeStation(seed, { soundings: 4, significantLevels: 8, kinds: ['classic'] });
    return encodeBufrSoundings(tables, soundings, { wmoNumber });
  };
  return {
    source: bufr,
    files: [{ name: 'two.bufr', content: Buffer.concat([messages(11, 11035), messages(12, 82930)]) }],
    stations: { '11035': 4, '82930': 4 },
    small: {
      name: 'few.bufr',
      content: encodeBufrSoundings(tables, shortSoundings(13), { wmoNumber: 11035 }),
    },
  };
});
