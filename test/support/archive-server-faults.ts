/** What goes wrong between an archive and a harvest, sent on demand. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Edition } from './archive-server.js';

/** One fault. `times` is how many requests meet it (all, where nothing is said); the next ones are answered soundly. */
export type Fault = { times?: number } & (
  | { /** 200 with the whole file although a range was asked for. */ kind: 'ignore-range' }
  | { /** 206 from another byte than asked for. */ kind: 'wrong-offset' }
  | { /** 206 with another total size. */ kind: 'wrong-total' }
  | { /** 206 of the right range with another ETag. */ kind: 'wrong-etag' }
  | { /** The connection ends in good order before the declared length. */ kind: 'short' }
  | { /** The declared length and the body are both too short. */ kind: 'short-length' }
  | { /** More bytes than the declared length. */ kind: 'long' }
  | { /** More bytes than the file has, with a length that fits them. */ kind: 'long-length' }
  | { /** Same length, one byte in the middle is another. */ kind: 'damage' }
  | {
      /** The connection is reset after this share of the body; `0` is before the answer. */ kind: 'reset';
      at: number;
      /** Not before this holds: a reset takes with it what the other side has not read yet. */ once?: () => boolean;
    }
  | {
      /** Nothing more comes after this share of the body; `0` is before the answer. */ kind: 'stall';
      at: number;
    }
  | { /** One byte every `everyMs` (1000 where nothing is said). */ kind: 'trickle'; everyMs?: number }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { /** To a URL; a loop where it is the path itself. */ kind: 'redirect'; to: string; status?: number }
  | {
      /** Half of the file, a reset, and from then on this content with another validator. */ kind: 'change';
      content: Buffer;
    }
  | {
      /** The bytes as they are, with a Content-Encoding that nobody asked for. */ kind: 'encoding';
      encoding?: string;
    }
  | {
      /** No Content-Length: chunked, or (`close`) up to the end of the connection. */ kind: 'no-length';
      close?: boolean;
    }
  | { /** As `no-length` with `close`, ended after half of the body. */ kind: 'no-length-cut' }
  | { /** No ETag and no Last-Modified; ranges are still served. */ kind: 'no-validator' }
  | { /** Bytes without end and without length. */ kind: 'endless' }
  | { /** A page of the right form without one file. */ kind: 'empty-listing' }
  | { /** The first half of the page, with a length that fits. */ kind: 'truncated-listing' }
);

/** Answers a request as the fault says; `edition` is what a sound answer would hold, undefined for a path that is not there. */
export function sendFaulty(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  edition: Edition | undefined,
): void {
  const content = edition?.content ?? Buffer.alloc(0);
  const total = content.length;
  const etag = edition?.etag ?? '';
  const validators: Record<string, string> = {
    ...(etag !== '' && { etag }),
    ...(edition !== undefined && { 'last-modified': edition.modified.toUTCString() }),
  };
  const first = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const whole = { ...validators, 'content-length': String(total) };
  const partial = (start: number, size: number): Record<string, string> => ({
    ...validators,
    'content-length': String(total - start),
    'content-range': `bytes ${start}-${total - 1}/${size}`,
  });
  const send = (status: number, headers: Record<string, string>, body: Buffer): void => {
    response.writeHead(status, headers);
    response.end(body);
  };
  /** Sends the head and the first bytes of the rest of the file, then does what comes next. */
  const begin = (share: number, next: () => void, once: () => boolean = () => true): void => {
    if (share === 0) {
      next();
      return;
    }
    const rest = content.subarray(first);
    if (first > 0) response.writeHead(206, partial(first, total));
    else response.writeHead(200, whole);
    const wait = (): void => void setTimeout(() => (once() ? next() : wait()), 20);
    response.write(rest.subarray(0, Math.max(1, Math.floor(rest.length * share))), wait);
  };

  switch (fault.kind) {
    case 'ignore-range':
      send(200, whole, content);
      break;
    case 'wrong-offset':
      if (first === 0) send(200, whole, content);
      else send(206, partial(first - 1, total), content.subarray(first - 1));
      break;
    case 'wrong-total':
      if (first === 0) send(200, whole, content);
      else send(206, partial(first, total + 1), content.subarray(first));
      break;
    case 'wrong-etag':
      if (first === 0) send(200, whole, content);
      else send(206, { ...partial(first, total), etag: '"another"' }, content.subarray(first));
      break;
    case 'short':
      begin(0.5, () => request.socket.end());
      break;
    case 'short-length':
      send(200, { ...validators, 'content-length': String(total - 100) }, content.subarray(0, total - 100));
      break;
    case 'long':
      response.writeHead(200, whole);
      response.flushHeaders();
      request.socket.write(content);
      request.socket.end(Buffer.alloc(1000, 0x2e));
      break;
    case 'long-length':
      send(
        200,
        { ...validators, 'content-length': String(total + 100) },
        Buffer.concat([content, Buffer.alloc(100)]),
      );
      break;
    case 'damage': {
      const damaged = Buffer.from(content);
      damaged[total >> 1] = (damaged[total >> 1] ?? 0) ^ 0xff;
      if (first > 0) send(206, partial(first, total), damaged.subarray(first));
      else send(200, whole, damaged);
      break;
    }
    case 'reset':
      begin(fault.at, () => request.socket.resetAndDestroy(), fault.once);
      break;
    case 'stall':
      begin(fault.at, () => undefined);
      break;
    case 'trickle': {
      response.writeHead(200, whole);
      let sent = 0;
      const timer = setInterval(() => {
        response.write(content.subarray(sent, sent + 1));
        if (++sent >= total) response.end();
      }, fault.everyMs ?? 1000);
      response.on('close', () => clearInterval(timer));
      break;
    }
    case 'status':
      send(fault.status, fault.headers ?? { 'content-type': 'text/html' }, Buffer.from(fault.body ?? ''));
      break;
    case 'redirect':
      send(fault.status ?? 302, { location: fault.to }, Buffer.alloc(0));
      break;
    case 'change':
      begin(0.5, () => request.socket.resetAndDestroy());
      break;
    case 'encoding':
      send(200, { ...whole, 'content-encoding': fault.encoding ?? 'gzip' }, content);
      break;
    case 'no-length':
      response.useChunkedEncodingByDefault = fault.close !== true;
      send(200, validators, content);
      break;
    case 'no-length-cut':
      response.useChunkedEncodingByDefault = false;
      send(200, validators, content.subarray(0, total >> 1));
      break;
    case 'no-validator': {
      const headers = first > 0 ? partial(first, total) : whole;
      send(first > 0 ? 206 : 200, without(headers, 'etag', 'last-modified'), content.subarray(first));
      break;
    }
    case 'endless': {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      const block = Buffer.alloc(64 * 1024, 0x2e);
      const pump = (): void => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', pump);
      pump();
      break;
    }
    case 'empty-listing':
      send(200, { 'content-type': 'text/html' }, EMPTY_PAGE);
      break;
    case 'truncated-listing': {
      const half = content.subarray(0, total >> 1);
      send(200, { 'content-type': 'text/html', 'content-length': String(half.length) }, half);
      break;
    }
  }
}

const EMPTY_PAGE = Buffer.from(
  '<html><head><title>Index of /</title></head><body><h1>Index of /</h1><table></table></body></html>\n',
);

function without(headers: Record<string, string>, ...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
