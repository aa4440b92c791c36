/** At most so many requests at once to one host, in the order in which they came, and none while the host wants a rest. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface HostQueue {
  /**
   * Waits for a free place.
   *
   * @returns gives the place back; further calls of it do nothing
   * @throws the reason of the signal
   */
  enter(host: string, signal?: AbortSignal): Promise<() => void>;
  /** No further request to this host begins within so many milliseconds. */
  pause(host: string, ms: number): void;
}

interface HostState {
  running: number;
  waiting: (() => void)[];
  pausedUntil: number;
}

/** @param perHost places per host */
export function createHostQueue(perHost: number): HostQueue {
  const hosts = new Map<string, HostState>();
  const stateOf = (host: string): HostState => {
    const state = hosts.get(host) ?? { running: 0, waiting: [], pausedUntil: 0 };
    hosts.set(host, state);
    return state;
  };

  async function enter(host: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const state = stateOf(host);
    if (state.running < perHost) state.running++;
    else await turnOf(state, signal);
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      const next = state.waiting.shift();
      // The place is handed on, so that nobody who comes now can take it first.
      if (next !== undefined) next();
      else state.running--;
    };
    try {
      for (let rest = restOf(state); rest > 0; rest = restOf(state))
        await sleep(rest, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      leave();
      signal?.throwIfAborted();
      throw error;
    }
    return leave;
  }

  return {
    enter,
    pause(host, ms) {
      const state = stateOf(host);
      state.pausedUntil = Math.max(state.pausedUntil, performance.now() + ms);
    },
  };
}

function restOf(state: HostState): number {
  return Math.ceil(state.pausedUntil - performance.now());
}

function turnOf(state: HostState, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const take = (): void => {
      signal?.removeEventListener('abort', abort);
      resolve();
    };
    const abort = (): void => {
      state.waiting.splice(state.waiting.indexOf(take), 1);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    state.waiting.push(take);
  });
}
