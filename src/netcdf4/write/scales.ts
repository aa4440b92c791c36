/**
 * Dimension scales: how netCDF-4 says which dimension a variable has. A dimension is a dataset of class `DIMENSION_SCALE`
 * (its coordinate variable, or one without storage); variables refer to it by `DIMENSION_LIST`, it refers back by
 * `REFERENCE_LIST` (HDF5 Dimension Scale Specification; netCDF-4 "NetCDF-4 Dimensions and HDF5 Dimension Scales").
 */

import { bytesOf } from '../bytes.js';
import { DATATYPES, REFERENCE_LIST_TYPE, REFERENCE_SEQUENCE_TYPE } from '../datatypes.js';
import { endMessage } from '../object-header.js';
import { PURE_DIMENSION } from '../stored-format.js';
import { beginAttribute, endSpace, putAttribute, putText } from './attributes.js';
import { type MetadataBlock, putHeapValue } from './block.js';
import { putArraySpace } from './messages.js';
import type { DimensionNode, IncludedGroup, ObjectNode, ScaleUse, VariableNode } from './model.js';

const NAME_DIGITS = 10;
/** An object reference that is still to be filled in. */
const NO_REFERENCE = new Uint8Array(8);
const ID_BYTES = 4;

/** The dataset that stands for a dimension. */
export function scaleOf(dimension: DimensionNode): ObjectNode {
  return dimension.coordinate ?? dimension;
}

/** Which variables use each dimension. A coordinate variable is a scale itself and cannot be attached to one. */
export function scaleUses(
  variables: readonly VariableNode[],
  included: readonly IncludedGroup[],
): Map<DimensionNode, ScaleUse[]> {
  const uses = new Map<DimensionNode, ScaleUse[]>();
  for (const variable of variables) {
    if (variable.coordinateOf !== undefined) continue;
    for (const [position, dimension] of variable.dimensions.entries())
      addUse(uses, dimension, { variable, position });
  }
  for (const { image, dimensions } of included)
    for (const { dimension, use } of image.outerUses) addUse(uses, dimensions[dimension]!, use);
  return uses;
}

function addUse(uses: Map<DimensionNode, ScaleUse[]>, dimension: DimensionNode, use: ScaleUse): void {
  const list = uses.get(dimension);
  if (list === undefined) uses.set(dimension, [use]);
  else list.push(use);
}

/** How many attributes `putScale` writes. */
export function scaleCount(dimension: DimensionNode, uses: readonly ScaleUse[]): number {
  return 3 + (isOfSeveral(dimension) ? 1 : 0) + (uses.length > 0 ? 1 : 0);
}

/** A coordinate variable of several dimensions cannot have scales: it names its dimensions by their ids. */
function isOfSeveral({ coordinate }: DimensionNode): boolean {
  return (coordinate?.dimensions.length ?? 1) > 1;
}

/** Writes the attributes that make a dataset the scale of `dimension`, from creation index 0. */
export function putScale(block: MetadataBlock, dimension: DimensionNode, uses: readonly ScaleUse[]): void {
  const { w } = block;
  const { coordinate, path: owner } = dimension;
  const name =
    coordinate === undefined
      ? PURE_DIMENSION + String(dimension.length ?? 0).padStart(NAME_DIGITS)
      : dimension.name;
  putText(w, owner, 'CLASS', 0, 'DIMENSION_SCALE', 'DIMENSION_SCALE'.length + 1, false);
  putText(w, owner, 'NAME', 1, name, Buffer.byteLength(name) + 1, false);
  const id = bytesOf(Int32Array.of(dimension.id));
  putAttribute(w, owner, '_Netcdf4Dimid', 2, DATATYPES.int.message, undefined, id);
  block.ids.push({ at: w.length - ID_BYTES, dimension });
  let index = 3;
  if (coordinate !== undefined && isOfSeveral(dimension)) {
    const ids = Int32Array.from(coordinate.dimensions, (each) => each.id);
    const { message } = DATATYPES.int;
    putAttribute(w, coordinate.path, '_Netcdf4Coordinates', index++, message, ids.length, bytesOf(ids));
    const idsAt = w.length - ids.byteLength;
    for (const [i, each] of coordinate.dimensions.entries())
      block.ids.push({ at: idsAt + i * ID_BYTES, dimension: each });
  }
  if (uses.length > 0) putReferenceList(block, owner, index, uses);
}

function putReferenceList(
  block: MetadataBlock,
  owner: string,
  index: number,
  uses: readonly ScaleUse[],
): void {
  const { w } = block;
  const open = beginAttribute(w, 'REFERENCE_LIST', index, REFERENCE_LIST_TYPE);
  putArraySpace(w, uses.length);
  endSpace(w, open);
  for (const { variable, position } of uses) {
    block.objectPatches.push({ at: w.length, object: variable });
    w.u64(0);
    w.u32(position);
    w.u32(0);
  }
  endMessage(w, open.bodyAt, `${owner}:REFERENCE_LIST`);
}

/** Writes the attribute that ties a variable to the scales of its dimensions, at creation index 0. */
export function putDimensionList(block: MetadataBlock, { dimensions, path }: VariableNode): void {
  const { w, heap } = block;
  const open = beginAttribute(w, 'DIMENSION_LIST', 0, REFERENCE_SEQUENCE_TYPE);
  putArraySpace(w, dimensions.length);
  endSpace(w, open);
  for (const dimension of dimensions) {
    putHeapValue(block, NO_REFERENCE, 1);
    block.heapObjectPatches.push({ at: heap.lastContentAt(), object: scaleOf(dimension) });
  }
  endMessage(w, open.bodyAt, `${path}:DIMENSION_LIST`);
}
