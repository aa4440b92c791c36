/** The group observations_table: one variable per element, written block by block. */
import type { CdmEdition } from '../cdm/index.js';
import {
  BLOCK_ROWS,
  type BlockPlace,
  blockPlace,
  type ObservationBlock,
  type StationSchema,
} from '../match/index.js';
import {
  byCode,
  type Codes,
  counted,
  createCodes,
  inRuns,
  type NetcdfGroup,
  type NetcdfVariable,
  type NumericArray,
  type RepeatedRows,
} from '../netcdf4/index.js';
import { encodeColumn } from './encoding.js';
import { defineElement, definitionOf, type TextDimension } from './table-group.js';

export interface ObservationsGroup {
  append(block: ObservationBlock): void;
  /** Writes what is equal in all rows of the station. */
  finish(rows: number): void;
}

export interface ObservationsOptions {
  edition: CdmEdition;
  schema: StationSchema;
  textDimension: TextDimension;
  /** Name of the row dimension. */
  rowDimension: string;
}

interface VaryingVariable {
  place: BlockPlace;
  variable: NetcdfVariable;
  /** Bytes of a text, 1 for numbers. */
  width: number;
}

export function defineObservations(root: NetcdfGroup, options: ObservationsOptions): ObservationsGroup {
  const { edition, schema, textDimension } = options;
  const group = root.group('observations_table');
  const rows = group.dimension(options.rowDimension);
  const textWidths: Readonly<Partial<Record<string, number>>> = { ...schema.widths };
  const varying: VaryingVariable[] = [];
  const constant: (readonly [number, NetcdfVariable])[] = [];
  for (const element of definitionOf(edition, 'observations_table').elements) {
    const width = textWidths[element.name] ?? 1;
    const variable = defineElement(group, element, edition, rows, textDimension, width);
    const value = schema.constants.get(element.name);
    const place = blockPlace(element.name);
    if (value !== undefined) constant.push([value, variable]);
    else if (place !== undefined) varying.push({ place, variable, width });
  }
  return {
    append(block) {
      const codes = createCodes(block.codes.subarray(0, block.rows), block.byCode.count);
      for (const one of varying) one.variable.append(rowsOf(block, codes, one));
    },
    finish(total) {
      for (const [value, variable] of constant) appendConstant(variable, value, total);
    },
  };
}

/** The rows of one element, in the form in which the block holds them. */
function rowsOf(
  block: ObservationBlock,
  codes: Codes,
  { place, width }: VaryingVariable,
): NumericArray | RepeatedRows {
  switch (place.by) {
    case 'count':
      return countedIds(block, width);
    case 'piece': {
      const { pieces, lengths } = block;
      return inRuns(block.byPiece[place.element].subarray(0, pieces * width), lengths.subarray(0, pieces));
    }
    case 'run': {
      const { values, lengths, count } = block.inRuns[place.element];
      return inRuns(values.subarray(0, count), lengths.subarray(0, count));
    }
    case 'code':
      return byCode(codes, block.byCode[place.element].subarray(0, block.byCode.count));
    case 'row':
      return block.byRow[place.element].subarray(0, block.rows);
  }
}

function countedIds(
  { idPrefixes, firstNumbers, lengths, pieces }: ObservationBlock,
  width: number,
): RepeatedRows {
  const prefixWidth = idPrefixes.length / BLOCK_ROWS;
  return counted({
    prefixes: idPrefixes.subarray(0, pieces * prefixWidth),
    firsts: firstNumbers.subarray(0, pieces),
    lengths: lengths.subarray(0, pieces),
    digits: width - prefixWidth,
  });
}

/** The same number in every row; the writer stores no chunk of it. */
function appendConstant(variable: NetcdfVariable, value: number, rows: number): void {
  const chunk: NumericArray = encodeColumn(value, Math.min(rows, BLOCK_ROWS), 'int').array;
  for (let done = 0; done < rows; done += BLOCK_ROWS)
    variable.append(chunk.subarray(0, Math.min(rows - done, BLOCK_ROWS)));
}
