/** The bytes of an answer, handed on as they arrive; an answer that stalls or trickles is an error. */
import type { Readable } from 'node:stream';
import { networkError, withoutRequest } from './network-error.js';

export interface Patience {
  /** Longest silence (ms). */
  idleTimeoutMs: number;
  /** Least mean rate over `slowWindowMs` of waiting (bytes per second): a body that trickles would hold a run for days. */
  minBytesPerSecond: number;
  slowWindowMs: number;
}

/**
 * The chunks of a body. Only the time spent waiting for the server counts, not that of the reader.
 *
 * @throws NetworkError `HTTP_TIMEOUT`, `HTTP_SLOW`, `HTTP_CONNECTION`; the reason of the signal
 */
export async function* bodyChunks(
  stream: Readable,
  url: URL,
  patience: Patience,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const { idleTimeoutMs, minBytesPerSecond, slowWindowMs } = patience;
  const chunks: AsyncIterator<Buffer> = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let waited = 0;
  let received = 0;
  try {
    for (;;) {
      const start = performance.now();
      const timer = setTimeout(
        () => stream.destroy(networkError('HTTP_TIMEOUT', url, `nothing came for ${idleTimeoutMs} ms`)),
        idleTimeoutMs,
      );
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done === true) return;
      waited += performance.now() - start;
      received += next.value.length;
      if (waited >= slowWindowMs) {
        if (received < (minBytesPerSecond * waited) / 1000) {
          throw networkError('HTTP_SLOW', url, `only ${received} bytes came in ${Math.round(waited)} ms`);
        }
        waited = 0;
        received = 0;
      }
      yield next.value;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw withoutRequest(error, url);
  } finally {
    stream.destroy();
  }
}
