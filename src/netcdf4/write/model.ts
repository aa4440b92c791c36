/** The tree of a file that is being written: plain records that the handles fill in and `metadata.ts` encodes. */
import { HarvestError } from '../../errors.js';
import type { HeaderExtent } from '../object-header.js';
import type { NcType, NetcdfDimension } from '../types.js';
import type { Attributes } from './attributes.js';
import type { Column, FinishedColumn } from './column.js';
import type { ChunkEncoder } from './encoder.js';
import type { Job, Pipeline } from './pipeline.js';

export interface GroupNode {
  readonly kind: 'group';
  readonly name: string;
  readonly path: string;
  readonly parent: GroupNode | undefined;
  readonly attributes: Attributes;
  readonly dimensions: Map<string, DimensionNode>;
  /** The objects that the group links to, in creation order; a coordinate variable stands for its dimension. */
  readonly children: Map<string, ObjectNode>;
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

/** One dimension of a variable that is attached to a scale. */
export interface ScaleUse {
  readonly variable: VariableNode;
  readonly position: number;
}

/** A position that holds an address, which is known when it is written. */
export interface AddressPlace {
  readonly at: number;
  readonly address: number;
}

/**
 * The metadata of a group that is the same in many files, encoded for the address 0, with the places of all that differs from
 * file to file. The nodes are shared by these files and must not change.
 */
export interface GroupImage {
  readonly node: GroupNode;
  readonly bytes: Uint8Array;
  /** The objects of the group, itself included, with their headers' positions. */
  readonly objects: readonly { readonly object: ObjectNode; readonly at: number }[];
  readonly headers: readonly HeaderExtent[];
  /** Addresses within the bytes. */
  readonly inner: readonly AddressPlace[];
  /** Addresses within the values that belong to the image. */
  readonly stored: readonly AddressPlace[];
  /** The group's own dimensions and those of the root that it uses, in the order in which they were defined. */
  readonly dimensions: readonly DimensionNode[];
  /** Ids of dimensions, by their number in `dimensions`, as all dimensions here are. */
  readonly ids: readonly { readonly at: number; readonly dimension: number }[];
  /** What goes to the heap: the text or bytes, or the address of the scale of a dimension. */
  readonly heap: readonly {
    readonly at: number;
    readonly content: Uint8Array | string;
    readonly dimension: number | undefined;
  }[];
  readonly outerUses: readonly { readonly dimension: number; readonly use: ScaleUse }[];
}

/** Whether a dimension of an image is one of the root. */
export function isOuter(dimension: DimensionNode): boolean {
  return dimension.group.parent === undefined;
}

/** Groups with their values, ready to be put into any number of files. */
export interface PreparedGroups {
  readonly images: readonly GroupImage[];
  /** The values of all groups, to be placed at an address that is a multiple of 8. */
  readonly values: Uint8Array;
}

/** A prepared group in a file. */
export interface IncludedGroup {
  readonly image: GroupImage;
  /** What stands for `image.dimensions` in the file, and their ids. */
  readonly dimensions: readonly DimensionNode[];
  readonly ids: readonly number[];
  /** Puts the values into the file; the address is valid once that is done. */
  readonly place: Job & { readonly address: number };
}

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
  readonly included: IncludedGroup[];
  /** Throws when the file is closed, aborted or failed; `path` names who asks. */
  assertOpen(path: string): void;
}

export function createGroupNode(name: string, parent: GroupNode | undefined): GroupNode {
  return {
    kind: 'group',
    name,
    path: childPath(parent, name),
    parent,
    attributes: new Map(),
    dimensions: new Map(),
    children: new Map(),
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
  if (group.children.has(name) || group.dimensions.has(name))
    throw new HarvestError('NETCDF_DUPLICATE', `${childPath(group, name)}: the name is taken`);
}
