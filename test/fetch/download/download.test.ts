import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DownloadOptions, downloadFile } from '../../../src/fetch/download/download.js';
import { type ArchiveServer, startArchiveServer } from '../../support/archive-server.js';
import {
  checkedBytes,
  failureOf,
  hashesOf,
  impatientClient,
  partBegun,
  sha256Of,
  temporaryFolder,
  verifyChecked,
} from '../../support/archive-server-client.js';

const PATH = 'access/A.zip';
const CONTENT = checkedBytes(1, 200_000);

let server: ArchiveServer;
let temporary: ReturnType<typeof temporaryFolder>;
let target: string;

beforeEach(async () => {
  server = await startArchiveServer({ files: new Map([[PATH, CONTENT]]) });
  temporary = temporaryFolder();
  target = join(temporary.folder, 'A.zip');
});

afterEach(async () => {
  await server.close();
  temporary.remove();
});

function download(overrides: Partial<DownloadOptions> = {}): ReturnType<typeof downloadFile> {
  return downloadFile({
    urls: [server.url + PATH],
    target,
    client: impatientClient([server.url]),
    verify: verifyChecked,
    ...overrides,
  });
}

/** Leaves half of the file behind, as a run does that was stopped. */
async function interrupt(): Promise<number> {
  server.setFault(PATH, { kind: 'reset', at: 0.5, once: partBegun(`${target}.part`), times: 1 });
  await failureOf(download({ client: impatientClient([server.url], { retries: 0 }) }));
  server.requests.length = 0;
  return statSync(`${target}.part`).size;
}

describe('a download', () => {
  it('has the bytes, the hash, the validators and the time of the archive, and leaves nothing else', async () => {
    let received = 0;
    const result = await download({ onBytes: (bytes) => (received += bytes) });
    expect(result).toEqual({
      state: 'fetched',
      url: server.url + PATH,
      bytes: CONTENT.length,
      sha256: sha256Of(CONTENT),
      etag: `"${sha256Of(CONTENT).slice(0, 16)}"`,
      lastModified: 'Fri, 01 Mar 2024 06:30:15 GMT',
    });
    expect(hashesOf(temporary.folder)).toEqual({ 'A.zip': sha256Of(CONTENT) });
    expect(statSync(target).mtimeMs).toBe(Date.UTC(2024, 2, 1, 6, 30, 15));
    expect(received).toBe(CONTENT.length);
  });

  it('says who asks, and wants the bytes as they are', async () => {
    await download();
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'radiosonde-harvester/0.0.0-test',
      'accept-encoding': 'identity',
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('sends nothing but a question for a file that is known and here', async () => {
    const known = await download();
    const again = await download({ known, verify: () => Promise.reject(new Error('not called')) });
    expect(again).toEqual({ ...known, state: 'unchanged' });
    expect(server.requests.at(-1)).toMatchObject({ status: 304, headers: { 'if-none-match': known.etag } });
  });

  it('compares times, not tags, with another mirror', async () => {
    const known = { ...(await download()), url: 'https://elsewhere.example/A.zip' };
    expect((await download({ known })).state).toBe('unchanged');
    expect(server.requests.at(-1)?.headers).toMatchObject({ 'if-modified-since': known.lastModified });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('if-none-match');
  });

  it('fetches a known file that has lost bytes', async () => {
    const known = await download();
    truncateSync(target, 1000);
    expect((await download({ known })).state).toBe('fetched');
    expect(hashesOf(temporary.folder)).toEqual({ 'A.zip': sha256Of(CONTENT) });
  });

  it('replaces the old edition in one step', async () => {
    const known = await download();
    const next = checkedBytes(2, 150_000);
    server.files.set(PATH, next);
    let seen = '';
    const result = await download({
      known,
      verify: async () => {
        seen = sha256Of(readFileSync(target));
      },
    });
    expect(seen).toBe(sha256Of(CONTENT));
    expect(result.sha256).toBe(sha256Of(next));
    expect(hashesOf(temporary.folder)).toEqual({ 'A.zip': sha256Of(next) });
    expect(statSync(target).mtimeMs).toBe(Date.UTC(2024, 2, 2, 6, 30, 15));
  });
});

describe('a resumed download', () => {
  it('asks for the rest only, bound to the edition, in the next run', async () => {
    const there = await interrupt();
    expect(there).toBeGreaterThan(0);
    const result = await download();
    expect(server.requests).toMatchObject([
      { status: 206, range: `bytes=${there}-`, headers: { 'if-range': result.etag } },
    ]);
    expect(result.sha256).toBe(sha256Of(CONTENT));
    expect(hashesOf(temporary.folder)).toEqual({ 'A.zip': sha256Of(CONTENT) });
  });

  it('asks for the last byte of a part that is all there', async () => {
    await interrupt();
    writeFileSync(`${target}.part`, CONTENT);
    expect((await download()).sha256).toBe(sha256Of(CONTENT));
    expect(server.requests).toMatchObject([{ status: 206, range: `bytes=${CONTENT.length - 1}-` }]);
  });

  it('starts anew where the archive has another edition by now', async () => {
    await interrupt();
    const next = checkedBytes(3, CONTENT.length);
    server.files.set(PATH, next);
    expect((await download()).sha256).toBe(sha256Of(next));
    expect(server.requests.map(({ status }) => status)).toEqual([200]);
  });

  it.each(['', '{', '{}', '{"url":1}'])('starts anew with the sidecar %j', async (sidecar) => {
    await interrupt();
    writeFileSync(`${target}.part.json`, sidecar);
    expect((await download()).sha256).toBe(sha256Of(CONTENT));
    expect(server.requests).toMatchObject([{ range: undefined }]);
  });

  it('starts anew at another URL', async () => {
    await interrupt();
    const other = PATH.replace('A.zip', 'B.zip');
    server.files.set(other, CONTENT);
    await download({ urls: [server.url + other] });
    expect(server.requests).toMatchObject([{ path: other, range: undefined }]);
  });

  it('starts anew without a check of the whole file', async () => {
    await interrupt();
    await downloadFile({ urls: [server.url + PATH], target, client: impatientClient([server.url]) });
    expect(server.requests).toMatchObject([{ range: undefined }]);
  });

  it('starts anew where nothing tells two editions apart', async () => {
    server.setFault(PATH, { kind: 'no-validator', times: 1 });
    const controller = new AbortController();
    await failureOf(download({ signal: controller.signal, onBytes: () => controller.abort() }));
    expect(statSync(`${target}.part`).size).toBeGreaterThan(0);
    server.requests.length = 0;
    await download();
    expect(server.requests).toMatchObject([{ range: undefined }]);
  });

  it.each(['wrong-offset', 'wrong-total', 'wrong-etag'] as const)(
    'does not take one byte of a rest with a %s',
    async (kind) => {
      await interrupt();
      server.setFault(PATH, { kind });
      let checked = 0;
      const verify = async (path: string): Promise<void> => {
        checked++;
        await verifyChecked(path);
      };
      let received = 0;
      const onBytes = (bytes: number): void => {
        received += bytes;
      };
      expect((await download({ verify, onBytes })).sha256).toBe(sha256Of(CONTENT));
      expect(server.requests.map(({ status }) => status)).toEqual([206, 200]);
      expect(received).toBe(CONTENT.length);
      expect(checked).toBe(1);
    },
  );

  it('is fetched once more in one piece where its joint is bad', async () => {
    const there = await interrupt();
    writeFileSync(`${target}.part`, Buffer.alloc(there));
    expect((await download()).sha256).toBe(sha256Of(CONTENT));
    expect(server.requests.map(({ status }) => status)).toEqual([206, 200]);
    expect(hashesOf(temporary.folder)).toEqual({ 'A.zip': sha256Of(CONTENT) });
  });
});

describe('a failed download', () => {
  it('keeps the old file and sets the damaged one aside', async () => {
    const known = await download();
    const next = checkedBytes(4, 100_000);
    server.files.set(PATH, next);
    server.setFault(PATH, { kind: 'damage' });
    expect(await failureOf(download({ known }))).toMatchObject({
      code: 'DOWNLOAD_DAMAGED',
      position: { file: `${target}.quarantine` },
      cause: { code: 'ZIP_CRC' },
    });
    expect(readdirSync(temporary.folder).sort()).toEqual(['A.zip', 'A.zip.quarantine']);
    expect(sha256Of(readFileSync(target))).toBe(known.sha256);
    server.clearFaults();
    expect((await download({ known })).sha256).toBe(sha256Of(next));
  });

  it('goes to the next mirror, and tells of the first one where all fail', async () => {
    server.files.set('mirror/A.zip', CONTENT);
    server.setFault(PATH, { kind: 'status', status: 404 });
    const urls = [server.url + PATH, `${server.url}mirror/A.zip`];
    expect((await download({ urls })).url).toBe(urls[1]);
    server.setFault('mirror/A.zip', { kind: 'status', status: 403 });
    expect(await failureOf(download({ urls }))).toMatchObject({ code: 'HTTP_404' });
  });

  it('is bounded by a size', async () => {
    expect(await failureOf(download({ maxBytes: 1000 }))).toMatchObject({ code: 'HTTP_LENGTH' });
    server.setFault(PATH, { kind: 'endless' });
    expect(await failureOf(download({ maxBytes: 1_000_000 }))).toMatchObject({ code: 'HTTP_LENGTH' });
    expect(server.requests).toHaveLength(2);
    expect(existsSync(target)).toBe(false);
  });

  it('ends at once at a storage error, without a retry or another mirror', async () => {
    const nowhere = join(temporary.folder, 'missing', 'A.zip');
    const urls = [server.url + PATH, `${server.url}mirror/A.zip`];
    expect(await failureOf(download({ target: nowhere, urls }))).toMatchObject({
      name: 'StorageError',
      code: 'ENOENT',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('keeps what came when it is stopped', async () => {
    server.setFault(PATH, { kind: 'stall', at: 0.5 });
    const controller = new AbortController();
    const stopped = failureOf(
      download({ signal: controller.signal, onBytes: () => setTimeout(() => controller.abort(), 50) }),
    );
    expect(await stopped).toMatchObject({ name: 'AbortError' });
    expect(statSync(`${target}.part`).size).toBeGreaterThan(0);
    server.clearFaults();
    expect((await download()).sha256).toBe(sha256Of(CONTENT));
    expect(server.requests.at(-1)?.status).toBe(206);
  });
});

describe('symbolic links and folders', () => {
  it.each(['A.zip', 'A.zip.part', 'A.zip.part.json'])('at %s lead nowhere', async (name) => {
    const outside = temporaryFolder();
    try {
      const victim = join(outside.folder, 'victim');
      writeFileSync(victim, 'untouched');
      symlinkSync(victim, join(temporary.folder, name));
      const outcome = await download().catch((error: unknown) => error);
      expect(readFileSync(victim, 'utf8')).toBe('untouched');
      // A sidecar is removed before it is written, so that one is simply replaced.
      if (name.endsWith('.json')) expect(outcome).toMatchObject({ state: 'fetched' });
      else expect(outcome).toMatchObject({ name: 'StorageError', code: 'ELOOP' });
    } finally {
      outside.remove();
    }
  });

  it('in place of the file are an error', async () => {
    mkdirSync(target);
    expect(await failureOf(download())).toMatchObject({ name: 'StorageError', code: 'EISDIR' });
  });
});
