/** Groups: the handle through which everything in a file is defined. */
import { HarvestError } from '../../errors.js';
import type { NetcdfDimension } from '../types.js';
import { addAttribute } from './attributes.js';
import type { NetcdfGroup } from './handles.js';
import {
  assertFree,
  childPath,
  createGroupNode,
  type DimensionNode,
  type FileContext,
  type GroupNode,
} from './model.js';
import { checkName } from './names.js';
import { defineVariable } from './variable.js';

/** The public handle of a group record. */
export function groupHandle(file: FileContext, node: GroupNode): NetcdfGroup {
  return {
    path: node.path,
    attribute(name, value) {
      file.assertOpen(node.path);
      addAttribute(node.attributes, node.path, name, value);
    },
    dimension(name, length) {
      file.assertOpen(node.path);
      return defineDimension(file, node, name, length);
    },
    group(name) {
      file.assertOpen(node.path);
      checkName(name, node.path);
      assertFree(node, name);
      const child = createGroupNode(name, node);
      node.children.set(name, child);
      return groupHandle(file, child);
    },
    variable(name, type, dimensions, options = {}) {
      file.assertOpen(node.path);
      const found = dimensions.map((dimension) =>
        findDimension(file, node, childPath(node, name), dimension),
      );
      return defineVariable(file, node, name, type, found, options);
    },
  };
}

function defineDimension(
  file: FileContext,
  group: GroupNode,
  name: string,
  length: number | undefined,
): DimensionNode {
  checkName(name, group.path);
  assertFree(group, name);
  const path = childPath(group, name);
  if (length !== undefined && !(Number.isSafeInteger(length) && length >= 0))
    throw new HarvestError('NETCDF_DIMENSION', `${path}: the length ${length} is not a whole number`);
  const node: DimensionNode = {
    kind: 'dimension',
    name,
    path,
    group,
    id: file.dimensions.length,
    grows: length === undefined,
    length,
    coordinate: undefined,
  };
  file.dimensions.push(node);
  group.dimensions.set(name, node);
  group.children.set(name, node);
  return node;
}

/** The record of a dimension given by handle, or by name here or in the nearest parent. */
function findDimension(
  file: FileContext,
  group: GroupNode,
  path: string,
  wanted: NetcdfDimension | string,
): DimensionNode {
  if (typeof wanted !== 'string') {
    const known = file.dimensions.find((dimension) => dimension === wanted);
    if (known !== undefined) return known;
    throw new HarvestError('NETCDF_DIMENSION', `${path}: the dimension ${wanted.name} is not of this file`);
  }
  for (let at: GroupNode | undefined = group; at !== undefined; at = at.parent) {
    const found = at.dimensions.get(wanted);
    if (found !== undefined) return found;
  }
  throw new HarvestError('NETCDF_DIMENSION', `${path}: there is no dimension ${wanted}`);
}
