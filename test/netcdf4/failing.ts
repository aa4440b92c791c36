/** File handles that fail, dawdle or write less than they are asked to. */
import { open } from 'node:fs/promises';
import type { OpenOutput } from '../../src/netcdf4/write/file.js';
import type { OutputHandle } from '../../src/netcdf4/write/sink.js';

export type Call = 'open' | 'write' | 'sync' | 'close';

/** Calls of the functions of the operating system, counted; the one numbered `failAt` (from 0) fails with `code`. */
export function failingOpen(failAt: number, code = 'ENOSPC'): { open: OpenOutput; calls: Call[] } {
  const calls: Call[] = [];
  const enter = (call: Call): void => {
    calls.push(call);
    if (calls.length - 1 === failAt) throw Object.assign(new Error(`${code}: ${call}`), { code, errno: -28 });
  };
  const openOutput: OpenOutput = async (path, flags) => {
    enter('open');
    const handle = await open(path, flags);
    return {
      fd: handle.fd,
      async write(bytes, offset, length, position) {
        enter('write');
        return handle.write(bytes, offset, length, position);
      },
      async sync() {
        enter('sync');
        return handle.sync();
      },
      async close() {
        // What fails to close is closed all the same, as in the operating system.
        await handle.close();
        enter('close');
      },
    };
  };
  return { open: openOutput, calls };
}

/** Handles whose writes take some time and do no more than `most` bytes at once. */
export function slowOpen(milliseconds: () => number, most = Infinity): OpenOutput {
  return async (path, flags) => {
    const handle = await open(path, flags);
    const slow: OutputHandle = {
      fd: handle.fd,
      async write(bytes, offset, length, position) {
        await new Promise((resolve) => setTimeout(resolve, milliseconds()));
        return handle.write(bytes, offset, Math.min(length, most), position);
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
    return slow;
  };
}

/** Handles that write one byte wrong: the one at the file position `position`. */
export function corruptingOpen(position: number): OpenOutput {
  return async (path, flags) => {
    const handle = await open(path, flags);
    return {
      fd: handle.fd,
      async write(bytes, offset, length, at) {
        const copy = bytes.slice(offset, offset + length);
        if (at <= position && position < at + length)
          copy[position - at] = (copy[position - at] as number) ^ 1;
        return handle.write(copy, 0, length, at);
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  };
}
