/**
 * Lanes: where stations are harvested side by side. One lane is this thread; the others are worker threads, each with its own reader
 * and matcher. A lane does one station at a time, so that its memory is that of one station, whatever the number of stations.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { HarvestError } from '../errors.js';
import { type TransferredError, unpackError } from './error-transfer.js';
import {
  createTaskRunner,
  type RunSettings,
  type StationTask,
  type TaskHooks,
  type TaskResult,
} from './task.js';

export interface Lane {
  /** One at a time. Rejects with the error of the station, or the reason of the signal. */
  run(task: StationTask, hooks: TaskHooks): Promise<TaskResult>;
  /** Ends the lane; what it is doing is abandoned, and its temporary files stay. */
  stop(): Promise<void>;
}

/** What goes to a worker. */
export type ToWorker = { type: 'run'; task: StationTask } | { type: 'abort' };
/** What comes from a worker. */
export type FromWorker =
  | { type: 'reports'; reports: number }
  | { type: 'done'; result: TaskResult }
  | { type: 'failed'; error: TransferredError };

/** Memory of a worker's JavaScript heap; arrays of numbers lie outside. A station needs a tenth of it. */
const MAX_HEAP_MB = 2048;
/** A worker that does not end by then is ended from outside. */
const ABANDON_AFTER_MS = 1200;

/** A lane in this thread. */
export async function createLocalLane(settings: RunSettings): Promise<Lane> {
  const runner = await createTaskRunner(settings);
  return { run: (task, hooks) => runner.run(task, hooks), stop: async () => {} };
}

/** A lane in a worker thread, which is started with the first station and again after one that brought it down. */
export function createWorkerLane(settings: RunSettings): Lane {
  let worker: Worker | undefined;
  const start = (): Worker => {
    const started = startWorker(settings);
    // One that ends between two stations is not asked again, and does not end this process.
    started
      .on('error', () => {})
      .on('exit', () => {
        if (worker === started) worker = undefined;
      });
    worker = started;
    return started;
  };
  const stop = async (): Promise<void> => {
    await worker?.terminate();
    worker = undefined;
  };
  return {
    async run(task, { onReports, signal }) {
      signal?.throwIfAborted();
      const current = worker ?? start();
      const abort = (): void => {
        current.postMessage({ type: 'abort' } satisfies ToWorker);
        void wait(ABANDON_AFTER_MS, undefined, { ref: false }).then(() => current.terminate());
      };
      signal?.addEventListener('abort', abort, { once: true });
      try {
        return await resultOf(current, task, onReports);
      } catch (error) {
        if (error instanceof WorkerEnded) worker = undefined;
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    stop,
  };
}

/** A worker that ended in the middle of a station: it ran out of memory, or something else brought it down. */
class WorkerEnded extends HarvestError {}

function startWorker(workerData: RunSettings): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
}

function resultOf(
  worker: Worker,
  task: StationTask,
  onReports: ((reports: number) => void) | undefined,
): Promise<TaskResult> {
  return new Promise<TaskResult>((resolve, reject) => {
    const finish = (settle: () => void): void => {
      worker.off('message', take).off('error', ended).off('exit', ended);
      settle();
    };
    const ended = (cause: unknown): void =>
      finish(() =>
        reject(
          new WorkerEnded('WORKER_ENDED', `the worker thread ended while it harvested ${task.id}`, {
            cause,
            hint: 'Run the same command again; with --workers 1 where memory is short.',
          }),
        ),
      );
    const take = (message: FromWorker): void => {
      if (message.type === 'reports') onReports?.(message.reports);
      else if (message.type === 'done') finish(() => resolve(message.result));
      else finish(() => reject(unpackError(message.error)));
    };
    worker.on('message', take).on('error', ended).on('exit', ended);
    worker.postMessage({ type: 'run', task } satisfies ToWorker);
  });
}
