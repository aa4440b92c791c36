/** What tests of downloads share: a client with little patience, a file that checks itself, and what is left in a folder. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { InputError } from '../../src/errors.js';
import { type Client, type ClientOptions, createClient } from '../../src/fetch/download/client.js';
import { createPolicy } from '../../src/fetch/download/policy.js';
import { createRandom } from './random.js';

/** A client for servers of tests: short waits, few retries. */
export function impatientClient(named: readonly string[], options: Partial<ClientOptions> = {}): Client {
  return createClient({
    policy: createPolicy({ named }),
    version: '0.0.0-test',
    // Long enough for a machine that does something else meanwhile; tests of silence set less.
    idleTimeoutMs: 3000,
    connectTimeoutMs: 1000,
    retries: 2,
    retryDelayMs: 5,
    maxRetryAfterMs: 1500,
    minBytesPerSecond: 1000,
    slowWindowMs: 400,
    ...options,
  });
}

/** Random bytes that end in their CRC-32: `verifyChecked` tells whether they are whole. */
export function checkedBytes(seed: number, bytes: number): Buffer {
  const random = createRandom(seed);
  const content = Buffer.alloc(bytes);
  for (let i = 0; i < bytes - 4; i++) content[i] = random.integer(0, 255);
  content.writeUInt32LE(crc32(content.subarray(0, bytes - 4)), bytes - 4);
  return content;
}

/** @throws InputError `ZIP_CRC` where a file is not what `checkedBytes` made */
export async function verifyChecked(path: string): Promise<void> {
  const content = await readFile(path);
  const end = content.length - 4;
  if (end < 0 || content.readUInt32LE(end) !== crc32(content.subarray(0, end)))
    throw new InputError('ZIP_CRC', `${path}: does not fit its checksum`, { file: path });
}

/** A new folder for one test, and its removal. */
export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'download-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** SHA-256 of the files of a folder by name. */
export function hashesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, sha256Of(readFileSync(join(folder, name)))]),
  );
}

/** Whether bytes of a download are in its part file: from then on a fault leaves them there. */
export function partBegun(part: string): () => boolean {
  return () => (statSync(part, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

export function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The error that a promise ends in; an error of its own where there is none. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) return outcome.error;
  throw new Error(`no failure: ${JSON.stringify(outcome.value)}`);
}
