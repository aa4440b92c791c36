/** The filters of a chunk: shuffle on the main thread, deflate on the thread pool. */

import { shuffle } from '../shuffle.js';
import { deflateInPool, deflateNow } from './deflater.js';
import type { RepeatedRows } from './repeated.js';

/** Below this size a round trip through the thread pool costs more than the compression itself. */
const SYNC_DEFLATE_BYTES = 16384;

/** Buffers of one size that are kept: as many as the thread pool has in work, and some that wait for it. */
const MAX_SPARE = 8;

/** How the chunks of a variable are stored. */
export interface ChunkEncoding {
  /** 0 stores chunks as they are. */
  readonly deflateLevel: number;
  readonly shuffle: boolean;
  /** Deflate without the search for repeats. */
  readonly huffmanOnly: boolean;
  readonly elementBytes: number;
}

export interface EncodedChunk {
  readonly bytes: Uint8Array;
  /** Bit n set: filter n of the variable's pipeline was skipped. */
  readonly filterMask: number;
}

/**
 * Applies the filters to a chunk, which is read before the function returns (the caller may reuse it).
 * A result of deflate that is not smaller is dropped: the shuffled bytes are stored and the filter mask says so.
 */
export type ChunkEncoder = (
  chunk: Uint8Array,
  encoding: ChunkEncoding,
) => EncodedChunk | Promise<EncodedChunk>;

/** An encoder for one file. It keeps its buffers: fresh ones cost page faults, a fifth of the time of a large file. */
export function createEncoder(): ChunkEncoder {
  const spare = new Map<number, Uint8Array[]>();
  const take = (size: number): Uint8Array => spare.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size);
  const giveBack = (buffer: Uint8Array): void => {
    const list = spare.get(buffer.length);
    if (list === undefined) spare.set(buffer.length, [buffer]);
    else if (list.length < MAX_SPARE) list.push(buffer);
  };

  return (chunk, encoding) => {
    const { deflateLevel, huffmanOnly, elementBytes } = encoding;
    if (deflateLevel === 0) return { bytes: chunk.slice(), filterMask: 0 };
    // One byte per element is in order already; `putFilters` leaves the filter out for the same reason.
    const shuffled = encoding.shuffle && elementBytes > 1;
    const plain = take(chunk.length);
    if (shuffled) shuffle(chunk, elementBytes, plain);
    else plain.set(chunk);
    const choose = (deflated: Uint8Array): EncodedChunk => {
      if (deflated.length >= plain.length) return { bytes: plain, filterMask: shuffled ? 2 : 1 };
      giveBack(plain);
      return { bytes: deflated, filterMask: 0 };
    };
    if (plain.length <= SYNC_DEFLATE_BYTES) {
      return choose(deflateNow(plain, deflateLevel, huffmanOnly));
    }
    return deflateInPool(plain, deflateLevel, huffmanOnly).then(choose);
  };
}

/** Applies the filters to a chunk that is described by how its rows repeat: written out only where that is of no use. */
export function encodeRepeated(
  values: RepeatedRows,
  encoding: ChunkEncoding,
  encode: ChunkEncoder,
): EncodedChunk | Promise<EncodedChunk> {
  const shuffled = encoding.shuffle && encoding.elementBytes > 1;
  // Shuffle works on elements: a description knows their bytes only where a row is one element.
  const known = encoding.deflateLevel > 0 && (!shuffled || values.rowBytes === encoding.elementBytes);
  const deflated = known ? values.deflate(shuffled) : null;
  return deflated === null ? encode(values.expand(), encoding) : { bytes: deflated, filterMask: 0 };
}
