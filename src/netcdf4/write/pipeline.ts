/**
 * The ordered pipeline between `append` and the file: chunks are compressed on the thread pool in any order and land in the
 * file in the order in which they were submitted, so that the bytes of a file do not depend on timing.
 */
import type { Sink } from './sink.js';

/** One unit of work: `work` runs off the main thread, `land` then puts the result into the file. */
export interface Job {
  /** Uncompressed bytes that the job holds in memory. */
  readonly cost: number;
  readonly work: Promise<unknown> | undefined;
  land(sink: Sink): void;
}

export interface Pipeline {
  submit(job: Job): void;
  /** Resolves when less than the bound is in flight; rejects with the first error. */
  ready(): Promise<void>;
  /** Resolves when everything submitted has landed; rejects with the first error. */
  drain(): Promise<void>;
  /** The first error of compression or writing. */
  readonly failure: { readonly error: unknown } | undefined;
}

interface Waiter {
  satisfied(): boolean;
  resolve(): void;
  reject(error: unknown): void;
}

/** `onFailure` is called once, with the first error, before anyone who waits learns of it. */
export function createPipeline(sink: Sink, maxPendingBytes: number, onFailure: () => void): Pipeline {
  const queue: Job[] = [];
  let pendingBytes = 0;
  let running = false;
  let failure: { error: unknown } | undefined;
  let waiters: Waiter[] = [];

  const wake = (): void => {
    const before = waiters;
    waiters = [];
    for (const waiter of before) {
      if (failure !== undefined) waiter.reject(failure.error);
      else if (waiter.satisfied()) waiter.resolve();
      else waiters.push(waiter);
    }
  };

  const pump = async (): Promise<void> => {
    try {
      for (let job = queue[0]; job !== undefined; job = queue[0]) {
        if (job.work !== undefined) await job.work;
        job.land(sink);
        queue.shift();
        pendingBytes -= job.cost;
        if (sink.full) await sink.flush();
        if (waiters.length > 0) wake();
      }
    } catch (error) {
      failure = { error };
      queue.length = 0;
      onFailure();
    }
    running = false;
    wake();
  };

  const wait = async (satisfied: () => boolean): Promise<void> => {
    if (failure !== undefined) throw failure.error;
    if (satisfied()) return;
    await new Promise<void>((resolve, reject) => waiters.push({ satisfied, resolve, reject }));
  };

  return {
    get failure() {
      return failure;
    },
    submit(job) {
      // The rejection is seen when the job's turn comes; until then, and after a failure, it must not end the process.
      job.work?.catch(() => undefined);
      if (failure !== undefined) return;
      queue.push(job);
      pendingBytes += job.cost;
      if (running) return;
      running = true;
      void pump();
    },
    // A chunk larger than the bound must not wait for itself for ever: an idle pipeline is always ready.
    ready: () => wait(() => pendingBytes < maxPendingBytes || !running),
    drain: () => wait(() => !running),
  };
}
