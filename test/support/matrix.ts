/** What the files of the matrix have in common. */

/** Multiplies the random cases of the matrix; 1 unless `MATRIX_FACTOR` says otherwise (nightly: 10). */
export const MATRIX_FACTOR = Math.max(1, Number(process.env.MATRIX_FACTOR ?? 1) || 1);

/** Says how many cases of an area were run, and what came of them. */
export function sayCases(area: string, cases: number, outcome = ''): void {
  console.log(`${area}: ${cases} cases${outcome === '' ? '' : `: ${outcome}`}`);
}
