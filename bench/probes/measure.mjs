// What the probes share: the clock, the bytes of an input, the compiled modules.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Imports a module of the build, by its path below `dist`. */
export function built(path) {
  return import(new URL(`../../dist/${path}`, import.meta.url).href);
}

/** Processor time of this process so far, all threads, user and system; seconds. */
export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The bytes of a file, inflated where it is gzip. */
export function readInput(path) {
  const bytes = readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** The bytes as a reader gets them. */
export async function* slices(bytes) {
  for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}

/**
 * Processor seconds of each piece of work, by its name: once to warm up, then `repeats` times, one after the other in turn, so
 * that whatever else the machine does meets all of them.
 */
export async function inTurn(repeats, works) {
  const seconds = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let i = 0; i <= repeats; i++) {
    for (const [name, work] of Object.entries(works)) {
      const started = cpuSeconds();
      await work();
      if (i > 0) seconds[name].push(cpuSeconds() - started);
    }
  }
  return seconds;
}

/** Hands the result to the bench. */
export function report(counts, seconds) {
  process.stdout.write(JSON.stringify({ counts, seconds }));
}
