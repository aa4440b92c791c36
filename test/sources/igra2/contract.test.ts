import { igra2 } from '../../../src/sources/igra2/index.js';
import { encodeIgra2 } from '../../support/igra2-encoder.js';
import { makeStation, shortSoundings } from '../../support/soundings.js';
import { describeSource } from '../../support/source-contract.js';

describeSource('igra2', () => ({
  source: igra2,
  files: [11, 12].map((seed) => {
    const soundings = makeStation(seed, { soundings: 6, significantLevels: 10 });
    return { name: `XXM000100${seed}-data.txt`, content: encodeIgra2(soundings) };
  }),
  stations: { XXM00010011: 6, XXM00010012: 6 },
  small: { name: 'XXM00010013-data.txt', content: encodeIgra2(shortSoundings(13)) },
}));
