/** What sources say of levels (`level_significance`), in words. */
import { UsageError } from '../errors.js';
import { SIGNIFICANCE } from '../records/significance.js';
import type { StationContents } from './station.js';

/** Words of bits that are called something shorter than in the manual. */
const SHORT: ReadonlyMap<number, string> = new Map([[SIGNIFICANCE.maximumWind, 'max-wind']]);

/** By bit, in the order of the manual: `significant-wind` for `significantWind`. */
const WORDS: ReadonlyMap<number, string> = new Map(
  Object.entries(SIGNIFICANCE).map(([name, bit]) => [bit, SHORT.get(bit) ?? hyphened(name)]),
);

/** Bits by word: those above, the names of the manual, and what people say. */
const BITS: ReadonlyMap<string, number> = new Map<string, number>([
  ...[...WORDS].map(([bit, word]): [string, number] => [word, bit]),
  ...Object.entries(SIGNIFICANCE).map(([name, bit]): [string, number] => [hyphened(name), bit]),
  ['mandatory', SIGNIFICANCE.standard],
  [
    'significant',
    SIGNIFICANCE.significantTemperature | SIGNIFICANCE.significantHumidity | SIGNIFICANCE.significantWind,
  ],
]);

function hyphened(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The words that a selection of levels may have, for messages. */
export const SIGNIFICANCE_WORDS: readonly string[] = [...WORDS.values()];

/** The words of the bits that are set: `surface standard`; '' for a level of no special kind, and where the source does not say. */
export function significanceText(bits: number): string {
  if (!(bits > 0)) return '';
  return [...WORDS].flatMap(([bit, word]) => ((bits & bit) !== 0 ? [word] : [])).join(' ');
}

/**
 * The bits that words mean, for a selection of levels that have any of them; null for no words at all. Throws `UsageError`
 * (`UNKNOWN_LEVELS`), with the words that there are.
 */
export function significanceMask(words: readonly string[]): number | null {
  let mask = 0;
  for (const word of words) {
    const bits = BITS.get(
      word
        .trim()
        .toLowerCase()
        .replace(/[\s_]+/g, '-'),
    );
    if (bits === undefined)
      throw new UsageError('UNKNOWN_LEVELS', `--levels ${word} is no kind of level`, {
        hint: `There are ${SIGNIFICANCE_WORDS.join(', ')}; mandatory is standard, significant any of the three.`,
      });
    mask |= bits;
  }
  return words.length === 0 ? null : mask;
}

/** Rows that are looked at together. */
const BLOCK_ROWS = 131_072;

/** Whether the source of the station says of any level what it is. ECMWF's ODB does not; older files have no such column. */
export async function saysSignificance({ table }: StationContents): Promise<boolean> {
  const column = table('observations_table').columns.get('level_significance');
  if (column === undefined || (!column.isStored && column.missing !== undefined)) return false;
  for (let from = 0; from < column.rows; from += BLOCK_ROWS) {
    const bits = await column.numbers(from, Math.min(from + BLOCK_ROWS, column.rows));
    if (!bits.every(Number.isNaN)) return true;
  }
  return false;
}

/** Of files in which no level says what it is. */
export function noSignificance(paths: readonly string[]): UsageError {
  return new UsageError(
    'NO_SIGNIFICANCE',
    `${paths.join(', ')}: the source says of no level whether it is standard, significant or another kind`,
    {
      ...(paths[0] !== undefined && { file: paths[0] }),
      hint: 'There is nothing to select by --levels: choose levels by their pressure in z_coordinate. Not every archive says what its levels are; files of earlier versions are to be harvested again.',
    },
  );
}
