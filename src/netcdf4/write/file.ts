/** The file: from the temporary name to the final one, in an order that never leaves half a file under the final name. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asStorageError, HarvestError } from '../../errors.js';
import { checkDescriptor } from '../read/structure.js';
import { encodeSuperblock, SUPERBLOCK_BYTES } from '../superblock.js';
import type { CreateOptions } from '../types.js';
import { createEncoder } from './encoder.js';
import { finishRows } from './finish.js';
import { groupHandle } from './group.js';
import type { NetcdfFile } from './handles.js';
import { encodeMetadata } from './metadata.js';
import { createGroupNode, type FileContext, type GroupNode } from './model.js';
import { checkOptions, type Settings } from './options.js';
import { createPipeline } from './pipeline.js';
import { includeGroups } from './prepared.js';
import { createSink, type OutputHandle, writeAll } from './sink.js';

/** Constant, so that the bytes of a file do not change with versions of the software. */
const PROVENANCE = 'version=2,radiosonde-harvester=1';

/** Opens a file for writing and reading; tests give one whose handles fail. */
export type OpenOutput = (path: string, flags: string) => Promise<OutputHandle>;

/** A hidden name beside `path` that no other writer uses. */
function temporaryPathOf(path: string): string {
  const unique = randomBytes(6).toString('hex');
  return join(dirname(path), `.${basename(path)}.${process.pid}.${unique}.tmp`);
}

/** As `createNetcdf`, with the function that opens files. */
export async function createWith(
  openOutput: OpenOutput,
  path: string,
  options: CreateOptions,
): Promise<NetcdfFile> {
  const temporaryPath = temporaryPathOf(path);
  const settings = checkOptions(path, options);
  const handle = await openOutput(temporaryPath, 'wx+').catch((error: unknown) => {
    throw asStorageError(error, 'create', temporaryPath);
  });
  const root = createGroupNode('', undefined);
  root.attributes.set('_NCProperties', PROVENANCE);
  const place = { path, temporaryPath, handle, openOutput };
  return startFile(place, settings, root);
}

/**
 * Creates the netCDF-4 file `path`; its bytes go to a temporary file in the same folder until `close`. Throws `StorageError`
 * when that cannot be created, `NETCDF_RANGE` for an option out of range.
 */
export function createNetcdf(path: string, options: CreateOptions = {}): Promise<NetcdfFile> {
  return createWith(open, path, options);
}

/** Where a file is being written. */
interface OutputPlace {
  readonly path: string;
  readonly temporaryPath: string;
  readonly handle: OutputHandle;
  readonly openOutput: OpenOutput;
}

/** The handle of a file that is written at `place`. */
function startFile(place: OutputPlace, settings: Settings, root: GroupNode): NetcdfFile {
  const { path, temporaryPath, handle } = place;
  const sink = createSink(handle, SUPERBLOCK_BYTES);
  const pipeline = createPipeline(sink, settings.maxPendingBytes, () => void abort());
  let open = true;
  let removal: Promise<void> | undefined;
  let published = false;
  const context: FileContext = {
    pipeline,
    encode: createEncoder(),
    defaults: settings.defaults,
    dimensions: [],
    variables: [],
    included: [],
    assertOpen(where) {
      if (pipeline.failure !== undefined)
        throw asStorageError(pipeline.failure.error, 'write', temporaryPath);
      if (!open) throw new HarvestError('NETCDF_CLOSED', `${where}: the file ${path} is closed`);
    },
  };

  const abort = (): Promise<void> => {
    open = false;
    removal ??= published ? Promise.resolve() : removeOutput(place);
    return removal;
  };
  const failing = async (error: unknown): Promise<never> => {
    await abort();
    throw asStorageError(error, 'write', temporaryPath);
  };
  const misplaced = async (error: unknown): Promise<never> => {
    await abort();
    throw asStorageError(error, 'publish', path);
  };
  const complete = async (): Promise<{ bytes: number }> => {
    // What went wrong first is what is reported, not that rows are missing because of it.
    if (pipeline.failure !== undefined) throw pipeline.failure.error;
    finishRows(context);
    await pipeline.drain();
    const base = sink.place(new Uint8Array(0), 8);
    const metadata = encodeMetadata(base, context, root);
    sink.place(metadata.bytes);
    const bytes = sink.position;
    await sink.flush(true);
    await writeAll(handle, encodeSuperblock(bytes, metadata.rootAddress), 0);
    await handle.sync();
    checkDescriptor(handle.fd, path);
    await handle.close();
    return { bytes };
  };
  const publish = async (): Promise<void> => {
    await rename(temporaryPath, path);
    published = true;
    await syncFolder(place);
  };
  const seal = async (): Promise<{ bytes: number }> => {
    if (pipeline.failure === undefined) context.assertOpen('/');
    open = false;
    return complete().catch(failing);
  };

  return {
    path,
    temporaryPath,
    root: groupHandle(context, root),
    include(prepared, dimensionOf) {
      context.assertOpen('/');
      includeGroups(context, root, prepared, dimensionOf);
    },
    async ready() {
      if (pipeline.failure === undefined) context.assertOpen('/');
      await pipeline.ready().catch(failing);
    },
    seal,
    publish: () => publish().catch(misplaced),
    async close() {
      const sealed = await seal();
      await publish().catch(misplaced);
      return sealed;
    },
    abort,
  };
}

/** A rename is on the disk only when its folder is. */
async function syncFolder(place: OutputPlace): Promise<void> {
  const folder = await place.openOutput(dirname(place.path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeOutput(place: OutputPlace): Promise<void> {
  // Whatever led here is the error to report; a handle that does not close must not hide it or keep the file.
  await place.handle.close().catch(() => undefined);
  await rm(place.temporaryPath, { force: true }).catch(() => undefined);
}
