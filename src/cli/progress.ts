/**
 * Progress of a run on standard error: a few lines that are rewritten on a terminal, a line now and then elsewhere. Rates are bytes of
 * input per second, and so is the time left.
 */
import { createLogUpdate } from 'log-update';
import type { RunEvent } from '../run/options.js';
import { printable, writeMessages } from './messages.js';

const TERMINAL_INTERVAL_MS = 200;
const PLAIN_INTERVAL_MS = 30_000;

export interface Progress {
  event(event: RunEvent): void;
  /** Prints a message without tearing the progress lines. */
  message(text: string): void;
  /** Removes the progress lines. */
  end(): void;
}

interface State {
  phase: string;
  since: number;
  stations: number;
  done: number;
  bytes: number;
  doneBytes: number;
  lanes: { station: string; reports: number }[];
}

export function createProgress(
  quiet: boolean,
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = Date.now,
): Progress {
  const terminal = stream.isTTY === true && !quiet;
  const update = terminal ? createLogUpdate(stream) : undefined;
  let shown = terminal ? 0 : now();
  const state: State = {
    phase: '',
    since: now(),
    stations: 0,
    done: 0,
    bytes: 0,
    doneBytes: 0,
    lanes: [],
  };
  const show = (): void => {
    const time = now();
    if (quiet || time - shown < (terminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    shown = time;
    const lines = describe(state, time);
    if (update === undefined) stream.write(`${printable(lines[0] ?? '')}\n`);
    else update(lines.map((line) => printable(line).slice(0, (stream.columns ?? 80) - 1)).join('\n'));
  };
  return {
    event(event) {
      take(state, event, now());
      show();
    },
    message(text) {
      update?.clear();
      writeMessages(`${text}\n`, stream);
    },
    end: () => update?.clear(),
  };
}

function take(state: State, event: RunEvent, time: number): void {
  switch (event.type) {
    case 'download': {
      const { done, total, bytes, name } = event;
      if (state.phase !== 'download') Object.assign(state, { phase: 'download', since: time });
      Object.assign(state, {
        done,
        stations: total,
        doneBytes: bytes,
        lanes: [{ station: name, reports: 0 }],
      });
      break;
    }
    case 'listing':
      Object.assign(state, { phase: 'listing', stations: event.files, lanes: [] });
      break;
    case 'planned': {
      const { stations, bytes } = event;
      Object.assign(state, {
        phase: 'harvest',
        since: time,
        stations,
        bytes,
        done: 0,
        doneBytes: 0,
        lanes: [],
      });
      break;
    }
    case 'started':
      state.lanes[event.lane] = { station: event.station, reports: 0 };
      break;
    case 'reports': {
      const lane = state.lanes[event.lane];
      if (lane !== undefined) lane.reports = event.reports;
      break;
    }
    case 'finished':
      state.done++;
      state.doneBytes += event.bytes;
      break;
    case 'warning':
      break;
  }
}

/** The overall line first, then one per lane. */
function describe(state: State, time: number): string[] {
  const { phase, stations, done, doneBytes, bytes, lanes } = state;
  const seconds = (time - state.since) / 1000;
  const rate = seconds > 0 ? doneBytes / seconds : 0;
  const speed = rate > 0 ? `, ${size(rate)}/s` : '';
  if (phase === 'listing') return [`looking into ${stations} files`];
  if (phase === 'download' && stations === 0) return ['asking the archive what is new'];
  if (phase === 'download')
    return [
      `fetching: ${done} of ${stations} files, ${size(doneBytes)}${speed}`,
      ...lanes.map((l) => `  ${l.station}`),
    ];
  const left = rate > 0 && doneBytes < bytes ? `, ${duration((bytes - doneBytes) / rate)} left` : '';
  return [
    `harvesting: ${done} of ${stations} stations, ${size(doneBytes)} of ${size(bytes)}${speed}${left}`,
    ...lanes.map((lane, i) => `  ${i + 1}: ${lane.station}, ${lane.reports} reports`),
  ];
}

/** Bytes for people. */
export function size(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `about ${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `about ${Math.round(seconds / 60)} min` : `about ${(seconds / 3600).toFixed(1)} h`;
}
