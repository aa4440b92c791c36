/** The tree of a file that is being written: plain records that the handles fill in and `metadata.ts` encodes. */
import { HarvestError } from '../errors.js';
import type { Attributes } from './attributes.js';
import type { Column, FinishedColumn } from './column.js';
import type { ChunkEncoder } from './encoder.js';
import type { Pipeline } from './pipeline.js';
import type { NcType, NetcdfDimension } from './types.js';

export interface GroupNode {
  readonly kind: 'group';
  readonly name: string;
  readonly path: string;
  readonly parent: GroupNode | undefined;
  readonly attributes: Attributes;
  readonly dimensions: Map<string, DimensionNode>;
  /** The objects that the group links to, in creation order; a coordinate variable stands for its dimension. */
  readonly children: Map<string, ObjectNode>;
  /** Names of objects that the group of an existing file has already. */
  readonly taken: ReadonlySet<string>;
}

/** A dimension; the record is its public handle at the same time. */
export interface DimensionNode extends NetcdfDimension {
  readonly kind: 'dimension';
  readonly path: string;
  readonly group: GroupNode;
  /** `_Netcdf4Dimid`, unique in the file. */
  readonly id: number;
  readonly grows: boolean;
  length: number | undefined;
  /** The variable of the same name whose first dimension it is. */
  coordinate: VariableNode | undefined;
}

export interface VariableNode {
  readonly kind: 'variable';
  readonly name: string;
  readonly path: string;
  readonly type: NcType;
  readonly dimensions: readonly DimensionNode[];
  readonly attributes: Attributes;
  readonly fill: number | bigint | string | undefined;
  readonly deflateLevel: number;
  readonly shuffle: boolean;
  readonly column: Pick<Column<never>, 'rows' | 'finish'>;
  /** The dimension that it is the coordinate variable of. */
  coordinateOf: DimensionNode | undefined;
  finished: FinishedColumn | undefined;
}

export type ObjectNode = GroupNode | DimensionNode | VariableNode;

/** What the handles of one file share. */
export interface FileContext {
  readonly pipeline: Pipeline;
  readonly encode: ChunkEncoder;
  readonly defaults: {
    readonly deflateLevel: number;
    readonly shuffle: boolean;
    readonly chunkRows: number | undefined;
  };
  readonly dimensions: DimensionNode[];
  readonly variables: VariableNode[];
  /** Dimension ids start here. */
  readonly firstDimensionId: number;
  /** Throws when the file is closed, aborted or failed; `path` names who asks. */
  assertOpen(path: string): void;
}

export function createGroupNode(
  name: string,
  parent: GroupNode | undefined,
  taken: ReadonlySet<string> = new Set(),
): GroupNode {
  return {
    kind: 'group',
    name,
    path: childPath(parent, name),
    parent,
    attributes: new Map(),
    dimensions: new Map(),
    children: new Map(),
    taken,
  };
}

/** The path of a child: `/name` below the root, whose own path is `/`. */
export function childPath(parent: GroupNode | undefined, name: string): string {
  if (parent === undefined) return '/';
  return parent.parent === undefined ? `/${name}` : `${parent.path}/${name}`;
}

/** The dimensions after the first one have a length from the start. */
export function innerLengths(variable: Pick<VariableNode, 'dimensions'>): number[] {
  return variable.dimensions.slice(1).map((dimension) => dimension.length ?? 0);
}

/** Throws `NETCDF_DUPLICATE` when the group has an object called `name`. */
export function assertFree(group: GroupNode, name: string): void {
  if (group.children.has(name) || group.dimensions.has(name) || group.taken.has(name))
    throw new HarvestError('NETCDF_DUPLICATE', `${childPath(group, name)}: the name is taken`);
}
