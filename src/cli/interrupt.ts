/** Ctrl-C and SIGTERM: the first one ends the run cleanly, within two seconds; the second one ends the process. */
import { EXIT } from '../errors.js';
import { writeMessages } from './messages.js';

/** Less than the two seconds that are promised. */
const DEADLINE_MS = 1800;

/** Does `work` with a signal that the first Ctrl-C aborts. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let deadline: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted);
    abort.abort();
    // Something outside, such as git asking a remote, may not heed it: what it leaves is swept by the next run.
    deadline = setTimeout(() => {
      writeMessages('interrupted: finished stations are complete; run the same command again to go on\n');
      process.exit(EXIT.interrupted);
    }, DEADLINE_MS);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work(abort.signal);
  } finally {
    clearTimeout(deadline);
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  }
}
