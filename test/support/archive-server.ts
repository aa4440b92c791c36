/**
 * An archive on 127.0.0.1 for tests and the demo: folders as HTML listings in NCEI's form, files with ETag, Last-Modified,
 * ranges and conditional requests, and every fault of a real network on demand.
 *
 *     const server = await startArchiveServer({ files: new Map([['access/data-por/A-data.txt.zip', zip]]) });
 *     server.setFault('access/data-por/A-data.txt.zip', { kind: 'reset', at: 0.5, times: 1 });
 *     ... requests to server.url ...
 *     await server.close();
 *
 * Paths have no leading slash. Replacing a buffer in `files` is a new edition of that file: another ETag, and a
 * Last-Modified one day later. Nothing depends on the clock but the `Date` header.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { type Fault, sendFaulty } from './archive-server-faults.js';
import { type ListedRow, type ListingStyle, writeListing } from './archive-server-listing.js';

export type { Fault } from './archive-server-faults.js';

/** One request as it came in. */
export interface LoggedRequest {
  method: string;
  /** Without leading slash and query. */
  path: string;
  range: string | undefined;
  headers: IncomingHttpHeaders;
  /** Status of the answer; 0 where there was none. */
  status: number;
}

/** A running server. */
export interface ArchiveServer {
  /** `http://127.0.0.1:<port>/`, the same after `down` and `up`. */
  url: string;
  /** Every request since the start, or since the caller emptied it. */
  requests: LoggedRequest[];
  /** The tree; may be changed at any time. */
  files: Map<string, Buffer>;
  /** Sets the time of a file; else 2024-03-01T06:30:15Z, and one day more with every new buffer. */
  setModified(path: string, modified: Date): void;
  /** A fault on the requests of one path (a file, or a folder with its closing slash; `''` is the root). */
  setFault(path: string, fault: Fault): void;
  clearFaults(): void;
  /** Refuses all connections, and cuts those that are open. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export interface ArchiveServerOptions {
  /** By path, or a folder whose files are read once at the start (with their times). */
  files: Map<string, Buffer> | string;
  /** `table` where nothing is said. */
  listingStyle?: ListingStyle;
  /** 0 (any free port) where nothing is said. */
  port?: number;
}

/** What the server says of one edition of a file. */
export interface Edition {
  content: Buffer;
  etag: string;
  modified: Date;
}

const FIRST_MODIFIED = Date.UTC(2024, 2, 1, 6, 30, 15);
const DAY = 86_400_000;

/** Starts a server; it does not keep the process alive by itself once closed. */
export async function startArchiveServer(options: ArchiveServerOptions): Promise<ArchiveServer> {
  const files = typeof options.files === 'string' ? new Map<string, Buffer>() : options.files;
  const editions = new Map<string, Edition>();
  const faults = new Map<string, { fault: Fault; left: number }>();
  const requests: LoggedRequest[] = [];

  function editionOf(path: string): Edition | undefined {
    const content = files.get(path);
    if (content === undefined) return undefined;
    const last = editions.get(path);
    if (last?.content === content) return last;
    const modified = new Date(last === undefined ? FIRST_MODIFIED : last.modified.getTime() + DAY);
    const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`;
    const edition = { content, etag, modified };
    editions.set(path, edition);
    return edition;
  }

  function setModified(path: string, modified: Date): void {
    const edition = editionOf(path);
    if (edition === undefined) throw new Error(`no file ${path}`);
    editions.set(path, { ...edition, modified });
  }

  function listingOf(folder: string): string | undefined {
    const rows = new Map<string, ListedRow>();
    for (const path of files.keys()) {
      if (!path.startsWith(folder)) continue;
      const [name = '', ...deeper] = path.slice(folder.length).split('/');
      const row = deeper.length > 0 ? `${name}/` : name;
      const { content, modified } = editionOf(path) ?? { content: Buffer.alloc(0), modified: new Date(0) };
      rows.set(row, { name: row, modified, bytes: content.length });
    }
    if (rows.size === 0) return undefined;
    const sorted = [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return writeListing(`/${folder}`, sorted, options.listingStyle ?? 'table');
  }

  function faultFor(path: string): Fault | undefined {
    const entry = faults.get(path);
    if (entry === undefined || entry.left === 0) return undefined;
    entry.left--;
    return entry.fault;
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://archive').pathname.slice(1));
    const { range } = request.headers;
    const entry = { method: request.method ?? '', path, range, headers: request.headers, status: 0 };
    requests.push(entry);
    response.on('close', () => {
      if (response.headersSent) entry.status = response.statusCode;
    });
    const fault = faultFor(path);
    const listing = path === '' || path.endsWith('/') ? listingOf(path) : undefined;
    const page = listing === undefined ? undefined : Buffer.from(listing);
    const edition =
      page === undefined ? editionOf(path) : { content: page, etag: '', modified: new Date(FIRST_MODIFIED) };
    if (fault !== undefined) {
      if (fault.kind === 'change') files.set(path, fault.content);
      sendFaulty(fault, request, response, edition);
    } else if (edition === undefined) {
      sendText(response, 404, '<html><body><h1>Not Found</h1></body></html>\n');
    } else if (page !== undefined) {
      sendText(response, 200, page);
    } else sendFile(request, response, edition);
  }

  if (typeof options.files === 'string') {
    const root = options.files;
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      const stats = statSync(join(root, path));
      if (!stats.isFile()) continue;
      const name = relative(root, join(root, path));
      files.set(name, readFileSync(join(root, path)));
      setModified(name, stats.mtime);
    }
  }

  const server = createServer(answer);
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    files,
    setModified,
    setFault: (path, fault) =>
      void faults.set(path, { fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clearFaults: () => faults.clear(),
    down: stop,
    up: async () => {
      if (!server.listening) await listen(port);
    },
    close: stop,
  };
}

function sendText(response: ServerResponse, status: number, body: Buffer | string): void {
  response.writeHead(status, { 'content-type': 'text/html;charset=UTF-8' });
  response.end(body);
}

/** A file as a sound server sends it: 304, 206, 416 or 200. */
function sendFile(request: IncomingMessage, response: ServerResponse, edition: Edition): void {
  const { content, etag, modified } = edition;
  const lastModified = modified.toUTCString();
  const validators = { etag, 'last-modified': lastModified, 'accept-ranges': 'bytes' };
  const {
    'if-none-match': ifNoneMatch,
    'if-modified-since': since,
    'if-range': ifRange,
    range,
  } = request.headers;
  const same =
    ifNoneMatch !== undefined
      ? ifNoneMatch === etag
      : since !== undefined && Date.parse(since) >= Date.parse(lastModified);
  if (same) {
    response.writeHead(304, validators).end();
    return;
  }
  const fits = ifRange === undefined || ifRange === etag || ifRange === lastModified;
  const first =
    fits && range !== undefined ? Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(first)) {
    response.writeHead(200, {
      ...validators,
      'content-type': 'application/zip',
      'content-length': content.length,
    });
    response.end(content);
  } else if (first >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
  } else {
    response.writeHead(206, {
      ...validators,
      'content-length': content.length - first,
      'content-range': `bytes ${first}-${content.length - 1}/${content.length}`,
    });
    response.end(content.subarray(first));
  }
}
