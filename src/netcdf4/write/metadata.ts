/**
 * The metadata of a finished file: chunk indexes, object headers and the heap of the attributes, encoded in one pass into one
 * block for the end of the file.
 */

import { DATATYPES, DIMENSION_ONLY_TYPE } from '../datatypes.js';
import {
  beginHeader,
  beginMessage,
  CONSTANT,
  endHeader,
  endMessage,
  MESSAGE,
  NOT_SHARED,
} from '../object-header.js';
import { type Attributes, beginAttribute, endSpace, putValue } from './attributes.js';
import { createBlock, type MetadataBlock, putHeapValue, sealBlock } from './block.js';
import { putChunkIndex } from './chunk-index.js';
import type { FinishedColumn, Storage } from './column.js';
import { createContentList, imageOf, putImage } from './image.js';
import {
  putArraySpace,
  putAttributeInfo,
  putChunkedLayout,
  putContiguousLayout,
  putDataspace,
  putFillValue,
  putFilters,
  putGroupInfo,
  putLink,
  putLinkInfo,
} from './messages.js';
import {
  type DimensionNode,
  type FileContext,
  type GroupImage,
  type GroupNode,
  type IncludedGroup,
  innerLengths,
  type ObjectNode,
  type ScaleUse,
  type VariableNode,
} from './model.js';
import { putDimensionList, putScale, scaleCount, scaleUses } from './scales.js';

const FIRST_BYTES = 1 << 16;

interface Encoder {
  readonly block: MetadataBlock;
  readonly uses: Map<DimensionNode, ScaleUse[]>;
  readonly included: ReadonlyMap<ObjectNode, IncludedGroup>;
}

/** Encodes the tree below `root` for the file address `base` (a multiple of 8) and says where the root header is. */
export function encodeMetadata(
  base: number,
  file: Pick<FileContext, 'variables' | 'included'>,
  root: GroupNode,
): { bytes: Uint8Array; rootAddress: number } {
  const { variables, included } = file;
  const capacity = included.reduce((sum, { image }) => sum + 2 * image.bytes.length, FIRST_BYTES);
  const encoder: Encoder = {
    block: createBlock(base, capacity),
    uses: scaleUses(variables, included),
    included: new Map(included.map((group) => [group.image.node, group])),
  };
  putGroup(encoder, root);
  const bytes = sealBlock(encoder.block);
  return { bytes, rootAddress: encoder.block.addresses.get(root) ?? 0 };
}

/** Encodes a group of a file that will never be: its values have addresses from 0 on, and its parent has dimensions only. */
export function encodeImage(
  file: Pick<FileContext, 'variables' | 'dimensions'>,
  group: GroupNode,
): GroupImage {
  const heap = createContentList();
  const block = createBlock(0, FIRST_BYTES, heap);
  putGroup({ block, uses: scaleUses(file.variables, []), included: new Map() }, group);
  return imageOf(block, heap.contents, file, group);
}

function putObject(encoder: Encoder, object: ObjectNode): void {
  const included = encoder.included.get(object);
  if (included !== undefined) putImage(encoder.block, included);
  else if (object.kind === 'group') putGroup(encoder, object);
  else if (object.kind === 'variable') putVariable(encoder, object);
  else putPureDimension(encoder, object);
}

/** Starts the header of an object and keeps its place. */
function openHeader(block: MetadataBlock, object: ObjectNode): number {
  const start = beginHeader(block.w);
  block.addresses.set(object, block.base + start);
  return start;
}

function closeHeader(block: MetadataBlock, start: number): void {
  block.headers.push(endHeader(block.w, start));
}

function putGroup(encoder: Encoder, group: GroupNode): void {
  const { block } = encoder;
  const { w } = block;
  const { path } = group;
  const children = [...group.children.values()];
  const start = openHeader(block, group);
  let bodyAt = beginMessage(w, MESSAGE.linkInfo, 0, 0);
  putLinkInfo(w, children.length);
  endMessage(w, bodyAt, path);
  bodyAt = beginMessage(w, MESSAGE.groupInfo, 0, 0);
  putGroupInfo(w, children.length);
  endMessage(w, bodyAt, path);
  for (const [i, child] of children.entries()) {
    bodyAt = beginMessage(w, MESSAGE.link, 0, 0);
    const at = putLink(w, child.name, i);
    block.objectPatches.push({ at, object: child });
    endMessage(w, bodyAt, path);
  }
  if (group.attributes.size > 0) {
    putAttributeCount(block, path, group.attributes.size);
    putAttributes(block, path, 0, group.attributes);
  }
  closeHeader(block, start);
  for (const child of children) putObject(encoder, child);
}

function putPureDimension(encoder: Encoder, dimension: DimensionNode): void {
  const { block } = encoder;
  const { w } = block;
  const { path } = dimension;
  const length = dimension.length ?? 0;
  const elementBytes = 4;
  const uses = encoder.uses.get(dimension) ?? [];
  const start = openHeader(block, dimension);
  let bodyAt = beginMessage(w, MESSAGE.dataspace, 0, 0);
  putDataspace(w, [length]);
  endMessage(w, bodyAt, path);
  bodyAt = beginMessage(w, MESSAGE.datatype, CONSTANT, 0);
  w.raw(DIMENSION_ONLY_TYPE);
  endMessage(w, bodyAt, path);
  bodyAt = beginMessage(w, MESSAGE.fillValue, CONSTANT, 0);
  putFillValue(w, undefined, false);
  endMessage(w, bodyAt, path);
  bodyAt = beginMessage(w, MESSAGE.layout, 0, 0);
  putContiguousLayout(w, undefined, length * elementBytes);
  endMessage(w, bodyAt, path);
  putAttributeCount(block, path, scaleCount(dimension, uses));
  putScale(block, dimension, uses);
  closeHeader(block, start);
}

function putVariable(encoder: Encoder, variable: VariableNode): void {
  const { block } = encoder;
  const { w } = block;
  const { path, type } = variable;
  const finished = variable.finished as FinishedColumn;
  const lengths = variable.dimensions.map((dimension) => dimension.length ?? 0);
  const index = putStorageIndex(block, variable, finished.storage);
  const start = openHeader(block, variable);
  let bodyAt = beginMessage(w, MESSAGE.dataspace, 0, 0);
  putDataspace(w, lengths);
  endMessage(w, bodyAt, path);
  bodyAt = beginMessage(w, MESSAGE.datatype, CONSTANT, 0);
  w.raw(DATATYPES[type].message);
  endMessage(w, bodyAt, path);
  bodyAt = beginMessage(w, MESSAGE.fillValue, CONSTANT, 0);
  if (type === 'string' && typeof variable.fill === 'string')
    putStringFill(block, variable.fill, index !== undefined);
  else putFillValue(w, finished.background, index !== undefined);
  endMessage(w, bodyAt, path);
  putLayout(block, variable, finished.storage, index, lengths);
  putVariableAttributes(encoder, variable, finished);
  closeHeader(block, start);
}

/** Writes where the values of a variable are, and the filters of its chunks. */
function putLayout(
  block: MetadataBlock,
  { path, type, deflateLevel, shuffle }: VariableNode,
  storage: Storage,
  index: number | undefined,
  lengths: readonly number[],
): void {
  const { w } = block;
  const { size } = DATATYPES[type];
  let bodyAt = beginMessage(w, MESSAGE.layout, 0, 0);
  if (index === undefined || storage.kind !== 'chunked') {
    const bytes = lengths.reduce((product, length) => product * length, size);
    const address = storage.kind === 'contiguous' ? storage.address : undefined;
    const at = putContiguousLayout(w, address, bytes);
    if (address !== undefined) block.stored.push({ at, address });
    endMessage(w, bodyAt, path);
    return;
  }
  const at = putChunkedLayout(w, index, [storage.chunkRows, ...lengths.slice(1)], size);
  block.inner.push({ at, address: index });
  endMessage(w, bodyAt, path);
  if (deflateLevel === 0) return;
  bodyAt = beginMessage(w, MESSAGE.filters, CONSTANT, 0);
  putFilters(w, deflateLevel, shuffle ? size : 1);
  endMessage(w, bodyAt, path);
}

/** Writes the chunk index and returns its address; `undefined` when no chunk has storage. */
function putStorageIndex(block: MetadataBlock, variable: VariableNode, storage: Storage): number | undefined {
  if (storage.kind !== 'chunked' || storage.chunks.length === 0) return undefined;
  const chunks = storage.chunks.toSorted((a, b) => a.row - b.row);
  const shape = {
    rows: storage.chunkRows,
    inner: innerLengths(variable),
    elementBytes: DATATYPES[variable.type].size,
  };
  return putChunkIndex(block, chunks, shape);
}

/** The attributes that tie a variable to its dimensions, in one of the two directions; its fill value; and its own. */
function putVariableAttributes(encoder: Encoder, variable: VariableNode, finished: FinishedColumn): void {
  const { block, uses } = encoder;
  const { coordinateOf: own, path, attributes } = variable;
  const ownUses = own === undefined ? [] : (uses.get(own) ?? []);
  const isTied = variable.dimensions.length > 0;
  const links = own !== undefined ? scaleCount(own, ownUses) : Number(isTied);
  const leading = links + Number(finished.fillOccurs);
  if (leading + attributes.size === 0) return;
  putAttributeCount(block, path, leading + attributes.size);
  if (own !== undefined) putScale(block, own, ownUses);
  else if (isTied) putDimensionList(block, variable);
  if (finished.fillOccurs) putFillAttribute(block, variable, finished, links);
  putAttributes(block, path, leading, attributes);
}

function putFillAttribute(
  block: MetadataBlock,
  { path, type, fill }: VariableNode,
  { background }: FinishedColumn,
  index: number,
): void {
  const { w } = block;
  const open = beginAttribute(w, '_FillValue', index, DATATYPES[type].message);
  // Text, even of one character, is a scalar: an array would be read as strings.
  if (type === 'char') putDataspace(w, []);
  else putArraySpace(w, 1);
  endSpace(w, open);
  if (type === 'string') putHeapValue(block, String(fill));
  else w.raw(background ?? new Uint8Array(DATATYPES[type].size));
  endMessage(w, open.bodyAt, `${path}:_FillValue`);
}

/** The fill value message of a `string` variable: the value is a reference into the heap. */
function putStringFill(block: MetadataBlock, fill: string, chunked: boolean): void {
  const { w } = block;
  putFillValue(w, new Uint8Array(DATATYPES.string.size), chunked);
  w.length -= DATATYPES.string.size;
  putHeapValue(block, fill);
}

function putAttributeCount({ w }: MetadataBlock, owner: string, count: number): void {
  const bodyAt = beginMessage(w, MESSAGE.attributeInfo, NOT_SHARED, 0);
  putAttributeInfo(w, count);
  endMessage(w, bodyAt, owner);
}

/** Writes attributes from the creation index `first` on. */
function putAttributes(block: MetadataBlock, owner: string, first: number, attributes: Attributes): void {
  let index = first;
  const putString = (text: string): void => putHeapValue(block, text);
  for (const [name, value] of attributes) putValue(block.w, owner, name, index++, value, putString);
}
