import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, createClient, retryAfterMs } from '../../../src/fetch/download/client.js';
import { createPolicy } from '../../../src/fetch/download/policy.js';
import { type ArchiveServer, type Fault, startArchiveServer } from '../../support/archive-server.js';
import { checkedBytes, failureOf, impatientClient } from '../../support/archive-server-client.js';

const PATH = 'a.zip';
const CONTENT = checkedBytes(1, 20_000);
const COOKIE = 'session=planted-cookie-4711';
const TOKEN = 'planted-token-0815';

let server: ArchiveServer;
let closers: (() => Promise<void>)[];

beforeEach(async () => {
  server = await startArchiveServer({ files: new Map([[PATH, CONTENT]]) });
  closers = [() => server.close()];
});

afterEach(async () => {
  for (const close of closers) await close();
});

async function read(client: Client, url = server.url + PATH): Promise<Buffer> {
  return await client.get(
    url,
    async () => ({}),
    async ({ body }) => {
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  );
}

/** A second server, on another port, that remembers what it was asked. */
async function otherServer(): Promise<{ url: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const other: Server = createServer((request, response) => {
    seen.push(request);
    response.end('elsewhere');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });
  return { url: `http://127.0.0.1:${(other.address() as AddressInfo).port}/`, seen };
}

describe('retries', () => {
  it.each<[string, Fault]>([
    ['500', { kind: 'status', status: 500, times: 2 }],
    ['503', { kind: 'status', status: 503, times: 2 }],
    ['a reset', { kind: 'reset', at: 0.5, times: 2 }],
    ['a stall', { kind: 'stall', at: 0, times: 1 }],
    ['a stall midway', { kind: 'stall', at: 0.5, times: 1 }],
    ['a short body', { kind: 'short', times: 2 }],
  ])('get over %s that passes', async (_, fault) => {
    server.setFault(PATH, fault);
    const client = impatientClient([server.url], fault.kind === 'stall' ? { idleTimeoutMs: 250 } : {});
    expect((await read(client)).equals(CONTENT)).toBe(true);
    expect(server.requests).toHaveLength((fault.times ?? 0) + 1);
  });

  it.each([400, 401, 403, 404, 410, 451, 501, 204, 300])('are not spent on status %d', async (status) => {
    server.setFault(PATH, { kind: 'status', status });
    expect(await failureOf(read(impatientClient([server.url])))).toMatchObject({
      name: 'NetworkError',
      code: `HTTP_${status}`,
      position: { file: server.url + PATH },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('end with the budget of the run', async () => {
    server.setFault(PATH, { kind: 'status', status: 500 });
    const client = impatientClient([server.url], { retries: 2, retryBudget: 3 });
    for (let file = 0; file < 4; file++)
      expect(await failureOf(read(client))).toMatchObject({ code: 'HTTP_500' });
    expect(server.requests).toHaveLength(4 + 3);
  });

  it('wait as long as the archive asks', async () => {
    server.setFault(PATH, { kind: 'status', status: 429, headers: { 'retry-after': '1' }, times: 1 });
    const start = performance.now();
    expect(await read(impatientClient([server.url]))).toHaveLength(CONTENT.length);
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  it.each([429, 503])('give up for this run where the archive asks for too long (%d)', async (status) => {
    server.setFault(PATH, { kind: 'status', status, headers: { 'retry-after': '3600' } });
    expect(await failureOf(read(impatientClient([server.url])))).toMatchObject({ code: `HTTP_${status}` });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Fri, 01 Mar 2024 12:01:00 GMT', 60_000],
    ['Fri, 01 Mar 2024 11:00:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('read Retry-After %j as %j ms', (value, ms) => {
    expect(retryAfterMs(value, Date.UTC(2024, 2, 1, 12))).toBe(ms);
  });

  it('end at once when the run is stopped', async () => {
    server.setFault(PATH, { kind: 'status', status: 500 });
    const controller = new AbortController();
    const client = impatientClient([server.url], { retryDelayMs: 60_000, signal: controller.signal });
    const failure = failureOf(read(client));
    setTimeout(() => controller.abort(new Error('stopped by hand')), 50);
    expect(await failure).toMatchObject({ message: 'stopped by hand' });
    expect(await failureOf(read(client))).toMatchObject({ message: 'stopped by hand' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('connections', () => {
  it('are never more than allowed at once, and are used again', async () => {
    let open = 0;
    let most = 0;
    const sockets = new Set<unknown>();
    const slow = createServer((request, response) => {
      most = Math.max(most, ++open);
      sockets.add(request.socket);
      setTimeout(() => {
        open--;
        if (request.headers['if-none-match'] === undefined) response.end('done');
        else response.writeHead(304).end();
      }, 20);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      slow.closeAllConnections();
      await new Promise((resolve) => slow.close(resolve));
    });
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    const client = impatientClient([url], { connectionsPerHost: 3 });
    await Promise.all(Array.from({ length: 12 }, () => read(client, url)));
    const ask = (): Promise<number> =>
      client.get(
        url,
        async () => ({ 'if-none-match': '"a"' }),
        async ({ status }) => status,
      );
    expect(await Promise.all(Array.from({ length: 12 }, ask))).toEqual(Array(12).fill(304));
    expect(most).toBe(3);
    expect(sockets.size).toBe(3);
  });

  it('go on for the others when one that waits is stopped', async () => {
    server.setFault(PATH, { kind: 'stall', at: 0 });
    const client = impatientClient([server.url], { connectionsPerHost: 1, retries: 0, idleTimeoutMs: 250 });
    const first = failureOf(read(client));
    const controller = new AbortController();
    const second = failureOf(
      client.get(
        server.url,
        async () => ({}),
        async () => null,
        controller.signal,
      ),
    );
    const third = read(client, server.url);
    controller.abort(new Error('not needed'));
    expect(await second).toMatchObject({ message: 'not needed' });
    expect(await first).toMatchObject({ code: 'HTTP_TIMEOUT' });
    expect((await third).toString()).toContain('Index of');
  });

  it('that are refused are an error of their own', async () => {
    await server.down();
    const failure = await failureOf(read(impatientClient([server.url])));
    expect(failure).toMatchObject({ code: 'HTTP_CONNECTION', cause: { message: 'ECONNREFUSED' } });
    await server.up();
    expect(await read(impatientClient([server.url]))).toHaveLength(CONTENT.length);
  });

  it('go where the checked address is, and nowhere for a name that leads inside', async () => {
    const { port } = new URL(server.url);
    const named = [`http://archive.example:${port}/`];
    const resolve = async (): Promise<{ address: string; family: number }[]> => [
      { address: '127.0.0.1', family: 4 },
    ];
    const client = createClient({ policy: createPolicy({ named, resolve }), version: '0', retries: 3 });
    expect(await failureOf(read(client, `${named[0]}${PATH}`))).toMatchObject({
      code: 'HTTP_HOST_REFUSED',
      message: expect.stringContaining('127.0.0.1'),
    });
    expect(server.requests).toHaveLength(0);
    const local = [`http://localhost:${port}/`];
    const trusted = createClient({ policy: createPolicy({ named: local, resolve }), version: '0' });
    expect(await read(trusted, `${local[0]}${PATH}`)).toHaveLength(CONTENT.length);
  });
});

describe('redirects', () => {
  it('within the archive are followed, with the credentials', async () => {
    server.setFault('old.zip', { kind: 'redirect', to: `/${PATH}`, status: 301 });
    const client = impatientClient([server.url], { credentials: { cookie: COOKIE, token: TOKEN } });
    expect(await read(client, `${server.url}old.zip`)).toHaveLength(CONTENT.length);
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([
      { cookie: COOKIE, authorization: `Bearer ${TOKEN}` },
      { cookie: COOKIE, authorization: `Bearer ${TOKEN}` },
    ]);
  });

  it('to another named host are followed, without the credentials', async () => {
    const other = await otherServer();
    server.setFault(PATH, { kind: 'redirect', to: `${other.url}x` });
    const client = impatientClient([server.url, other.url], {
      credentials: { cookie: COOKIE, token: TOKEN },
    });
    expect((await read(client)).toString()).toBe('elsewhere');
    expect(other.seen).toHaveLength(1);
    expect(JSON.stringify(other.seen[0]?.rawHeaders)).not.toMatch(/planted|cookie|authorization/i);
  });

  it('do not give the credentials back on the way home', async () => {
    const other = await startArchiveServer({ files: new Map() });
    closers.push(() => other.close());
    server.setFault('start', { kind: 'redirect', to: `${other.url}x` });
    other.setFault('x', { kind: 'redirect', to: server.url + PATH });
    const client = impatientClient([server.url, other.url], { credentials: { cookie: COOKIE } });
    await read(client, `${server.url}start`);
    expect(server.requests[0]?.headers.cookie).toBe(COOKIE);
    expect(server.requests[1]?.headers).not.toHaveProperty('cookie');
  });

  it('may be five, not six', async () => {
    for (let hop = 0; hop < 6; hop++)
      server.setFault(`hop${hop}`, { kind: 'redirect', to: hop === 5 ? `/${PATH}` : `/hop${hop + 1}` });
    const client = impatientClient([server.url]);
    expect(await read(client, `${server.url}hop1`)).toHaveLength(CONTENT.length);
    expect(await failureOf(read(client, `${server.url}hop0`))).toMatchObject({
      code: 'HTTP_TOO_MANY_REDIRECTS',
    });
  });

  it('without a target are the status that they are', async () => {
    server.setFault(PATH, { kind: 'status', status: 302 });
    expect(await failureOf(read(impatientClient([server.url])))).toMatchObject({ code: 'HTTP_302' });
  });
});

describe('credentials', () => {
  const faults: Fault[] = [
    { kind: 'status', status: 401 },
    { kind: 'status', status: 403, body: `you sent ${COOKIE}` },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 200, headers: { 'content-length': '10', 'x-a': TOKEN }, body: '' },
    { kind: 'reset', at: 0 },
    { kind: 'reset', at: 0.5 },
    { kind: 'stall', at: 0 },
    { kind: 'stall', at: 0.5 },
    { kind: 'trickle', everyMs: 20 },
    { kind: 'redirect', to: `http://evil.example/${TOKEN}?${COOKIE}` },
    { kind: 'redirect', to: `http://${TOKEN}:x@evil.example/` },
    { kind: 'redirect', to: `/${PATH}` },
  ];

  it.each(faults)('are in no error: %j', async (fault) => {
    server.setFault(PATH, fault);
    const client = impatientClient([server.url], {
      credentials: { cookie: COOKIE, token: TOKEN },
      retries: 1,
      idleTimeoutMs: 250,
    });
    const failure = await failureOf(read(client, `${server.url}${PATH}?key=${TOKEN}`));
    expect(failure).toMatchObject({ name: 'NetworkError', code: expect.stringMatching(/^HTTP_/) });
    expect(server.requests[0]?.headers.cookie).toBe(COOKIE);
    const texts: string[] = [];
    for (let error: unknown = failure; error instanceof Error; error = error.cause)
      texts.push(error.message, String(error.stack), JSON.stringify(error), String(Object.values(error)));
    texts.push(inspect(failure, { depth: 10, showHidden: true }));
    expect(texts.join('\n')).not.toMatch(/planted/);
  });

  it('that fit into no header are refused without being shown', () => {
    const policy = createPolicy({ named: [server.url] });
    try {
      createClient({ policy, version: '0', credentials: { token: `${TOKEN}\r\nx: y` } });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: 'UsageError', code: 'CREDENTIAL_REFUSED' });
      expect(inspect(error)).not.toContain(TOKEN);
    }
  });
});
