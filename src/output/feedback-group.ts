/** A feedback group: one variable per element, row by row with observations_table. It says of itself what it is. */
import type {
  FeedbackArray,
  FeedbackColumns,
  FeedbackElement,
  FeedbackGroup,
  RunList,
} from '../match/index.js';
import { type AttributeValue, inRuns, type NetcdfGroup, type RepeatedRows } from '../netcdf4/index.js';
import { attributesOfColumn, attributesOfGroup } from '../records/feedback-attributes.js';
import { type Encoding, encodingOfKind, linkAttributes } from './encoding.js';
import type { TextDimension } from './table-group.js';

/** Appends the first `rows` rows of the group's block. */
export type AppendFeedback = (columns: FeedbackColumns, rows: number) => void;

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
  const { descriptor } = feedback;
  const names = feedback.elements.map(({ name }) => name);
  for (const [name, value] of Object.entries(attributesOfGroup(descriptor, names)))
    group.attribute(name, value);
  const rows = group.dimension(rowDimension);
  const variables = feedback.elements.map((element) => {
    const { type, fill, shuffle, huffmanOnly } = encodingOfKind(element.kind, element.name);
    const dimensions = type === 'char' ? [rows, textDimension(element.width)] : [rows];
    const attributes = {
      ...attributesOf(element, type),
      ...attributesOfColumn(descriptor, element.name, names),
    };
    const options = { attributes, shuffle, huffmanOnly };
    return group.variable(element.name, type, dimensions, {
      ...options,
      ...(fill !== undefined && { fill }),
    });
  });
  return ({ values, runs }, count) => {
    for (const [i, element] of feedback.elements.entries()) {
      const array = values[i];
      const list = runs[i];
      if (!array) continue;
      variables[i]?.append(
        list ? inListedRuns(array, list, element.width, count) : array.subarray(0, count * element.width),
      );
    }
  };
}

/** The rows at which a run begins, and how long each is. */
function inListedRuns(
  array: FeedbackArray,
  { starts, count }: RunList,
  width: number,
  rows: number,
): RepeatedRows {
  const values = array.slice(0, count * width);
  const lengths = new Int32Array(count);
  for (let run = 0; run < count; run++) {
    const start = starts[run] as number;
    values.set(array.subarray(start * width, (start + 1) * width), run * width);
    lengths[run] = (run + 1 < count ? (starts[run + 1] as number) : rows) - start;
  }
  return inRuns(values, lengths);
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
