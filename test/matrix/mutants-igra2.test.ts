import { it } from 'vitest';
import { MATRIX_FACTOR } from '../support/matrix.js';
import { expectVerified } from '../support/mutant-harvest.js';

const MUTANTS = 2000 * MATRIX_FACTOR;

it(`mutated IGRA 2: of ${MUTANTS} every file that is published is one that verify accepts`, async () => {
  await expectVerified('igra2', MUTANTS, 20_261_201);
});
