/** The worker thread of a lane: takes one station after the other, and says how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import { packError } from './error-transfer.js';
import type { FromWorker, ToWorker } from './lane.js';
import { createTaskRunner, type RunSettings, type StationTask } from './task.js';

/** Messages about progress are as rare as a terminal needs them. */
const REPORTS_INTERVAL_MS = 200;

const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');
const abort = new AbortController();
const runner = createTaskRunner(workerData as RunSettings);
const send = (message: FromWorker): void => port.postMessage(message);

async function run(task: StationTask): Promise<void> {
  let sent = Date.now();
  const onReports = (reports: number): void => {
    const now = Date.now();
    if (now - sent < REPORTS_INTERVAL_MS) return;
    sent = now;
    send({ type: 'reports', reports });
  };
  try {
    send({ type: 'done', result: await (await runner).run(task, { onReports, signal: abort.signal }) });
  } catch (error) {
    send({ type: 'failed', error: packError(error) });
  }
}

port.on('message', (message: ToWorker) => {
  if (message.type === 'abort') abort.abort();
  else void run(message.task);
});
