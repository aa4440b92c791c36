/** A folder per test file with small stations of the archive's format, removed when its tests are done. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { makeStation } from '../support/soundings.js';

export interface Workspace {
  folder: string;
  /** The path of a name in the folder. */
  path(...names: string[]): string;
  /** Writes a file, with the folders above it, and returns its path. */
  write(name: string, content: string | Uint8Array): string;
}

export function createWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'harvest-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (...names: string[]): string => join(folder, ...names);
  return {
    folder,
    path,
    write(name, content) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}

/** The bytes of a station made up from a seed; about 2 KB per sounding. */
export function stationBytes(id: string, soundings = 6, seed = 1): Buffer {
  return encodeIgra2(makeStation(seed, { id, soundings }));
}
