/**
 * Images of groups: metadata that is encoded once and copied into file after file. Most of a small station file is tables that are
 * the same in all files of a run; encoding them anew took longer than the station itself.
 */
import type { MetadataBlock } from './block.js';
import type { HeapBuilder } from './global-heap.js';
import {
  type DimensionNode,
  type FileContext,
  type GroupImage,
  type GroupNode,
  type IncludedGroup,
  isOuter,
  type VariableNode,
} from './model.js';
import { scaleOf } from './scales.js';

/** A heap that keeps what is put into it as a list: places are numbers in the list. */
export interface ContentList extends HeapBuilder {
  readonly contents: readonly (Uint8Array | string)[];
}

export function createContentList(): ContentList {
  const contents: (Uint8Array | string)[] = [];
  return {
    contents,
    put(content) {
      const length = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
      return { collection: 0, index: contents.push(content) - 1, length };
    },
    lastContentAt: () => contents.length - 1,
    finish: () => Buffer.alloc(0),
    startOf: () => 0,
  };
}

/** The image of `group`, which `block` holds and nothing else; its base is 0 and its heap a list of contents. */
export function imageOf(
  block: MetadataBlock,
  contents: ContentList['contents'],
  file: Pick<FileContext, 'variables' | 'dimensions'>,
  group: GroupNode,
): GroupImage {
  const { addresses } = block;
  const variables = file.variables.filter((variable) => addresses.has(variable));
  const used = new Set(variables.flatMap((variable) => variable.dimensions));
  const dimensions = file.dimensions.filter(
    (dimension) => used.has(dimension) || isWithin(dimension.group, group),
  );
  const scales = new Map(dimensions.map((dimension, i) => [scaleOf(dimension), i]));
  const scaleAt = new Map(block.heapObjectPatches.map(({ at, object }) => [at, scales.get(object)]));
  return {
    node: group,
    bytes: Uint8Array.from(block.w.finish()),
    objects: Array.from(addresses, ([object, at]) => ({ object, at })),
    headers: block.headers,
    inner: [
      ...block.inner,
      ...block.objectPatches.map(({ at, object }) => ({ at, address: addresses.get(object) as number })),
    ],
    stored: block.stored,
    dimensions,
    ids: block.ids.map(({ at, dimension }) => ({ at, dimension: dimensions.indexOf(dimension) })),
    heap: contents.map((content, i) => ({
      at: (block.heapPatches[i] as { at: number }).at,
      content,
      dimension: scaleAt.get(i),
    })),
    outerUses: variables.flatMap((variable) => outerUsesOf(variable, dimensions)),
  };
}

function isWithin(group: GroupNode, outer: GroupNode): boolean {
  for (let at: GroupNode | undefined = group; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

function outerUsesOf(variable: VariableNode, dimensions: readonly DimensionNode[]): GroupImage['outerUses'] {
  if (variable.coordinateOf !== undefined) return [];
  return variable.dimensions
    .map((dimension, position) => ({
      dimension: dimensions.indexOf(dimension),
      use: { variable, position },
    }))
    .filter(({ dimension }) => isOuter(dimensions[dimension]!));
}

/** Copies the image to the end of the block and fills in what differs from file to file. */
export function putImage(block: MetadataBlock, included: IncludedGroup): void {
  const { w, base, heap } = block;
  const { image, dimensions, ids, place } = included;
  const start = w.length;
  w.raw(image.bytes);
  for (const { object, at } of image.objects) block.addresses.set(object, base + start + at);
  for (const { start: from, end } of image.headers)
    block.headers.push({ start: start + from, end: start + end });
  for (const { at, address } of image.inner) w.setU64(start + at, base + start + address);
  for (const { at, address } of image.stored) w.setU64(start + at, place.address + address);
  for (const { at, dimension } of image.ids) w.setU32(start + at, ids[dimension]!);
  for (const { at, content, dimension } of image.heap) {
    const { collection, index } = heap.put(content);
    block.heapPatches.push({ at: start + at, collection });
    w.setU32(start + at + 8, index);
    if (dimension === undefined) continue;
    const object = scaleOf(dimensions[dimension]!);
    block.heapObjectPatches.push({ at: heap.lastContentAt(), object });
  }
}
