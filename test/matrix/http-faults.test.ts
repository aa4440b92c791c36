/**
 * Every fault of a network that the archive server of the tests can play, against one download: in the end there is either
 * the complete file under its name, or the old file and a typed error, within the time of the case, and never anything else.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HarvestError } from '../../src/errors.js';
import { syncArchive } from '../../src/fetch/download/archive.js';
import { downloadFile } from '../../src/fetch/download/download.js';
import { type Fault, startArchiveServer } from '../support/archive-server.js';
import {
  checkedBytes,
  failureOf,
  impatientClient,
  partBegun,
  sha256Of,
  temporaryFolder,
  verifyChecked,
} from '../support/archive-server-client.js';

const PATH = 'access/data-por/USM00072201-data.txt.zip';
const CONTENT = checkedBytes(1, 300_000);
const NEXT = checkedBytes(2, 250_000);
const OLD = Buffer.from('the edition of the last run');
/** No case may take longer (ms): the client of the tests waits for 0.3 s and tries three times. */
const IN_TIME = 8000;
/** Longest silence (ms). */
const IDLE = 300;

interface Case {
  name: string;
  fault: Fault;
  /** A download that was cut in the middle before: its rest is asked for. */
  resumed?: boolean;
  /** Code of the error; without it the file must be complete. */
  code?: string;
  /** It is a matter of chance whether the file is complete before the error of `code`. */
  either?: boolean;
  /** What the file is in the end, where it is not the first edition. */
  content?: Buffer;
}

const cases: Case[] = [
  { name: '200 on Range', fault: { kind: 'ignore-range' }, resumed: true },
  { name: 'wrong 206 offset', fault: { kind: 'wrong-offset' }, resumed: true },
  { name: 'wrong 206 total', fault: { kind: 'wrong-total' }, resumed: true },
  { name: '206 of another edition', fault: { kind: 'wrong-etag' }, resumed: true },
  { name: '206 without a range asked', fault: { kind: 'status', status: 206 }, code: 'HTTP_RANGE' },
  { name: '304 without a condition', fault: { kind: 'status', status: 304 }, code: 'HTTP_304' },
  { name: '416 on the rest', fault: { kind: 'status', status: 416, times: 1 }, resumed: true },
  { name: '416 always', fault: { kind: 'status', status: 416 }, resumed: true, code: 'HTTP_416' },
  { name: 'a damaged rest', fault: { kind: 'damage', times: 1 }, resumed: true },
  { name: 'damaged always', fault: { kind: 'damage' }, code: 'DOWNLOAD_DAMAGED' },
  {
    name: 'damaged always, after a resume',
    fault: { kind: 'damage' },
    resumed: true,
    code: 'DOWNLOAD_DAMAGED',
  },
  { name: 'short body', fault: { kind: 'short', times: 2 } },
  // Every attempt brings half of what is missing, and three are not enough.
  { name: 'short body always', fault: { kind: 'short' }, code: 'HTTP_CONNECTION' },
  { name: 'short body with a length to match', fault: { kind: 'short-length' }, code: 'DOWNLOAD_DAMAGED' },
  { name: 'long body', fault: { kind: 'long' }, code: 'HTTP_CONNECTION', either: true },
  { name: 'long body with a length to match', fault: { kind: 'long-length' }, code: 'DOWNLOAD_DAMAGED' },
  { name: 'reset at 0 %', fault: { kind: 'reset', at: 0, times: 2 } },
  { name: 'reset at 1 %', fault: { kind: 'reset', at: 0.01, times: 2 } },
  { name: 'reset at 50 %', fault: { kind: 'reset', at: 0.5, times: 2 } },
  { name: 'reset at 99 %', fault: { kind: 'reset', at: 0.99, times: 2 } },
  { name: 'reset always', fault: { kind: 'reset', at: 0 }, code: 'HTTP_CONNECTION' },
  { name: 'reset in every rest', fault: { kind: 'reset', at: 0.5 }, resumed: true, code: 'HTTP_CONNECTION' },
  { name: 'stall before the answer', fault: { kind: 'stall', at: 0 }, code: 'HTTP_TIMEOUT' },
  { name: 'stall in the body', fault: { kind: 'stall', at: 0.5 }, code: 'HTTP_TIMEOUT' },
  { name: 'stall that passes', fault: { kind: 'stall', at: 0.5, times: 1 } },
  { name: 'one byte per second', fault: { kind: 'trickle', everyMs: 1000 }, code: 'HTTP_TIMEOUT' },
  {
    name: 'one byte, again and again, within the idle time',
    fault: { kind: 'trickle', everyMs: 50 },
    code: 'HTTP_SLOW',
  },
  { name: '403', fault: { kind: 'status', status: 403, body: '<html>no</html>' }, code: 'HTTP_403' },
  { name: '404', fault: { kind: 'status', status: 404, body: '<html>no</html>' }, code: 'HTTP_404' },
  { name: '404 on the rest', fault: { kind: 'status', status: 404 }, resumed: true, code: 'HTTP_404' },
  {
    name: '429 with Retry-After',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' }, times: 1 },
  },
  {
    name: '429 with Retry-After of a day',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '86400' } },
    code: 'HTTP_429',
  },
  {
    name: '500 with HTML',
    fault: { kind: 'status', status: 500, body: '<html>oops</html>' },
    code: 'HTTP_500',
  },
  {
    name: '500 with HTML on the rest',
    fault: { kind: 'status', status: 500, body: '<html>', times: 1 },
    resumed: true,
  },
  {
    name: '200 with HTML',
    fault: { kind: 'status', status: 200, body: '<html>maintenance</html>' },
    code: 'DOWNLOAD_DAMAGED',
  },
  { name: '200 with nothing', fault: { kind: 'status', status: 200 }, code: 'DOWNLOAD_DAMAGED' },
  { name: 'redirect loop', fault: { kind: 'redirect', to: `/${PATH}` }, code: 'HTTP_TOO_MANY_REDIRECTS' },
  {
    name: 'redirect to http elsewhere',
    fault: { kind: 'redirect', to: 'http://evil.example/' },
    code: 'HTTP_REDIRECT_REFUSED',
  },
  {
    name: 'redirect to https elsewhere',
    fault: { kind: 'redirect', to: 'https://evil.example/' },
    code: 'HTTP_REDIRECT_REFUSED',
  },
  {
    name: 'redirect to file',
    fault: { kind: 'redirect', to: 'file:///etc/passwd' },
    code: 'HTTP_REDIRECT_REFUSED',
  },
  {
    name: 'redirect to link-local',
    fault: { kind: 'redirect', to: 'http://169.254.169.254/latest/meta-data/' },
    code: 'HTTP_REDIRECT_REFUSED',
  },
  {
    name: 'redirect to another port',
    fault: { kind: 'redirect', to: 'http://127.0.0.1:1/' },
    code: 'HTTP_REDIRECT_REFUSED',
  },
  {
    name: 'redirect to ftp',
    fault: { kind: 'redirect', to: 'ftp://127.0.0.1/' },
    code: 'HTTP_REDIRECT_REFUSED',
  },
  { name: 'redirect to data', fault: { kind: 'redirect', to: 'data:,hello' }, code: 'HTTP_REDIRECT_REFUSED' },
  { name: 'validator changed midway', fault: { kind: 'change', content: NEXT, times: 1 }, content: NEXT },
  { name: 'no validator', fault: { kind: 'no-validator' } },
  { name: 'Content-Encoding on a zip', fault: { kind: 'encoding' }, code: 'HTTP_ENCODING' },
  {
    name: 'Content-Encoding on the rest',
    fault: { kind: 'encoding', encoding: 'br' },
    resumed: true,
    code: 'HTTP_ENCODING',
  },
  { name: 'no length, chunked', fault: { kind: 'no-length' } },
  { name: 'no length, to the end of the connection', fault: { kind: 'no-length', close: true } },
  { name: 'no length, and cut', fault: { kind: 'no-length-cut' }, code: 'DOWNLOAD_DAMAGED' },
  { name: 'bytes without end', fault: { kind: 'endless' }, code: 'HTTP_LENGTH' },
];

const listings: Case[] = [
  { name: 'empty listing', fault: { kind: 'empty-listing' }, code: 'HTTP_LISTING' },
  { name: 'truncated listing', fault: { kind: 'truncated-listing' }, code: 'HTTP_LISTING' },
  { name: 'listing cut off', fault: { kind: 'short' }, code: 'HTTP_CONNECTION' },
  { name: 'listing that stalls', fault: { kind: 'stall', at: 0.5 }, code: 'HTTP_TIMEOUT' },
  { name: 'listing without end', fault: { kind: 'endless' }, code: 'HTTP_LISTING' },
];

let ran = 0;

afterAll(() => {
  console.log(`HTTP faults: ${ran} cases`);
  expect(ran).toBe(cases.length + listings.length);
  expect(ran).toBeGreaterThanOrEqual(24);
});

describe('a download', () => {
  it.each(cases)('with $name', async ({ fault, resumed, code, either, content = CONTENT }) => {
    const server = await startArchiveServer({ files: new Map([[PATH, CONTENT]]) });
    const temporary = temporaryFolder();
    const target = join(temporary.folder, 'USM00072201-data.txt.zip');
    try {
      writeFileSync(target, OLD);
      const download = (retries: number): ReturnType<typeof downloadFile> =>
        downloadFile({
          urls: [server.url + PATH],
          target,
          client: impatientClient([server.url], { retries, idleTimeoutMs: IDLE }),
          verify: verifyChecked,
          maxBytes: 5_000_000,
        });
      if (resumed === true) {
        server.setFault(PATH, { kind: 'reset', at: 0.5, once: partBegun(`${target}.part`) });
        await failureOf(download(0));
        expect(statSync(`${target}.part`).size).toBeGreaterThan(0);
      }
      server.setFault(PATH, fault);
      server.requests.length = 0;
      const start = performance.now();
      const outcome: unknown = await download(2).catch((error: unknown) => error);
      if (code === undefined || (either === true && !(outcome instanceof Error))) {
        expect(outcome).toMatchObject({ state: 'fetched', bytes: content.length, sha256: sha256Of(content) });
        expect(readFileSync(target).equals(content)).toBe(true);
        expect(readdirSync(temporary.folder)).toEqual(['USM00072201-data.txt.zip']);
      } else {
        expect(outcome).toBeInstanceOf(HarvestError);
        expect(outcome).toMatchObject({ code });
        expect(readFileSync(target).equals(OLD)).toBe(true);
        const aside = readdirSync(temporary.folder).includes('USM00072201-data.txt.zip.quarantine');
        expect(aside).toBe(code === 'DOWNLOAD_DAMAGED');
        // Once the fault is gone, what it left behind does no harm.
        server.clearFaults();
        await download(2);
        expect(readFileSync(target).equals(CONTENT)).toBe(true);
      }
      expect(performance.now() - start).toBeLessThan(IN_TIME);
      if (resumed === true) expect(server.requests[0]?.range).toMatch(/^bytes=\d+-$/);
      ran++;
    } finally {
      await server.close();
      temporary.remove();
    }
  });
});

describe('an archive', () => {
  it.each(listings)('with $name', async ({ fault, code }) => {
    const server = await startArchiveServer({ files: new Map([[PATH, CONTENT]]) });
    const temporary = temporaryFolder();
    const target = join(temporary.folder, 'USM00072201-data.txt.zip');
    try {
      writeFileSync(target, OLD);
      server.setFault('access/data-por/', fault);
      const start = performance.now();
      const result = await syncArchive({
        mirrors: [{ base: server.url, folder: 'access/data-por/', files: [] }],
        pattern: /^([A-Z0-9]{11})-data\.txt\.zip$/,
        atLeast: 1,
        folder: temporary.folder,
        client: impatientClient([server.url], { idleTimeoutMs: IDLE }),
        wanted: () => true,
        known: () => undefined,
        onFetched: async () => undefined,
        verify: verifyChecked,
        partSuffix: '',
      });
      expect(result).toMatchObject({
        fetched: [],
        missing: [{ name: 'access/data-por/', error: { code } }],
        withdrawn: [],
      });
      expect(readFileSync(target).equals(OLD)).toBe(true);
      expect(performance.now() - start).toBeLessThan(IN_TIME);
      ran++;
    } finally {
      await server.close();
      temporary.remove();
    }
  });
});
