/** Inputs that can be read once only: standard input, pipes, devices. */
import { Readable } from 'node:stream';
import { asStorageError, InputError } from '../errors.js';
import type { InputFile } from '../sources/source.js';
import { gzipChunks } from './gzip.js';

/** The first chunk is at least this long (or all there is), so that a format can be told from it. */
const HEAD = 4096;

/** Standard input, plain or gzip. */
export function standardInput(stdin: Readable = process.stdin): InputFile {
  return singlePassInput('-', 'standard input', () => stdin);
}

/**
 * An input that cannot be opened twice. A consumer that stops after the first chunk has only looked at it: the chunk is
 * kept and the next `chunks()` begins with it again. Once a second chunk was handed out, another `chunks()` throws
 * InputError `INPUT_READ_ONCE`. Plain and gzip bytes are read; a zip is refused with `ZIP_NOT_SEEKABLE`, because its
 * directory is at its end.
 */
export function singlePassInput(path: string, name: string, openStream: () => Readable): InputFile {
  let content: AsyncIterator<Uint8Array> | undefined;
  let first: Uint8Array | undefined;
  let spent = false;
  async function* chunks(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    if (spent) throw readTwice(path);
    content ??= decoded(path, openStream());
    if (first === undefined) {
      const start = await content.next();
      if (start.done === true)
        throw new InputError('INPUT_EMPTY', `${path} is empty`, { file: path, byteOffset: 0 });
      first = start.value;
    }
    yield first;
    for (let next = await content.next(); next.done !== true; next = await content.next()) {
      spent = true;
      signal?.throwIfAborted();
      yield next.value;
    }
  }
  return { path, name, chunks };
}

async function* decoded(path: string, stream: Readable): AsyncGenerator<Uint8Array> {
  const blocks = rawBlocks(path, stream);
  const head = await collect(blocks, 4);
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5 || head[2] === 7)) {
    throw new InputError('ZIP_NOT_SEEKABLE', `${path}: a zip archive cannot be read from a stream`, {
      file: path,
      hint: 'Give the path of the zip file, or the output of unzip -p.',
    });
  }
  const whole = joined(head, blocks);
  const plain =
    head[0] === 0x1f && head[1] === 0x8b
      ? gzipChunks(path, () => Readable.from(whole, { objectMode: false }))
      : whole;
  const start = await collect(plain, HEAD);
  if (start.length > 0) yield start;
  yield* plain;
}

/** At least `wanted` bytes from the iterator, fewer only at its end. */
async function collect(blocks: AsyncIterator<Uint8Array>, wanted: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    const next = await blocks.next();
    if (next.done === true) break;
    parts.push(next.value);
    length += next.value.length;
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, length);
}

async function* joined(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* rawBlocks(path: string, stream: Readable): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const block of stream as AsyncIterable<Buffer>) yield block;
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}

function readTwice(path: string): InputError {
  return new InputError(
    'INPUT_READ_ONCE',
    `${path === '-' ? 'standard input' : path} can be read only once`,
    {
      file: path,
      hint: 'Save the data to a file and give its path.',
    },
  );
}
