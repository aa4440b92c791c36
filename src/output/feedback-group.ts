/** A feedback group (`era5fb`): one variable per element, row by row with observations_table. */
import type { FeedbackBlock, FeedbackElement, FeedbackGroup } from '../match/index.js';
import type { AttributeValue, NetcdfGroup } from '../netcdf4/index.js';
import { type Encoding, encodingOfKind, linkAttributes } from './encoding.js';
import type { TextDimension } from './table-group.js';

/** Appends the first `rows` rows of the group's block. */
export type AppendFeedback = (block: FeedbackBlock, rows: number) => void;

/**
 * Defines the variables of a feedback group. Elements that the source does not have are there and read as missing.
 *
 * @param rowDimension name of the row dimension, the same as in observations_table
 */
export function defineFeedback(
  root: NetcdfGroup,
  feedback: FeedbackGroup,
  textDimension: TextDimension,
  rowDimension: string,
): AppendFeedback {
  const group = root.group(feedback.name);
  const rows = group.dimension(rowDimension);
  const variables = feedback.elements.map((element) => {
    const { type, fill, shuffle, huffmanOnly } = encodingOfKind(element.kind, element.name);
    const dimensions = type === 'char' ? [rows, textDimension(element.width)] : [rows];
    const options = { attributes: attributesOf(element, type), shuffle, huffmanOnly };
    return group.variable(element.name, type, dimensions, {
      ...options,
      ...(fill !== undefined && { fill }),
    });
  });
  return (block, count) => {
    for (const [i, element] of feedback.elements.entries()) {
      const array = block[i];
      if (array) variables[i]?.append(array.subarray(0, count * element.width));
    }
  };
}

function attributesOf(
  { definition }: FeedbackElement,
  type: Encoding['type'],
): Record<string, AttributeValue> {
  return {
    ...(definition !== undefined && linkAttributes(definition)),
    ...(type === 'char' && { _Encoding: 'utf-8' }),
  };
}
