import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import { type SyncResult, syncArchive } from '../../../src/fetch/download/archive.js';
import type { ArchiveFile, SyncOptions, SyncProgress } from '../../../src/fetch/download/sync.js';
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

const FOLDER = 'access/data-por/';
const LIST = 'doc/igra2-station-list.txt';
const STATIONS = ['ACM00078861', 'AEM00041217', 'AFM00040948', 'USM00072201'];

function fileOf(station: string): string {
  return `${station}-data.txt.zip`;
}

let server: ArchiveServer;
let temporary: ReturnType<typeof temporaryFolder>;
let ledger: Map<string, ArchiveFile>;

beforeEach(async () => {
  const files = new Map<string, Buffer>([[LIST, Buffer.from('the list of stations\n')]]);
  for (const [index, station] of STATIONS.entries())
    files.set(FOLDER + fileOf(station), checkedBytes(index, 5000 * (index + 1)));
  server = await startArchiveServer({ files });
  temporary = temporaryFolder();
  ledger = new Map();
});

afterEach(async () => {
  await server.close();
  temporary.remove();
});

async function sync(overrides: Partial<SyncOptions> = {}): Promise<SyncResult> {
  return await syncArchive({
    mirrors: [{ base: server.url, folder: FOLDER, files: [LIST] }],
    pattern: /^([A-Z0-9]{11})-data\.txt\.zip$/,
    atLeast: 1,
    folder: temporary.folder,
    client: impatientClient([server.url], { retries: 0 }),
    wanted: () => true,
    known: (name) => ledger.get(name),
    onFetched: async (file) => void ledger.set(file.name, file),
    verify: async (path, name) => {
      if (name.endsWith('.zip')) await verifyChecked(path);
    },
    partSuffix: '',
    ...overrides,
  });
}

/** What the server was asked since the last look. */
function asked(): string[] {
  const seen = server.requests.map(({ path, status }) => `${status} ${path}`).sort();
  server.requests.length = 0;
  return seen;
}

/** The folder as the archive has it. */
function archived(): Record<string, string> {
  const names = [...server.files].map(
    ([path, content]) => [path.replace(/^.*\//, ''), sha256Of(content)] as const,
  );
  return Object.fromEntries(names.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('a folder of an archive', () => {
  it('is here after the first run, with the ledger to match', async () => {
    const result = await sync();
    expect(hashesOf(temporary.folder)).toEqual(archived());
    expect(result).toMatchObject({ listed: 4, unchanged: 0, missing: [], withdrawn: [] });
    expect(result.bytes).toBe([...server.files.values()].reduce((sum, { length }) => sum + length, 0));
    expect(result.fetched.map(({ name }) => name)).toEqual([
      ...STATIONS.map(fileOf),
      'igra2-station-list.txt',
    ]);
    expect(ledger.get(fileOf('ACM00078861'))).toEqual({
      name: 'ACM00078861-data.txt.zip',
      url: `${server.url}${FOLDER}ACM00078861-data.txt.zip`,
      bytes: 5000,
      sha256: sha256Of(checkedBytes(0, 5000)),
      etag: `"${sha256Of(checkedBytes(0, 5000)).slice(0, 16)}"`,
      lastModified: 'Fri, 01 Mar 2024 06:30:15 GMT',
      listed: '2024-03-01 06:30 4.9K',
      mtimeMs: Date.UTC(2024, 2, 1, 6, 30, 15),
    });
    expect(ledger.get('igra2-station-list.txt')?.listed).toBeNull();
  });

  it('costs two requests where nothing changed', async () => {
    await sync();
    asked();
    expect(await sync()).toMatchObject({ listed: 4, fetched: [], unchanged: 5, bytes: 0 });
    expect(asked()).toEqual([`200 ${FOLDER}`, `304 ${LIST}`]);
  });

  it('costs one more request per changed row, and its bytes where the content changed', async () => {
    await sync();
    asked();
    server.files.set(FOLDER + fileOf('AEM00041217'), checkedBytes(9, 7000));
    server.setModified(FOLDER + fileOf('USM00072201'), new Date('2024-04-04T04:04:04Z'));
    const result = await sync();
    expect(result).toMatchObject({ fetched: [{ name: fileOf('AEM00041217') }], unchanged: 4, bytes: 7000 });
    expect(asked()).toEqual([
      `200 ${FOLDER}`,
      `200 ${FOLDER}${fileOf('AEM00041217')}`,
      `304 ${FOLDER}${fileOf('USM00072201')}`,
      `304 ${LIST}`,
    ]);
    expect(hashesOf(temporary.folder)).toEqual(archived());
    // The new row of the unchanged file is in the ledger: the next run asks for nothing.
    await sync();
    expect(asked()).toEqual([`200 ${FOLDER}`, `304 ${LIST}`]);
  });

  it('is asked again for files that are gone or were touched here', async () => {
    await sync();
    rmSync(join(temporary.folder, fileOf('ACM00078861')));
    writeFileSync(join(temporary.folder, fileOf('AEM00041217')), 'short');
    utimesSync(join(temporary.folder, fileOf('AFM00040948')), 1, 1);
    expect(await sync()).toMatchObject({ unchanged: 2 });
    expect(hashesOf(temporary.folder)).toEqual(archived());
  });

  it('does not trust the row of a file that changed while it was fetched', async () => {
    const young = FOLDER + fileOf('ACM00078861');
    server.setModified(young, new Date());
    await sync();
    asked();
    expect(ledger.get(fileOf('ACM00078861'))?.listed).toBeNull();
    await sync();
    expect(asked()).toContain(`304 ${young}`);
  });

  it('gives the wanted stations only', async () => {
    const result = await sync({ wanted: (station) => station === 'AFM00040948' });
    expect(result).toMatchObject({ listed: 4 });
    expect(Object.keys(hashesOf(temporary.folder))).toEqual([
      fileOf('AFM00040948'),
      'igra2-station-list.txt',
    ]);
  });

  it('keeps what the archive has withdrawn, and names it', async () => {
    await sync();
    const before = hashesOf(temporary.folder);
    server.files.delete(FOLDER + fileOf('ACM00078861'));
    server.files.delete(FOLDER + fileOf('USM00072201'));
    const result = await sync({ wanted: (station) => station !== 'USM00072201' });
    expect(result.withdrawn).toEqual([fileOf('ACM00078861')]);
    expect(hashesOf(temporary.folder)).toEqual(before);
  });

  it('tells how far it is', async () => {
    const seen: SyncProgress[] = [];
    await sync({ onProgress: (progress) => void seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ done: 5, total: 5 });
    expect(
      seen.every(
        ({ done, bytes }, i) => i === 0 || (done >= seen[i - 1]!.done && bytes >= seen[i - 1]!.bytes),
      ),
    ).toBe(true);
  });

  it('is recorded one file after the other', async () => {
    let running = 0;
    let most = 0;
    await sync({
      onFetched: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
      },
    });
    expect(most).toBe(1);
  });

  it('goes on with the part file of this process only', async () => {
    const path = FOLDER + fileOf('USM00072201');
    const part = join(temporary.folder, `${fileOf('USM00072201')}.shard-2-of-4.part`);
    server.setFault(path, { kind: 'reset', at: 0.5, once: partBegun(part) });
    await sync({ partSuffix: '.shard-2-of-4' });
    expect(statSync(part).size).toBeGreaterThan(0);
    server.clearFaults();
    asked();
    await sync({ partSuffix: '.shard-2-of-4' });
    expect(asked()).toContain(`206 ${path}`);
    expect(hashesOf(temporary.folder)).toEqual(archived());
  });
});

describe('what fails', () => {
  it('costs its own file: the old one stays, the others are fetched', async () => {
    await sync();
    const before = readFileSync(join(temporary.folder, fileOf('ACM00078861')));
    for (const station of STATIONS) server.files.set(FOLDER + fileOf(station), checkedBytes(20, 3000));
    server.setFault(FOLDER + fileOf('ACM00078861'), { kind: 'status', status: 403 });
    server.setFault(FOLDER + fileOf('AEM00041217'), { kind: 'damage' });
    const result = await sync();
    expect(result.missing).toMatchObject([
      { name: fileOf('ACM00078861'), error: { code: 'HTTP_403' } },
      { name: fileOf('AEM00041217'), error: { code: 'DOWNLOAD_DAMAGED' } },
    ]);
    expect(result.fetched.map(({ name }) => name)).toEqual([fileOf('AFM00040948'), fileOf('USM00072201')]);
    expect(readFileSync(join(temporary.folder, fileOf('ACM00078861'))).equals(before)).toBe(true);
  });

  it.each([
    ['is empty', { kind: 'empty-listing' }, 'HTTP_LISTING'],
    ['is cut', { kind: 'truncated-listing' }, 'HTTP_LISTING'],
    ['is refused', { kind: 'status', status: 403 }, 'HTTP_403'],
    ['comes compressed', { kind: 'encoding' }, 'HTTP_ENCODING'],
  ] as const)('before the first file where the listing %s: nothing is touched', async (_, fault, code) => {
    await sync();
    const before = hashesOf(temporary.folder);
    server.setFault(FOLDER, fault);
    expect(await sync()).toMatchObject({
      listed: 0,
      fetched: [],
      missing: [
        { name: FOLDER, error: { code } },
        { name: 'igra2-station-list.txt', error: { code } },
      ],
      withdrawn: [],
    });
    expect(hashesOf(temporary.folder)).toEqual(before);
  });

  it('is a listing that lost most of its files', async () => {
    server.files.delete(FOLDER + fileOf('ACM00078861'));
    expect((await sync({ knownCount: 6 })).missing).toEqual([]);
    expect((await sync({ knownCount: 7 })).missing).toMatchObject([
      { name: FOLDER, error: { code: 'HTTP_LISTING' } },
      {},
    ]);
    expect((await sync({ atLeast: 4 })).missing).toMatchObject([{ error: { code: 'HTTP_LISTING' } }, {}]);
  });

  it('at the first mirror is fetched from the second, which then comes first', async () => {
    const second = await startArchiveServer({
      files: new Map([...server.files].map(([path, content]) => [`igra/${path}`, content])),
      listingStyle: 'pre',
    });
    try {
      const mirrors = [
        { base: server.url, folder: FOLDER, files: [LIST] },
        { base: `${second.url}igra/`, folder: FOLDER, files: [LIST] },
      ];
      const client = impatientClient([server.url, second.url], { retries: 0 });
      server.setFault(FOLDER + fileOf('ACM00078861'), { kind: 'status', status: 404 });
      const result = await sync({ mirrors, client });
      expect(result.missing).toEqual([]);
      expect(ledger.get(fileOf('ACM00078861'))?.url).toBe(
        `${second.url}igra/${FOLDER}${fileOf('ACM00078861')}`,
      );
      expect(second.requests).toHaveLength(1);
      await server.down();
      asked();
      second.requests.length = 0;
      const again = await sync({ mirrors, client });
      expect(again).toMatchObject({ missing: [], unchanged: 5 });
      // Rows of this listing are the same, so only the single file is asked for.
      expect(second.requests).toHaveLength(2);
    } finally {
      await second.close();
    }
  });

  it('without a connection gives up the rest at once', async () => {
    const names = Array.from({ length: 40 }, (_, i) => fileOf(`XXM000000${String(i).padStart(2, '0')}`));
    for (const name of names) {
      server.files.set(FOLDER + name, Buffer.from('x'));
      server.setFault(FOLDER + name, { kind: 'reset', at: 0 });
    }
    const mirrors = [{ base: server.url, folder: FOLDER, files: [] }];
    const result = await sync({ mirrors, wanted: (station) => station.startsWith('XX') });
    expect(result.missing.map(({ name }) => name)).toEqual(names);
    expect(new Set(result.missing.map(({ error }) => error.code))).toEqual(new Set(['HTTP_CONNECTION']));
    // The listing, eight failures, and at most three that were on their way.
    expect(server.requests.length).toBeLessThanOrEqual(1 + 8 + 3);
  });

  it('goes on as long as some bytes come', async () => {
    const names = Array.from({ length: 12 }, (_, i) => fileOf(`XXM000000${String(i).padStart(2, '0')}`));
    for (const name of names) {
      server.files.set(FOLDER + name, Buffer.alloc(100));
      const part = join(temporary.folder, `${name}.part`);
      server.setFault(FOLDER + name, { kind: 'reset', at: 0.5, once: partBegun(part) });
    }
    await sync({ wanted: (station) => station.startsWith('XX') });
    expect(new Set(asked())).toEqual(
      new Set([`200 ${FOLDER}`, `200 ${LIST}`, ...names.map((n) => `200 ${FOLDER}${n}`)]),
    );
  });

  it('on the disk ends the run', async () => {
    expect(await failureOf(sync({ folder: join(temporary.folder, 'missing') }))).toMatchObject({
      name: 'StorageError',
    });
    server.requests.length = 0;
    const folder = join(temporary.folder, fileOf('ACM00078861'));
    mkdirSync(folder);
    expect(await failureOf(sync())).toMatchObject({ name: 'StorageError', code: 'EISDIR' });
  });

  it('in the ledger ends the run, whatever its class', async () => {
    const error = new InputError('INPUT_CHANGED', 'cannot be written');
    expect(await failureOf(sync({ onFetched: () => Promise.reject(error) }))).toBe(error);
  });

  it('because the run is stopped ends it with the reason', async () => {
    for (const station of STATIONS) server.setFault(FOLDER + fileOf(station), { kind: 'stall', at: 0.5 });
    const controller = new AbortController();
    const client = impatientClient([server.url], { idleTimeoutMs: 60_000 });
    const stopped = failureOf(sync({ client, signal: controller.signal }));
    setTimeout(() => controller.abort(new Error('stopped by hand')), 100);
    expect(await stopped).toMatchObject({ message: 'stopped by hand' });
  });
});
