/** What IGRA and UADB say of a level stands in each of its rows. */
import { describe, expect, it } from 'vitest';
import { SIGNIFICANCE as S, SIGNIFICANCE_UNKNOWN } from '../../src/records/significance.js';
import { createTally } from '../../src/records/tally.js';
import { igra2 } from '../../src/sources/igra2/index.js';
import type { Source } from '../../src/sources/source.js';
import { ncar } from '../../src/sources/uadb/index.js';
import { inputOf } from '../support/reading.js';

/** The significance of the rows, in their order. */
async function significanceOf(source: Source, id: string, text: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { observations } of source.open({ id, files: [inputOf(text)] }, { tally: createTally() }))
    found.push(...(observations.significance ?? []));
  return found;
}

/** Line ends: in the form of the hot loop, and with more blanks, which is read by the other way. */
const LINE_ENDS = ['\n', '    \n'];

describe('IGRA: LVLTYP1 and LVLTYP2', () => {
  const kinds: [types: string, significance: number][] = [
    ['10', S.standard],
    ['11', S.standard | S.surface],
    ['12', S.standard | S.tropopause],
    ['20', 0],
    ['21', S.surface],
    ['22', S.tropopause],
    ['30', 0],
    ['31', S.surface],
    ['01', S.surface],
    ['00', SIGNIFICANCE_UNKNOWN],
    ['27', SIGNIFICANCE_UNKNOWN],
    ['17', S.standard],
  ];

  it.each(LINE_ENDS)('with lines that end in %j', async (lineEnd) => {
    const lines = kinds.map(
      ([types]) => `${types}    15  96697   449B  -34A  649    56   277    47${lineEnd}`,
    );
    const header = '#USM00072558 2025 03 08 12 1110   12 ncdc-nws           413200  -963669\n';
    const found = await significanceOf(igra2, 'USM00072558', header + lines.join(''));
    expect(found).toEqual(kinds.flatMap(([, significance]) => Array(6).fill(significance)));
  });
});

describe('UADB: level type', () => {
  const kinds: [type: string, significance: number][] = [
    ['   1', S.surface],
    ['   2', S.standard],
    ['   3', S.significantTemperature | S.significantHumidity],
    ['   4', S.significantWind],
    ['   5', S.significantWind],
    ['   6', S.maximumWind],
    ['   7', S.tropopause],
    ['   8', SIGNIFICANCE_UNKNOWN],
    ['   9', SIGNIFICANCE_UNKNOWN],
    ['   0', SIGNIFICANCE_UNKNOWN],
    ['  11', SIGNIFICANCE_UNKNOWN],
  ];

  it.each(LINE_ENDS)('with lines that end in %j', async (lineEnd) => {
    const lines = kinds.map(([type]) => `${type}    850.0   1514.0   18.2   72.6    100    4.1${lineEnd}`);
    const header =
      'H     44795206  82930  1  27  2.40  1 1978 10 12 1100  1    -9.3700   305.1000    432  3   11    3.3.0\n';
    const found = await significanceOf(ncar, '82930', header + lines.join(''));
    expect(found).toEqual(kinds.flatMap(([, significance]) => Array(5).fill(significance)));
  });
});
