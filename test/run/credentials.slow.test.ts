/** Credentials reach the archive that they are for, and nothing else: no other host, no file, no message, no list of processes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeError } from '../../src/cli/messages.js';
import { reportTable, reportTroubles } from '../../src/cli/report-text.js';
import { exitCodeOfRun, reportAsJson } from '../../src/run/reports/report.js';
import { filesBelow, type Outcome, runCli } from '../cli/built.js';
import type { ArchiveServer } from '../support/archive-server.js';
import { archiveStations, stationId, zipPath } from '../support/igra2-archive.js';
import { harvestFrom, newWorkdir, serve, statesOf } from './archived.js';

vi.mock('p-retry', async (original) => {
  const { default: retry } = await original<typeof import('p-retry')>();
  const quick: typeof retry = (input, options) => retry(input, { ...options, minTimeout: 1, maxTimeout: 5 });
  return { default: quick };
});

const TOKEN = 'tok-3f9a77c1e5';
const COOKIE = 'session=c00kie-88d1b2';
const PASSWORD = 'pw-5a6e0f';
const SECRETS = [TOKEN, 'c00kie-88d1b2', PASSWORD];
/** Makes certificates; what needs one is left out where it is absent. */
const OPENSSL = 'openssl';
const FIRST = zipPath(stationId(1));

/** What stands in front of the archive: lets nobody in without token and cookie, and notes what it saw. */
interface Gate {
  url: string;
  seen: IncomingHttpHeaders[];
  /** Command lines of all processes at the first request. */
  processes: string;
}

let archive: ArchiveServer;
let gate: Gate;
let other: ArchiveServer;
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

async function openGate(): Promise<Gate> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((incoming, outgoing) => {
    if (seen.length === 0) made.processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    seen.push(incoming.headers);
    const { authorization, cookie } = incoming.headers;
    if (authorization !== `Bearer ${TOKEN}` || cookie !== COOKIE) {
      outgoing.writeHead(401, { 'content-type': 'text/html' }).end(`<p>no: ${authorization} ${cookie}</p>`);
      return;
    }
    const { authorization: _, cookie: __, ...headers } = incoming.headers;
    const onward = request(new URL(incoming.url ?? '/', archive.url), { headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => incoming.socket.resetAndDestroy());
    onward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const made: Gate = { url: `http://127.0.0.1:${port}/`, seen, processes: '' };
  return made;
}

beforeAll(async () => {
  archive = await serve(archiveStations(2));
  other = await serve(archiveStations(2));
  gate = await openGate();
});
afterEach(() => {
  archive.clearFaults();
  archive.requests.length = 0;
  other.requests.length = 0;
  gate.seen.length = 0;
});

/** Every byte that a run left behind, as one text. */
function bytesOf(...folders: string[]): string {
  return folders
    .flatMap((folder) => filesBelow(folder))
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');
}

function expectNoSecret(...texts: string[]): void {
  for (const secret of SECRETS)
    for (const text of texts) expect(text.includes(secret), `${secret} is told`).toBe(false);
}

/** Runs the command line with temporary files of its own; nothing that it leaves or says holds a secret. */
async function run(env: Record<string, string>, more: readonly string[] = []): Promise<Outcome> {
  const [workdir, temporary] = [newWorkdir(), newWorkdir()];
  const mirror = more.includes('--mirror') ? [] : ['--mirror', `igra2=${gate.url}`];
  const outcome = await runCli(
    ['--source', 'igra2', '--tables', 'bundled', '--workdir', workdir, '--json', ...mirror, ...more],
    { env: { ...env, TMPDIR: temporary } },
  );
  expectNoSecret(bytesOf(workdir, temporary), outcome.stdout, outcome.stderr);
  return outcome;
}

const BOTH = { HARVEST_IGRA2_TOKEN: TOKEN, HARVEST_IGRA2_COOKIE: COOKIE };

function secretFile(mode: number, content: string): string {
  const path = join(newWorkdir(), 'secret');
  writeFileSync(path, content, { mode });
  return path;
}

describe('credentials from the environment', () => {
  it('open the archive, and stand on no command line', async () => {
    gate.processes = '';
    const { code, stdout } = await run(BOTH);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).downloads).toMatchObject({ fetched: 3, missing: [] });
    expect(gate.seen.length).toBeGreaterThanOrEqual(4);
    expect(gate.processes).toContain('--mirror');
    expectNoSecret(gate.processes);
  });

  it('come from files of mode 600 as well, without the line end', async () => {
    const { code } = await run({
      HARVEST_IGRA2_TOKEN_FILE: secretFile(0o600, `${TOKEN}\n`),
      HARVEST_IGRA2_COOKIE_FILE: secretFile(0o600, COOKIE),
    });
    expect(code).toBe(0);
  });

  it('in a file that others can read are refused before anything is asked', async () => {
    const path = secretFile(0o644, TOKEN);
    const { code, stderr } = await run({ HARVEST_IGRA2_TOKEN_FILE: path });
    expect(code).toBe(2);
    expect(stderr).toContain('[OPEN_CREDENTIAL]');
    expect(stderr).toContain(`chmod 600 ${path}`);
    expect(gate.seen).toEqual([]);
  });

  it('of two lines are refused without being repeated', async () => {
    const { code, stderr } = await run({ HARVEST_IGRA2_TOKEN: `${TOKEN}\nX-Evil: 1` });
    expect(code).toBe(2);
    expect(stderr).toContain('[BAD_CREDENTIAL]');
    expect(gate.seen).toEqual([]);
  });

  it('of another dataset are not sent', async () => {
    const { code } = await run({ HARVEST_NCAR_TOKEN: TOKEN, HARVEST_UADB_COOKIE: COOKIE });
    expect(code).toBe(4);
    expect(
      gate.seen.every(({ authorization, cookie }) => authorization === undefined && cookie === undefined),
    ).toBe(true);
  });
});

describe('a failure tells nothing of them', () => {
  it('401, where the page repeats what was sent', async () => {
    const { code, stderr } = await run({
      HARVEST_IGRA2_TOKEN: `${TOKEN}-wrong`,
      HARVEST_IGRA2_COOKIE: COOKIE,
    });
    expect(code).toBe(4);
    expect(stderr).toContain('[HTTP_401]');
    expect(stderr).toContain('harvest sources');
  });

  it('403 for a file', async () => {
    archive.setFault(FIRST, { kind: 'status', status: 403, body: TOKEN });
    const { code, stderr } = await run(BOTH);
    expect(code).toBe(4);
    expect(stderr).toContain('[HTTP_403]');
  });

  it('a redirect to a host that nobody named, which is not asked', async () => {
    archive.setFault(FIRST, { kind: 'redirect', to: `${other.url}${FIRST}?token=${TOKEN}` });
    const { code, stderr } = await run(BOTH);
    expect(code).toBe(4);
    expect(stderr).toContain('[HTTP_REDIRECT_REFUSED]');
    expect(other.requests).toEqual([]);
  });

  it('a redirect to a host that is named, which is asked without them', async () => {
    archive.setFault(FIRST, { kind: 'redirect', to: `${other.url}${FIRST}` });
    const { code } = await run(BOTH, ['--mirror', `igra2=${gate.url}`, `igra2=${other.url}`]);
    expect(code).toBe(0);
    expect(other.requests.map(({ path }) => path)).toEqual([FIRST]);
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('a user and a password in --mirror: exit code 2', async () => {
    for (const address of [
      `igra2=https://user:${PASSWORD}@127.0.0.1/`,
      `igra2=https://${PASSWORD}@127.0.0.1/`,
      `https://user:${PASSWORD}@127.0.0.1/`,
      `igra2=ftp://user:${PASSWORD}@127.0.0.1/`,
      `igra2=//user:${PASSWORD}@127.0.0.1/`,
    ]) {
      const { code, stderr } = await run({}, ['--mirror', address]);
      expect(code, address).toBe(2);
      expect(stderr).toMatch(/^harvest: .*\[(?:URL_REFUSED|BAD_MIRROR)\]$/m);
    }
  });
});

describe('inside the errors, as deep as they go, they are not either', () => {
  /** Everything that a run in this process made: report, messages, errors with all that hangs on them, files. */
  async function traces(url: string): Promise<string> {
    const workdir = newWorkdir();
    const texts: string[] = [];
    const report = await harvestFrom(null, workdir, { offline: false, mirrors: [url] }).catch(
      (error: unknown) => {
        texts.push(inspect(error, { depth: 20, showHidden: true }), describeError(error));
        return undefined;
      },
    );
    if (report !== undefined) {
      const stored = reportAsJson(report);
      expect(exitCodeOfRun(report)).toBe(4);
      texts.push(inspect(report, { depth: 20, showHidden: true }), JSON.stringify(stored));
      texts.push(reportTable(stored), reportTroubles(stored));
    }
    return [...texts, bytesOf(workdir)].join('\n');
  }

  beforeAll(() => {
    Object.assign(process.env, BOTH);
  });
  afterAll(() => {
    for (const name of Object.keys(BOTH)) delete process.env[name];
  });

  it('after a connection that is cut off in the middle of a file', async () => {
    archive.setFault(FIRST, { kind: 'reset', at: 0.5 });
    const text = await traces(gate.url);
    expect(text).toContain('HTTP_CONNECTION');
    expectNoSecret(text);
  });

  it('after a refused connection', async () => {
    const gone = await openGate();
    closing.pop()?.();
    const text = await traces(gone.url);
    expect(text).toContain('ECONNREFUSED');
    expectNoSecret(text);
  });

  it.skipIf(!hasOpenssl())('after a certificate of another host, which gets no request', async () => {
    const folder = newWorkdir();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    mkdirSync(folder, { recursive: true });
    execFileSync(
      OPENSSL,
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...['-keyout', key, '-out', cert, '-subj', '/CN=other.example.org'],
        ...['-addext', 'subjectAltName=DNS:other.example.org'],
      ],
      { stdio: 'pipe' },
    );
    let requests = 0;
    const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) => {
      requests++;
      answer.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const text = await traces(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(text).toContain('HTTP_CONNECTION');
    expectNoSecret(text);
    expect(requests).toBe(0);
  });

  it('where all went well', async () => {
    const workdir = newWorkdir();
    const report = await harvestFrom(null, workdir, { offline: false, mirrors: [gate.url] });
    expect(statesOf(report)).toEqual({ [stationId(1)]: 'done', [stationId(2)]: 'done' });
    expectNoSecret(inspect(report, { depth: 20, showHidden: true }), bytesOf(workdir));
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync(OPENSSL, ['version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
