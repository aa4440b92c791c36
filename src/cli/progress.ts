/** Progress of a run on standard error: one line that is rewritten on a terminal, a line now and then elsewhere. */

const TERMINAL_INTERVAL_MS = 200;
const PLAIN_INTERVAL_MS = 10_000;

export interface Progress {
  station(id: string, done: number, total: number): void;
  reports(count: number): void;
  /** Prints a message without tearing the progress line. */
  message(text: string): void;
  /** Removes the progress line. */
  end(): void;
}

export function createProgress(quiet: boolean, stream: NodeJS.WriteStream = process.stderr): Progress {
  const terminal = stream.isTTY === true;
  const started = Date.now();
  let shown = terminal ? 0 : started;
  let current = { id: '', done: 0, total: 0 };
  const clear = (): void => {
    if (terminal && !quiet) stream.write('\r\u001b[K');
  };
  const show = (count: number): void => {
    const now = Date.now();
    if (quiet || now - shown < (terminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    shown = now;
    const { id, done, total } = current;
    const text = `station ${done + 1} of ${total}, ${id}: ${count} reports${timeLeft(now - started, done, total)}`;
    stream.write(terminal ? `\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}` : `${text}\n`);
  };
  return {
    station(id, done, total) {
      current = { id, done, total };
      show(0);
    },
    reports: show,
    message(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end: clear,
  };
}

function timeLeft(elapsedMs: number, done: number, total: number): string {
  if (done === 0 || total < 2) return '';
  const seconds = Math.round((elapsedMs / 1000 / done) * (total - done));
  return `, about ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`;
}
