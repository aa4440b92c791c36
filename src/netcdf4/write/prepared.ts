/** Groups that are the same in many files: defined and encoded once, and put into each file with `NetcdfFile.include`. */
import { HarvestError } from '../../errors.js';
import { ByteWriter } from '../bytes.js';
import type { CreateOptions, NetcdfDimension } from '../types.js';
import { createEncoder } from './encoder.js';
import { finishRows } from './finish.js';
import { groupHandle } from './group.js';
import type { NetcdfGroup } from './handles.js';
import { encodeImage } from './metadata.js';
import {
  assertFree,
  createGroupNode,
  type DimensionNode,
  type FileContext,
  type GroupNode,
  isOuter,
  type PreparedGroups,
} from './model.js';
import { checkOptions } from './options.js';
import { createPipeline } from './pipeline.js';
import type { Sink } from './sink.js';

/**
 * Defines groups and their values below a root of their own, as in a file: with the options of the file that they are for, they
 * become there what they would be if they were defined there after all other variables. Throws `NETCDF_TYPE` for a `string`
 * variable, whose values hold addresses themselves.
 */
export async function prepareGroups(
  build: (root: Pick<NetcdfGroup, 'group' | 'dimension'>) => void,
  options: CreateOptions = {},
): Promise<PreparedGroups> {
  const { defaults, maxPendingBytes } = checkOptions('prepared groups', options);
  const sink = createMemorySink();
  const pipeline = createPipeline(sink, maxPendingBytes, () => {});
  const root = createGroupNode('', undefined);
  const context: FileContext = {
    pipeline,
    encode: createEncoder(),
    defaults,
    dimensions: [],
    variables: [],
    included: [],
    assertOpen() {},
  };
  const handle = groupHandle(context, root);
  build({ group: (name) => handle.group(name), dimension: (name, length) => handle.dimension(name, length) });
  for (const { path, type } of context.variables)
    if (type === 'string')
      throw new HarvestError('NETCDF_TYPE', `${path}: a variable of type string cannot be prepared`);
  finishRows(context);
  await pipeline.drain();
  const groups = [...root.children.values()].filter((child) => child.kind === 'group');
  return { images: groups.map((group) => encodeImage(context, group)), values: sink.finish() };
}

function createMemorySink(): Sink & { finish(): Uint8Array } {
  const w = new ByteWriter();
  return {
    get position() {
      return w.length;
    },
    full: false,
    place(bytes, alignment = 1) {
      w.align(alignment);
      const address = w.length;
      w.raw(bytes);
      return address;
    },
    async flush() {},
    finish: () => Uint8Array.from(w.finish()),
  };
}

/** The values of prepared groups on their way into a file. */
class ValuesJob {
  readonly work = undefined;
  readonly cost: number;
  readonly #values: Uint8Array;
  address = 0;

  constructor(values: Uint8Array) {
    this.#values = values;
    this.cost = values.length;
  }

  land(sink: Sink): void {
    this.address = sink.place(this.#values, 8);
  }
}

/** Adds prepared groups to the tree of a file. */
export function includeGroups(
  file: FileContext,
  root: GroupNode,
  { images, values }: PreparedGroups,
  dimensionOf: (dimension: NetcdfDimension) => NetcdfDimension,
): void {
  const place = new ValuesJob(values);
  for (const { node } of images) assertFree(root, node.name);
  for (const image of images) {
    root.children.set(image.node.name, image.node);
    const ids: number[] = [];
    const dimensions = image.dimensions.map((dimension) => {
      if (isOuter(dimension)) {
        const found = outerDimension(file, root, dimension, dimensionOf(dimension));
        ids.push(found.id);
        return found;
      }
      ids.push(file.dimensions.length);
      file.dimensions.push(dimension);
      return dimension;
    });
    file.included.push({ image, dimensions, ids, place });
  }
}

function outerDimension(
  file: FileContext,
  root: GroupNode,
  { name, length }: DimensionNode,
  wanted: NetcdfDimension,
): DimensionNode {
  const found = file.dimensions.find((each) => each === wanted);
  if (found !== undefined && found.group === root && found.length === length) return found;
  throw new HarvestError(
    'NETCDF_DIMENSION',
    `prepared groups: ${wanted.name} is no dimension of the root with the length ${length} of ${name}`,
  );
}
