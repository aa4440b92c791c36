import { bufr } from '../../../src/sources/bufr/index.js';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { encodeBufrSoundings } from '../../support/bufr-soundings.js';
import { makeStation } from '../../support/soundings.js';
import { describeSource } from '../../support/source-contract.js';

describeSource('bufr', async () => {
  const tables = await loadTables();
  const messages = (seed: number, wmoNumber: number, levels: number): Buffer => {
    const soundings = makeStation(seed, { soundings: 4, significantLevels: levels, kinds: ['classic'] });
    return encodeBufrSoundings(tables, soundings, { wmoNumber });
  };
  return {
    source: bufr,
    files: [{ name: 'two.bufr', content: Buffer.concat([messages(11, 11035, 8), messages(12, 82930, 8)]) }],
    stations: { '11035': 4, '82930': 4 },
    small: { name: 'few.bufr', content: messages(13, 11035, 2) },
  };
});
