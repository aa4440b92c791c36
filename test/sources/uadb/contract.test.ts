import { ncar } from '../../../src/sources/uadb/index.js';
import { makeStation, shortSoundings } from '../../support/soundings.js';
import { describeSource } from '../../support/source-contract.js';
import { encodeUadb } from '../../support/uadb-encoder.js';

describeSource('ncar', () => ({
  source: ncar,
  files: [11, 12].map((seed) => {
    const soundings = makeStation(seed, { soundings: 6, significantLevels: 10, kinds: ['classic'] });
    return { name: `uadb_trhc_100${seed}.txt`, content: encodeUadb(soundings, { kind: 'trhc' }) };
  }),
  stations: { '10011': 6, '10012': 6 },
  small: { name: 'uadb_trhc_10013.txt', content: encodeUadb(shortSoundings(13), { kind: 'trhc' }) },
}));
