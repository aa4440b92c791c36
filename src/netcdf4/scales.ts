/**
 * Dimension scales: how netCDF-4 says which dimension a variable has. A dimension is a dataset of class `DIMENSION_SCALE`
 * (its coordinate variable, or one without storage); variables refer to it by `DIMENSION_LIST`, it refers back by
 * `REFERENCE_LIST` (HDF5 Dimension Scale Specification; netCDF-4 "NetCDF-4 Dimensions and HDF5 Dimension Scales").
 */
import { putAttribute } from './attributes.js';
import { type MetadataBlock, putHeapValue } from './block.js';
import { bytesOf } from './bytes.js';
import { DATATYPES, fixedString, REFERENCE_LIST_TYPE, REFERENCE_SEQUENCE_TYPE } from './datatypes.js';
import { putArraySpace, putDataspace } from './messages.js';
import type { DimensionNode, ObjectNode, VariableNode } from './model.js';

/** How the `NAME` of a scale without a coordinate variable begins. */
export const PURE_DIMENSION = 'This is a netCDF dimension but not a netCDF variable.';
const NAME_DIGITS = 10;

/** One dimension of a variable that is attached to a scale. */
export interface ScaleUse {
  readonly variable: VariableNode;
  readonly position: number;
}

/** Writes an attribute at the creation index `index`. */
export type AttributeWriter = (index: number) => void;

/** The dataset that stands for a dimension. */
function scaleOf(dimension: DimensionNode): ObjectNode {
  return dimension.coordinate ?? dimension;
}

/** Which variables use each dimension. A coordinate variable is a scale itself and cannot be attached to one. */
export function scaleUses(variables: readonly VariableNode[]): Map<DimensionNode, ScaleUse[]> {
  const uses = new Map<DimensionNode, ScaleUse[]>();
  for (const variable of variables) {
    if (variable.coordinateOf !== undefined) continue;
    for (const [position, dimension] of variable.dimensions.entries()) {
      const list = uses.get(dimension);
      if (list === undefined) uses.set(dimension, [{ variable, position }]);
      else list.push({ variable, position });
    }
  }
  return uses;
}

/** The attributes that make a dataset the scale of `dimension`. */
export function scaleAttributes(
  block: MetadataBlock,
  dimension: DimensionNode,
  uses: readonly ScaleUse[],
): AttributeWriter[] {
  const { w } = block;
  const owner = dimension.path;
  const name =
    dimension.coordinate === undefined
      ? PURE_DIMENSION + String(dimension.length ?? 0).padStart(NAME_DIGITS)
      : dimension.name;
  const text =
    (attribute: string, value: string): AttributeWriter =>
    (index) => {
      const size = Buffer.byteLength(value) + 1;
      const scalar = (): void => putDataspace(w, []);
      putAttribute(w, owner, attribute, index, fixedString(size, false), scalar, () => {
        w.text(value);
        w.u8(0);
      });
    };
  const writers = [
    text('CLASS', 'DIMENSION_SCALE'),
    text('NAME', name),
    (index: number): void =>
      putAttribute(
        w,
        owner,
        '_Netcdf4Dimid',
        index,
        DATATYPES.int.message,
        () => putDataspace(w, []),
        () => w.u32(dimension.id),
      ),
  ];
  const rank = dimension.coordinate?.dimensions.length ?? 1;
  if (rank > 1) writers.push(coordinateIds(block, dimension.coordinate as VariableNode));
  if (uses.length > 0) writers.push(referenceList(block, owner, uses));
  return writers;
}

/** A coordinate variable of several dimensions cannot have scales: it names its dimensions by their ids. */
function coordinateIds(block: MetadataBlock, variable: VariableNode): AttributeWriter {
  const { w } = block;
  const ids = Int32Array.from(variable.dimensions, (dimension) => dimension.id);
  return (index) =>
    putAttribute(
      w,
      variable.path,
      '_Netcdf4Coordinates',
      index,
      DATATYPES.int.message,
      () => putArraySpace(w, ids.length),
      () => w.raw(bytesOf(ids)),
    );
}

function referenceList(block: MetadataBlock, owner: string, uses: readonly ScaleUse[]): AttributeWriter {
  const { w } = block;
  return (index) =>
    putAttribute(
      w,
      owner,
      'REFERENCE_LIST',
      index,
      REFERENCE_LIST_TYPE,
      () => putArraySpace(w, uses.length),
      () => {
        for (const { variable, position } of uses) {
          block.objectPatches.push({ at: w.length, object: variable });
          w.u64(0);
          w.u32(position);
          w.u32(0);
        }
      },
    );
}

/** The attribute that ties a variable to the scales of its dimensions. */
export function dimensionList(block: MetadataBlock, variable: VariableNode): AttributeWriter {
  const { w, heap } = block;
  const { dimensions, path } = variable;
  return (index) =>
    putAttribute(
      w,
      path,
      'DIMENSION_LIST',
      index,
      REFERENCE_SEQUENCE_TYPE,
      () => putArraySpace(w, dimensions.length),
      () => {
        for (const dimension of dimensions) {
          putHeapValue(block, new Uint8Array(8), 1);
          block.heapObjectPatches.push({ at: heap.lastContentAt(), object: scaleOf(dimension) });
        }
      },
    );
}
