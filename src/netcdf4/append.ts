/** Adding groups to a finished file: a copy grows at its end, gets a new root header, and replaces the old file. */
import { constants } from 'node:fs';
import { copyFile, open, rm } from 'node:fs/promises';
import { asStorageError, InputError } from '../errors.js';
import { type Beginning, type OpenOutput, startFile, temporaryPathOf } from './file.js';
import { bodyLength, bodyOf } from './header-reader.js';
import { createGroupNode } from './model.js';
import { MESSAGE } from './object-header.js';
import { checkOptions } from './options.js';
import { readU64 } from './reader.js';
import { checkDescriptor, linkTarget, type WalkedFile } from './structure.js';
import type { CreateOptions, NetcdfFile, NetcdfGroup } from './types.js';

/** Defines the groups to add; awaits `file.ready()` between large appends. */
type BuildGroups = (root: Pick<NetcdfGroup, 'group'>, file: Pick<NetcdfFile, 'ready'>) => Promise<void>;

/**
 * Adds groups to the netCDF-4 file at `path`, which this writer has made. The old content keeps its bytes except for the
 * superblock; the new groups bring their own dimensions. Throws `NETCDF_DUPLICATE` when a group is there already,
 * `InputError` when the file is damaged (`NETCDF_STRUCTURE`) or its root is of a kind that another program has made
 * (`NETCDF_APPEND`). On any error the file stays as it was.
 */
export function appendGroups(
  path: string,
  build: BuildGroups,
  options: CreateOptions = {},
): Promise<{ bytes: number }> {
  return appendWith(open, path, build, options);
}

/** As `appendGroups`, with the function that opens files. */
export async function appendWith(
  openOutput: OpenOutput,
  path: string,
  build: BuildGroups,
  options: CreateOptions,
): Promise<{ bytes: number }> {
  const settings = checkOptions(path, options);
  const temporaryPath = temporaryPathOf(path);
  try {
    await copyFile(path, temporaryPath, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    const handle = await openOutput(temporaryPath, 'r+');
    let file: NetcdfFile;
    try {
      const walked = checkDescriptor(handle.fd, path);
      const root = createGroupNode('', undefined, linkNames(walked));
      const place = { path, temporaryPath, handle, openOutput };
      file = startFile(place, settings, root, beginningOf(walked, path));
    } catch (error) {
      await handle.close();
      throw error;
    }
    try {
      const { root } = file;
      // The old root keeps its attributes; only groups can be added to it.
      await build({ group: (name) => root.group(name) }, { ready: () => file.ready() });
      return await file.close();
    } catch (error) {
      await file.abort();
      throw error;
    }
  } catch (error) {
    await rm(temporaryPath, { force: true }).catch(() => undefined);
    throw asStorageError(error, 'append to', path);
  }
}

/** Names of what the root group links to. */
function linkNames(walked: WalkedFile): Set<string> {
  const links = walked.root.filter((message) => message.type === MESSAGE.link);
  return new Set(links.map((message) => linkTarget(walked.path, message).name));
}

/** What a new root header takes over from the old one, and where new content may start. */
function beginningOf(walked: WalkedFile, path: string): Beginning {
  const { root, largestDimensionId } = walked;
  const info = root.find((message) => message.type === MESSAGE.linkInfo);
  const creationOrderTracked = 1;
  const tracked =
    info !== undefined && bodyLength(info) >= 10 && (info.bytes[info.start + 1] ?? 0) & creationOrderTracked;
  const nextLink = tracked ? readU64(info.bytes, info.start + 2) : undefined;
  if (nextLink === undefined || walked.hasDenseAttributes)
    throw new InputError('NETCDF_APPEND', `${path}: groups can only be added to a file of this writer`, {
      file: path,
      ...(info !== undefined && { byteOffset: info.at }),
      hint: 'Another program has rewritten the file: make it again and then add the groups.',
    });
  const rewritten: number[] = [MESSAGE.linkInfo, MESSAGE.groupInfo];
  const messages = root
    .filter((message) => !rewritten.includes(message.type))
    .map((message) => ({ ...message, body: bodyOf(message) }));
  return {
    start: walked.bytes,
    firstDimensionId: largestDimensionId + 1,
    carried: { messages, nextLink },
  };
}
