/**
 * Makes one chosen call of a process fail: `node --import fail-calls.mjs program`. Every call of the file system (callback,
 * synchronous, promise and FileHandle; streams go through these), of zlib and of the network is numbered per thread and
 * kind. Environment:
 *
 * - `FAIL_CALL_LOG`: a file that gets a line per call (`FAIL_CALL=count`), or the one line of the call that failed;
 *   fields separated by tabs: thread, kind, number, function, path.
 * - `FAIL_CALL=<thread>:<kind>:<number>:<code>`: this call fails. Thread 0 is the main one; kinds are `fs`, `zlib`, `net`.
 *
 * Calls on the program's own files and those of its packages are left alone: they are Node's, or end every run alike.
 */
import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { threadId } from 'node:worker_threads';
import zlib from 'node:zlib';

const [wantedThread, wantedKind, wantedNumber, wantedCode] = (process.env.FAIL_CALL ?? '').split(':');
const counting = wantedThread === 'count';
const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const log = process.env.FAIL_CALL_LOG ?? '';
const { openSync, writeSync, closeSync } = fs;
const openPlain = promises.open;
const numbers = { fs: 0, zlib: 0, net: 0 };

function note(kind, number, name, path) {
  if (log === '') return;
  const line = [threadId, kind, number, name, path].map((field) => String(field).replace(/\s/g, ' '));
  const file = openSync(log, 'a');
  writeSync(file, `${line.join('\t')}\n`);
  closeSync(file);
}

/** Counts a call; true for the one that is to fail. */
function isChosen(kind, name, path) {
  const number = ++numbers[kind];
  if (counting) note(kind, number, name, path);
  if (String(threadId) !== wantedThread || kind !== wantedKind || String(number) !== wantedNumber)
    return false;
  note(kind, number, name, path);
  return true;
}

function systemError(name, path) {
  const syscall = name.replace(/Sync$/, '');
  const where = path === '' ? '' : ` '${path}'`;
  const error = new Error(`${wantedCode}: made to fail, ${syscall}${where}`);
  error.errno = -(os.constants.errno[wantedCode] ?? os.constants.errno.EIO);
  error.code = wantedCode;
  error.syscall = syscall;
  if (path !== '') error.path = path;
  return error;
}

function zlibError() {
  const error = new Error('made to fail');
  error.errno = zlib.constants[wantedCode] ?? zlib.constants.Z_DATA_ERROR;
  error.code = wantedCode;
  return error;
}

// Paths of descriptors and handles, so that calls on them can be told apart.
const pathOfDescriptor = new Map();
const pathOfHandle = new WeakMap();

function textOf(target) {
  if (typeof target === 'number') return pathOfDescriptor.get(target) ?? '';
  if (target instanceof URL) return target.protocol === 'file:' ? fileURLToPath(target) : target.href;
  return Buffer.isBuffer(target) ? target.toString() : String(target);
}

/** The tables come with the program but are read as data; the rest of it is not the run's. */
function isOwn(path) {
  return (path.startsWith(ROOT) && !/\/cdm-tables\//.test(path)) || path.startsWith('/proc/');
}

/** Each handle has a `close` of its own; one that fails has closed all the same, as the system call has. */
function failingClose(handle, path) {
  const { close } = handle;
  handle.close = async () => {
    await close.call(handle);
    if (!isOwn(path) && isChosen('fs', 'handle.close', path)) throw systemError('close', path);
  };
}

/** Functions whose first argument is a path or a descriptor. */
const CALLBACKS = [
  ...['access', 'appendFile', 'chmod', 'close', 'copyFile', 'cp', 'fchmod', 'fdatasync', 'fstat', 'fsync'],
  ...['ftruncate', 'futimes', 'link', 'lstat', 'mkdir', 'mkdtemp', 'open', 'opendir', 'read', 'readdir'],
  ...['readFile', 'readlink', 'readv', 'realpath', 'rename', 'rm', 'rmdir', 'stat', 'statfs', 'symlink'],
  ...['truncate', 'unlink', 'utimes', 'write', 'writeFile', 'writev'],
];

for (const name of CALLBACKS) {
  const original = fs[name];
  const patched = function (target, ...rest) {
    const path = textOf(target);
    const done = rest.at(-1);
    if (typeof done !== 'function' || isOwn(path)) return original.call(this, target, ...rest);
    if (isChosen('fs', name, path)) {
      // What is open must not stay open: a close that fails has closed all the same.
      if (name === 'close') return original.call(this, target, () => done(systemError(name, path)));
      process.nextTick(done, systemError(name, path));
      return undefined;
    }
    if (name === 'open')
      rest[rest.length - 1] = (error, descriptor) => {
        if (error === null) pathOfDescriptor.set(descriptor, path);
        done(error, descriptor);
      };
    return original.call(this, target, ...rest);
  };
  // `realpath.native` and what `util.promisify` looks for.
  Object.defineProperties(patched, Object.getOwnPropertyDescriptors(original));
  if (promisify.custom in original) delete patched[promisify.custom];
  fs[name] = patched;

  const synchronous = fs[`${name}Sync`];
  const patchedSync = function (target, ...rest) {
    const path = textOf(target);
    if (!isOwn(path) && isChosen('fs', `${name}Sync`, path)) {
      if (name === 'close') synchronous.call(this, target);
      throw systemError(`${name}Sync`, path);
    }
    const result = synchronous.call(this, target, ...rest);
    if (name === 'open') pathOfDescriptor.set(result, path);
    return result;
  };
  Object.defineProperties(patchedSync, Object.getOwnPropertyDescriptors(synchronous));
  fs[`${name}Sync`] = patchedSync;

  const promised = promises[name];
  if (typeof promised !== 'function') continue;
  promises[name] = async function (target, ...rest) {
    const path = pathOfHandle.get(target) ?? textOf(target);
    if (!isOwn(path) && isChosen('fs', name, path)) throw systemError(name, path);
    const result = await promised.call(this, target, ...rest);
    if (name === 'open') {
      pathOfHandle.set(result, path);
      pathOfDescriptor.set(result.fd, path);
      failingClose(result, path);
    }
    return result;
  };
}

// The class of handles is not exported: its prototype is that of any handle. Opened before the counting begins.
const anyHandle = await openPlain(fileURLToPath(import.meta.url));
const handles = Object.getPrototypeOf(anyHandle);
await anyHandle.close();
const ON_HANDLES = [
  ...['appendFile', 'chmod', 'datasync', 'read', 'readFile', 'readv', 'stat', 'sync', 'truncate'],
  ...['utimes', 'write', 'writeFile', 'writev'],
];
for (const name of ON_HANDLES) {
  const original = handles[name];
  handles[name] = async function (...rest) {
    const path = pathOfHandle.get(this) ?? '';
    if (!isOwn(path) && isChosen('fs', `handle.${name}`, path)) throw systemError(name, path);
    return await original.apply(this, rest);
  };
}

for (const name of [
  'createDeflate',
  'createDeflateRaw',
  'createGzip',
  'createGunzip',
  'createInflate',
  'createInflateRaw',
  'createUnzip',
]) {
  const original = zlib[name];
  const patched = function (...rest) {
    const stream = original.apply(this, rest);
    const transform = stream._transform;
    stream._transform = function (chunk, encoding, done) {
      // As Node ends a stream whose library reports an error: no callback, the stream is destroyed.
      if (isChosen('zlib', name, '')) this.destroy(zlibError());
      else transform.call(this, chunk, encoding, done);
    };
    return stream;
  };
  // Not writable, but configurable.
  Object.defineProperty(zlib, name, { configurable: true, enumerable: true, value: patched });
}
for (const name of ['deflate', 'deflateRaw', 'gzip', 'gunzip', 'inflate', 'inflateRaw', 'unzip']) {
  const original = zlib[name];
  zlib[name] = function (...rest) {
    const done = rest.at(-1);
    if (typeof done === 'function' && isChosen('zlib', name, '')) process.nextTick(done, zlibError());
    else original.apply(this, rest);
  };
  const synchronous = zlib[`${name}Sync`];
  zlib[`${name}Sync`] = function (...rest) {
    if (isChosen('zlib', `${name}Sync`, '')) throw zlibError();
    return synchronous.apply(this, rest);
  };
}

for (const [library, scheme] of [
  [http, 'http'],
  [https, 'https'],
]) {
  for (const name of ['request', 'get']) {
    const original = library[name];
    library[name] = function (...rest) {
      const request = original.apply(this, rest);
      const error = systemError('connect', '');
      if (isChosen('net', `${scheme}.${name}`, String(rest[0])))
        process.nextTick(() => request.destroy(error));
      return request;
    };
  }
}
const push = http.IncomingMessage.prototype.push;
http.IncomingMessage.prototype.push = function (chunk, ...rest) {
  if (chunk !== null && isChosen('net', 'body', this.url ?? '')) {
    this.socket.destroy(systemError('read', ''));
    return false;
  }
  return push.call(this, chunk, ...rest);
};
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...rest) {
  if (!isChosen('net', 'connect', '')) return connect.apply(this, rest);
  process.nextTick(() => this.destroy(systemError('connect', '')));
  return this;
};

syncBuiltinESMExports();
