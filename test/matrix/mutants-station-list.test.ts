import { it } from 'vitest';
import { MATRIX_FACTOR } from '../support/matrix.js';
import { expectVerified } from '../support/mutant-harvest.js';

const MUTANTS = 600 * MATRIX_FACTOR;

it(`mutated lists of IGRA 2 stations: of ${MUTANTS} every file that is published is one that verify accepts`, async () => {
  await expectVerified('station-list', MUTANTS, 20_261_202);
});
