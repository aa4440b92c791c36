/**
 * The metadata of a finished file: chunk indexes, object headers and the heap of the attributes, encoded in one pass into one
 * block for the end of the file.
 */
import { type Attributes, putAttribute, putValue } from './attributes.js';
import { createBlock, type MetadataBlock, putHeapValue, sealBlock } from './block.js';
import { putChunkIndex } from './chunk-index.js';
import type { FinishedColumn, Storage } from './column.js';
import { DATATYPES, DIMENSION_ONLY_TYPE } from './datatypes.js';
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
  type GroupNode,
  innerLengths,
  type ObjectNode,
  type VariableNode,
} from './model.js';
import { beginHeader, CONSTANT, endHeader, MESSAGE, NOT_SHARED, putMessage } from './object-header.js';
import { type AttributeWriter, dimensionList, type ScaleUse, scaleAttributes, scaleUses } from './scales.js';

/** Messages of an existing root header that a new root header takes over. */
export interface CarriedRoot {
  readonly messages: readonly { type: number; flags: number; creationIndex: number; body: Uint8Array }[];
  /** Creation index of the first new link. */
  readonly nextLink: number;
}

interface Encoder {
  readonly block: MetadataBlock;
  readonly uses: Map<DimensionNode, ScaleUse[]>;
}

/** Encodes the tree below `root` for the file address `base` (a multiple of 8) and says where the root header is. */
export function encodeMetadata(
  base: number,
  file: Pick<FileContext, 'variables'>,
  root: GroupNode,
  carried?: CarriedRoot,
): { bytes: Uint8Array; rootAddress: number } {
  const encoder: Encoder = { block: createBlock(base), uses: scaleUses(file.variables) };
  putGroup(encoder, root, carried);
  const bytes = sealBlock(encoder.block);
  return { bytes, rootAddress: encoder.block.addresses.get(root) ?? 0 };
}

function putObject(encoder: Encoder, object: ObjectNode): void {
  if (object.kind === 'group') putGroup(encoder, object, undefined);
  else if (object.kind === 'variable') putVariable(encoder, object);
  else putPureDimension(encoder, object);
}

/** Writes a header around `messages` and keeps its place. */
function putHeader(block: MetadataBlock, object: ObjectNode, messages: () => void): void {
  const { w } = block;
  const start = beginHeader(w);
  block.addresses.set(object, block.base + start);
  messages();
  block.headers.push(endHeader(w, start));
}

function putGroup(encoder: Encoder, group: GroupNode, carried: CarriedRoot | undefined): void {
  const { block } = encoder;
  const { w } = block;
  const children = [...group.children.values()];
  const firstLink = carried?.nextLink ?? 0;
  putHeader(block, group, () => {
    const message = (type: number, body: () => void): void => putMessage(w, type, 0, 0, group.path, body);
    message(MESSAGE.linkInfo, () => putLinkInfo(w, firstLink + children.length));
    message(MESSAGE.groupInfo, () => putGroupInfo(w, firstLink + children.length));
    for (const { type, flags, creationIndex, body } of carried?.messages ?? [])
      putMessage(w, type, flags, creationIndex, group.path, () => w.raw(body));
    for (const [i, child] of children.entries())
      message(MESSAGE.link, () => {
        const at = putLink(w, child.name, firstLink + i);
        block.objectPatches.push({ at, object: child });
      });
    if (carried === undefined) putAttributes(block, group.path, [], group.attributes);
  });
  for (const child of children) putObject(encoder, child);
}

function putPureDimension(encoder: Encoder, dimension: DimensionNode): void {
  const { block } = encoder;
  const { w } = block;
  const length = dimension.length ?? 0;
  const elementBytes = 4;
  putHeader(block, dimension, () => {
    const message = (type: number, flags: number, body: () => void): void =>
      putMessage(w, type, flags, 0, dimension.path, body);
    message(MESSAGE.dataspace, 0, () => putDataspace(w, [length]));
    message(MESSAGE.datatype, CONSTANT, () => w.raw(DIMENSION_ONLY_TYPE));
    message(MESSAGE.fillValue, CONSTANT, () => putFillValue(w, undefined, false));
    message(MESSAGE.layout, 0, () => putContiguousLayout(w, undefined, length * elementBytes));
    const scale = scaleAttributes(block, dimension, encoder.uses.get(dimension) ?? []);
    putAttributes(block, dimension.path, scale, new Map());
  });
}

function putVariable(encoder: Encoder, variable: VariableNode): void {
  const { block } = encoder;
  const { w } = block;
  const { dimensions, path, type } = variable;
  const finished = variable.finished as FinishedColumn;
  const datatype = DATATYPES[type];
  const lengths = dimensions.map((dimension) => dimension.length ?? 0);
  const { storage } = finished;
  const index = putStorageIndex(block, variable, storage);
  putHeader(block, variable, () => {
    const message = (messageType: number, flags: number, body: () => void): void =>
      putMessage(w, messageType, flags, 0, path, body);
    message(MESSAGE.dataspace, 0, () => putDataspace(w, lengths));
    message(MESSAGE.datatype, CONSTANT, () => w.raw(datatype.message));
    message(MESSAGE.fillValue, CONSTANT, () => {
      if (type === 'string' && typeof variable.fill === 'string')
        putStringFill(block, variable.fill, index !== undefined);
      else putFillValue(w, finished.background, index !== undefined);
    });
    if (index === undefined || storage.kind !== 'chunked') {
      const size = lengths.reduce((product, length) => product * length, datatype.size);
      const address = storage.kind === 'contiguous' ? storage.address : undefined;
      message(MESSAGE.layout, 0, () => putContiguousLayout(w, address, size));
    } else {
      const chunk = [storage.chunkRows, ...lengths.slice(1)];
      message(MESSAGE.layout, 0, () => putChunkedLayout(w, index, chunk, datatype.size));
      if (variable.deflateLevel > 0) {
        const shuffleBytes = variable.shuffle ? datatype.size : 1;
        message(MESSAGE.filters, CONSTANT, () => putFilters(w, variable.deflateLevel, shuffleBytes));
      }
    }
    const leading = scaleLinks(encoder, variable);
    if (finished.fillOccurs) leading.push(fillAttribute(block, variable, finished));
    putAttributes(block, path, leading, variable.attributes);
  });
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
  return block.base + putChunkIndex(block.w, block.base, chunks, shape);
}

/** The attributes that tie a variable to its dimensions, in one of the two directions. */
function scaleLinks(encoder: Encoder, variable: VariableNode): AttributeWriter[] {
  const own = variable.coordinateOf;
  if (own !== undefined) return scaleAttributes(encoder.block, own, encoder.uses.get(own) ?? []);
  return variable.dimensions.length > 0 ? [dimensionList(encoder.block, variable)] : [];
}

function fillAttribute(
  block: MetadataBlock,
  variable: VariableNode,
  finished: FinishedColumn,
): AttributeWriter {
  const { w } = block;
  const { path, type, fill } = variable;
  return (index) =>
    putAttribute(
      w,
      path,
      '_FillValue',
      index,
      DATATYPES[type].message,
      // Text, even of one character, is a scalar: an array would be read as strings.
      () => (type === 'char' ? putDataspace(w, []) : putArraySpace(w, 1)),
      () => {
        if (type === 'string') putHeapValue(block, String(fill));
        else w.raw(finished.background ?? new Uint8Array(DATATYPES[type].size));
      },
    );
}

/** The fill value message of a `string` variable: the value is a reference into the heap. */
function putStringFill(block: MetadataBlock, fill: string, chunked: boolean): void {
  const { w } = block;
  putFillValue(w, new Uint8Array(DATATYPES.string.size), chunked);
  w.length -= DATATYPES.string.size;
  putHeapValue(block, fill);
}

function putAttributes(
  block: MetadataBlock,
  owner: string,
  leading: readonly AttributeWriter[],
  attributes: Attributes,
): void {
  const { w } = block;
  const count = leading.length + attributes.size;
  if (count === 0) return;
  putMessage(w, MESSAGE.attributeInfo, NOT_SHARED, 0, owner, () => putAttributeInfo(w, count));
  let index = 0;
  for (const write of leading) write(index++);
  for (const [name, value] of attributes)
    putValue(w, owner, name, index++, value, (text) => putHeapValue(block, text));
}
