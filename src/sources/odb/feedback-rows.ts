/** Copies the columns of a block, row by row for the rows that are kept, into the feedback of a batch. */
import type { BatchBuilder } from '../../records/builder.js';
import {
  type FeedbackColumn,
  type FeedbackNumbers,
  type FeedbackTexts,
  type FeedbackValues,
  isNumeric,
} from '../../records/feedback.js';
import { columnName } from './columns.js';
import { note, type SkipContext } from './skips.js';
import type { OdbBlock } from './table.js';

/** Copies kept rows of blocks. */
export interface FeedbackCopier {
  /**
   * Copies the rows `rows[0 .. count)` of a block to the rows of the batch from `target` on. Columns that the batch does
   * not have are counted, as are values that do not fit the kind of their column.
   */
  copy(block: OdbBlock, rows: Int32Array, count: number, target: number, context: SkipContext): void;
}

/** A copier into the feedback columns of `builder`, which are `columns`. */
export function createFeedbackCopier(
  builder: BatchBuilder,
  columns: readonly FeedbackColumn[],
): FeedbackCopier {
  const codes = columns.map((): TextCodes => ({ texts: null, byText: new Map() }));
  let places: { of: readonly FeedbackColumn[]; list: Int32Array } | null = null;
  return {
    copy(block, rows, count, target, context) {
      if (places?.of !== block.columns)
        places = { of: block.columns, list: placesOf(columns, block.columns) };
      const undeclared = block.columns.length - places.list.reduce((n, place) => (place < 0 ? n : n + 1), 0);
      if (undeclared > 0 && columns.length > 0)
        note(context, 'feedback.of-unexpected-column', undeclared * count);
      for (const i of columns.keys()) {
        const source = block.values[places.list[i] ?? -1];
        const into = builder.feedback[i];
        if (source === undefined || into === undefined) continue;
        const lost = isNumeric(into)
          ? copyNumbers(source, into, rows, count, target)
          : copyTexts(source, into, codes[i]!, rows, count, target);
        note(context, 'feedback.unfit-value', lost);
      }
    },
  };
}

/** Codes of the texts of a batch's column. */
interface TextCodes {
  /** The list that the codes are of; a new batch begins with a new one. */
  texts: string[] | null;
  byText: Map<string, number>;
}

/** Where each column of the batch is in the block, by name; -1 where it is absent. */
function placesOf(columns: readonly FeedbackColumn[], block: readonly FeedbackColumn[]): Int32Array {
  const names = block.map(({ name }) => columnName(name));
  return Int32Array.from(columns, ({ name }) => {
    const place = names.indexOf(name);
    return place >= 0 ? place : names.indexOf(name.replace(/@.*/s, ''));
  });
}

/**
 * Returns the number of values that were lost because they are texts. A number that its column has no room for is the
 * business of the match, which widens the column.
 */
function copyNumbers(
  source: FeedbackValues,
  into: FeedbackNumbers,
  rows: Int32Array,
  count: number,
  target: number,
): number {
  const { numbers } = into;
  if (!isNumeric(source)) {
    let lost = 0;
    for (let i = 0; i < count; i++) if (source.codes[rows[i]!] !== 0) lost++;
    return lost;
  }
  const from = source.numbers;
  for (let i = 0; i < count; i++) numbers[target + i] = from[rows[i]!]!;
  return 0;
}

function copyTexts(
  source: FeedbackValues,
  into: FeedbackTexts,
  known: TextCodes,
  rows: Int32Array,
  count: number,
  target: number,
): number {
  if (known.texts !== into.texts) {
    known.texts = into.texts;
    known.byText = new Map(into.texts.map((text, code) => [text, code]));
  }
  if (isNumeric(source)) {
    for (let i = 0; i < count; i++) {
      const value = source.numbers[rows[i]!]!;
      into.codes[target + i] = Number.isNaN(value) ? 0 : codeOf(String(value), into.texts, known.byText);
    }
    return 0;
  }
  const translated = new Int32Array(source.texts.length).fill(-1);
  for (let i = 0; i < count; i++) {
    const code = source.codes[rows[i]!]!;
    let to = translated[code]!;
    if (to < 0) {
      to = codeOf((source.texts[code] ?? '').trim(), into.texts, known.byText);
      translated[code] = to;
    }
    into.codes[target + i] = to;
  }
  return 0;
}

function codeOf(text: string, texts: string[], byText: Map<string, number>): number {
  const known = byText.get(text);
  if (known !== undefined) return known;
  const code = texts.push(text) - 1;
  byText.set(text, code);
  return code;
}
