/**
 * Inputs that can be read only once (standard input, pipes) are copied to a temporary folder before the run looks at them:
 * a run reads each input several times, to tell its format, to hash it, to harvest it, and again where it is not in order.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { asStorageError, UsageError } from '../errors.js';
import type { InputFile } from '../records/input.js';
import { SEARCH_LENGTH } from '../sources/beginning.js';

/** Input paths that can be read any number of times. */
export interface SpooledInputs {
  /** The paths in their order, those of single-pass inputs replaced by those of their copies. */
  paths: string[];
  /** One sentence for each input that was not copied to its end. */
  warnings: string[];
  /** Removes the copies. */
  remove(): Promise<void>;
}

/** What is done about single-pass inputs beside copying them. */
export interface SpoolOptions {
  signal?: AbortSignal | undefined;
  /**
   * Whether an input whose first 16 MiB are these is worth copying: one that never ends would fill the disk. What is copied of
   * another one is refused when it is read.
   */
  isWanted(beginning: InputFile): Promise<boolean>;
}

/**
 * @param paths as the user gave them; `-` is standard input
 * @throws StorageError where an input cannot be read or the temporary folder (`TMPDIR`) cannot hold the copy,
 *   UsageError where `-` is given twice, and the reason of `signal` when it is aborted, after removing the copies
 */
export async function spoolInputs(paths: readonly string[], options: SpoolOptions): Promise<SpooledInputs> {
  let folder: string | undefined;
  const remove = async (): Promise<void> => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    if (paths.indexOf('-') !== paths.lastIndexOf('-'))
      throw new UsageError('STDIN_TWICE', 'standard input (-) can be given only once');
    const spooled: string[] = [];
    const warnings: string[] = [];
    for (const [i, path] of paths.entries()) {
      if (path !== '-' && !(await isSinglePass(path))) {
        spooled.push(path);
        continue;
      }
      folder ??= await mkdtemp(join(tmpdir(), `harvest-${process.pid}-`));
      const copy = join(folder, path === '-' ? 'standard-input' : `${i}-${basename(path)}`);
      await copyStream(path, copy, { ...options, warn: (text) => warnings.push(text) });
      spooled.push(copy);
    }
    return { paths: spooled, warnings, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Pipes, sockets and devices; what is missing or a pattern is left to those who read it. */
async function isSinglePass(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/** What is done about one of them. */
interface CopyOptions extends SpoolOptions {
  warn(text: string): void;
}

async function copyStream(path: string, copy: string, options: CopyOptions): Promise<void> {
  const { signal } = options;
  const from = path === '-' ? process.stdin : createReadStream(path);
  const to = createWriteStream(copy, { flags: 'wx', mode: 0o600 });
  const wanted = (chunks: AsyncIterable<Uint8Array>) =>
    untilNothing(whileWanted(chunks, basename(copy), options), basename(copy), options);
  try {
    await pipeline(from, wanted, to, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw asStorageError(error, 'cannot copy', `${path === '-' ? 'standard input' : path} to ${copy}`);
  }
}

/** So many zeros and blanks in a row (256 MiB and a little, more than any reader passes over) are the end of a stream. */
const LONGEST_NOTHING = 2 ** 28 + 2 ** 20;

/** The chunks up to where nothing but zeros and blanks comes any more. */
async function* untilNothing(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { warn }: CopyOptions,
): AsyncGenerator<Uint8Array> {
  let nothing = 0;
  for await (const chunk of chunks) {
    yield chunk;
    nothing = chunk.every(isNothing) ? nothing + chunk.length : 0;
    if (nothing <= LONGEST_NOTHING) continue;
    warn(`${name} was read no further than ${nothing} bytes of zeros and blanks in a row`);
    return;
  }
}

/** NUL, blank, tab and line ends; most bytes of data are told by the first comparison. */
function isNothing(byte: number): boolean {
  return byte <= 0x20 && (byte === 0 || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** The chunks; of what is not wanted, those in which the format is looked for. */
async function* whileWanted(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { isWanted }: SpoolOptions,
): AsyncGenerator<Uint8Array> {
  let beginning: Uint8Array[] | null = [];
  let length = 0;
  for await (const chunk of chunks) {
    yield chunk;
    if (beginning === null) continue;
    beginning.push(chunk);
    length += chunk.length;
    if (length < SEARCH_LENGTH) continue;
    const parts: readonly Uint8Array[] = beginning;
    beginning = null;
    const file: InputFile = {
      path: name,
      name,
      async *chunks() {
        yield* parts;
      },
    };
    if (!(await isWanted(file))) return;
  }
}
