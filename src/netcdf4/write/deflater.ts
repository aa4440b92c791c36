/**
 * Deflate on the thread pool with a few streams that are reset after each chunk instead of made anew: the state of a stream
 * is a quarter of a megabyte, and one per chunk would have the garbage collector run all the time.
 */
import { constants, createDeflate, deflateSync } from 'node:zlib';
import { isSystemError, StorageError } from '../../errors.js';

/** As many as the thread pool has threads by default: more would only hold memory. */
const MAX_STREAMS = 4;
/** Size of the pieces in which a stream gives its output. */
const OUTPUT_BYTES = 65_536;

/**
 * What goes through a stream between two chunks. The window of a stream keeps what was there before, and the hashes of the last bytes
 * of a chunk reach a few bytes behind its end: without this, the bytes that one chunk in some hundred becomes would depend on which
 * chunks its stream has had before, and that on timing. A new stream has zeros there, as this leaves them: two windows of 32 KiB.
 */
const BLANK = new Uint8Array(65_536);

interface Deflater {
  deflate(plain: Uint8Array): Promise<Uint8Array>;
}

/** The streams of one compression level and strategy. */
interface Pool {
  idle: Deflater[];
  made: number;
  /** Those who wait for a stream, first come, first served. */
  waiting: ((deflater: Deflater) => void)[];
}

const pools = new Map<string, Pool>();

/** The zlib stream of `plain`, made at once. */
export function deflateNow(plain: Uint8Array, level: number, huffmanOnly: boolean): Uint8Array {
  try {
    return deflateSync(plain, {
      level,
      strategy: strategyOf(huffmanOnly),
      chunkSize: Math.max(1024, plain.length),
    });
  } catch (error) {
    throw deflateError(error);
  }
}

/** Compression fails where there is no memory for it, and for no other reason that is not a fault of the program or of zlib. */
function deflateError(cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  return new StorageError('DEFLATE', `cannot compress: ${cause.message} (${cause.code})`, {
    cause,
    hint: 'Free some memory, or use fewer --workers, and run the same command again.',
  });
}

/** The same on the thread pool; `plain` must not change until the promise is settled. */
export async function deflateInPool(
  plain: Uint8Array,
  level: number,
  huffmanOnly: boolean,
): Promise<Uint8Array> {
  const key = `${level}${huffmanOnly ? ' huffman' : ''}`;
  const make = (): Deflater => createDeflater(level, huffmanOnly);
  const pool = pools.get(key) ?? { idle: [], made: 0, waiting: [] };
  pools.set(key, pool);
  const deflater = await borrow(pool, make);
  try {
    const deflated = await deflater.deflate(plain);
    giveBack(pool, deflater);
    return deflated;
  } catch (error) {
    // A stream that failed is not used again.
    giveBack(pool, make());
    throw deflateError(error);
  }
}

function strategyOf(huffmanOnly: boolean): number {
  return huffmanOnly ? constants.Z_HUFFMAN_ONLY : constants.Z_DEFAULT_STRATEGY;
}

function borrow(pool: Pool, make: () => Deflater): Deflater | Promise<Deflater> {
  const idle = pool.idle.pop();
  if (idle !== undefined) return idle;
  if (pool.made < MAX_STREAMS) {
    pool.made++;
    return make();
  }
  return new Promise((resolve) => pool.waiting.push(resolve));
}

function giveBack(pool: Pool, deflater: Deflater): void {
  const next = pool.waiting.shift();
  if (next === undefined) pool.idle.push(deflater);
  else next(deflater);
}

function createDeflater(level: number, huffmanOnly: boolean): Deflater {
  const strategy = strategyOf(huffmanOnly);
  const stream = createDeflate({ level, strategy, flush: constants.Z_FINISH, chunkSize: OUTPUT_BYTES });
  let parts: Buffer[] = [];
  let fail: ((error: Error) => void) | undefined;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('error', (error: Error) => fail?.(error));
  const run = (plain: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      fail = reject;
      stream.write(plain, (error) => {
        if (error) return reject(error);
        const deflated = Buffer.concat(parts);
        parts = [];
        stream.reset();
        resolve(deflated);
      });
    });
  let used = false;
  return {
    async deflate(plain) {
      // Without a search for repeats nothing looks at what was there before.
      if (used && !huffmanOnly) await run(BLANK);
      used = true;
      return await run(plain);
    },
  };
}
