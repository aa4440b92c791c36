/** One file from an archive: resumed where that is safe, checked as a whole, and only then under its name. */
import { type FileHandle, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../disk/folder.js';
import { InputError, NetworkError } from '../../errors.js';
import { hashFile } from '../identity.js';
import type { Answer, Client } from './client.js';
import { givenUp, networkError } from './network-error.js';
import {
  attempt,
  continuePart,
  discardPart,
  discardSidecar,
  type ResumablePart,
  readPart,
  sizeOfFile,
  startPart,
} from './part.js';
import { printableUrl } from './policy.js';
import { continuesPart, timeOf, type Validators, validatorsOf } from './validators.js';

/** A file on disk that was downloaded before. */
export interface KnownFile {
  url: string;
  bytes: number;
  sha256: string;
  etag: string | null;
  lastModified: string | null;
}

export interface DownloadOptions {
  /** The same file at every mirror, in order of preference. */
  urls: readonly string[];
  /** Final path; its folder is there. */
  target: string;
  client: Client;
  signal?: AbortSignal;
  /** Called with the number of bytes of every piece that comes. */
  onBytes?(bytes: number): void;
  /** What `target` is, if it is still whole: an archive that has nothing else then sends nothing. */
  known?: KnownFile;
  /** Check of the whole file before it gets its name; throws InputError. */
  verify?(path: string): Promise<void>;
  /**
   * Whether a download goes on where the last one stopped. True where there is a `verify`, and never without: a joint between
   * two downloads is only safe where it is looked at.
   */
  resumable?: boolean;
  /** Path of the unfinished file, in the same folder; `<target>.part` where nothing is said. */
  part?: string;
  /** A larger file is refused (bytes). */
  maxBytes?: number;
}

/** What came of a download; of an unchanged file what was known. Url without query, sha256 in lower-case hexadecimal. */
export interface DownloadResult extends KnownFile {
  state: 'fetched' | 'unchanged';
}

/** Hundred times the largest station file of any archive. */
const MAX_BYTES = 16 * 2 ** 30;

/**
 * Downloads one file. The old one stays under its name until the new one is whole, checked, and on the disk; its time is then
 * the archive's `Last-Modified`. After a failure the bytes that came stay in the part file for the next run. A file that its
 * check refuses becomes `<target>.quarantine`.
 *
 * @throws NetworkError of the first mirror that failed, where all did; InputError `DOWNLOAD_DAMAGED`
 * @throws StorageError at once: another mirror does not help against a full disk
 */
export async function downloadFile(options: DownloadOptions): Promise<DownloadResult> {
  const onDisk = await sizeOfFile(options.target);
  const known = onDisk !== null && onDisk === options.known?.bytes ? options.known : undefined;
  let failure: unknown = new InputError('DOWNLOAD_NO_URL', `${options.target}: no URL to fetch it from`);
  let failed = false;
  for (const url of options.urls) {
    try {
      return await fromMirror(url, known, options);
    } catch (error) {
      if (!(error instanceof NetworkError) && !(error instanceof InputError)) throw error;
      if (!failed) failure = error;
      failed = true;
    }
  }
  throw failure;
}

type Transfer =
  | { kind: 'unchanged' }
  /** The rest that came does not belong to what is there. */
  | { kind: 'restart' }
  | { kind: 'complete'; resumed: boolean; validators: Validators };

async function fromMirror(
  url: string,
  known: KnownFile | undefined,
  options: DownloadOptions,
): Promise<DownloadResult> {
  const { target, verify, signal } = options;
  const part = options.part ?? `${target}.part`;
  let mayResume = verify !== undefined && options.resumable !== false;
  for (;;) {
    const transfer = await transferTo(part, url, known, mayResume, options);
    if (transfer.kind === 'unchanged' && known !== undefined) {
      await discardPart(part);
      return { ...known, state: 'unchanged' };
    }
    if (transfer.kind !== 'complete') {
      mayResume = false;
      continue;
    }
    try {
      await verify?.(part);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (!transfer.resumed) throw await quarantined(part, target, url, error);
      // The joint may be what is wrong: once more in one piece.
      mayResume = false;
      continue;
    }
    const { bytes, sha256 } = await hashFile(part, signal);
    signal?.throwIfAborted();
    await publish(part, target);
    const { etag, lastModified } = transfer.validators;
    return { state: 'fetched', url: printableUrl(url), bytes, sha256, etag, lastModified };
  }
}

/** Brings the bytes of one URL into the part file. */
async function transferTo(
  part: string,
  url: string,
  known: KnownFile | undefined,
  mayResume: boolean,
  options: DownloadOptions,
): Promise<Transfer> {
  const { client, signal } = options;
  let resumable: ResumablePart | null = null;
  let condition: Record<string, string> = {};
  return await client.get(
    url,
    async () => {
      resumable = mayResume ? await readPart(part, printableUrl(url)) : null;
      condition = resumable === null ? conditionOf(known, url) : {};
      return resumable === null
        ? condition
        : { range: `bytes=${resumable.bytes}-`, 'if-range': resumable.validator };
    },
    async (answer) => {
      refuseEncoding(answer);
      switch (answer.status) {
        case 304:
          if (Object.keys(condition).length === 0)
            throw networkError('HTTP_304', url, 'not modified, without a condition');
          return { kind: 'unchanged' };
        case 416:
          if (resumable === null)
            throw networkError('HTTP_416', url, 'the archive refuses a range that was not asked for');
          return { kind: 'restart' };
        case 206:
          if (resumable === null)
            throw networkError('HTTP_RANGE', url, 'a part came where the whole file was asked for');
          if (!continuesPart(answer.headers, answer.length, resumable)) return { kind: 'restart' };
          return await receive(answer, part, url, options, resumable);
        default:
          return await receive(answer, part, url, options, null);
      }
    },
    signal,
  );
}

/** Entity tags are the affair of one server; with another one only the time can be compared. */
function conditionOf(known: KnownFile | undefined, url: string): Record<string, string> {
  if (known === undefined) return {};
  if (known.etag !== null && known.url === printableUrl(url)) return { 'if-none-match': known.etag };
  return known.lastModified === null ? {} : { 'if-modified-since': known.lastModified };
}

function refuseEncoding({ headers, url }: Answer): void {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return;
  throw networkError('HTTP_ENCODING', url, 'it comes with a Content-Encoding, which nobody asked for', {
    hint: 'A cache or a proxy on the way changes files; fetch them on another way and use --input.',
  });
}

/** Writes the body to the disk, all of it, with the time of the archive. */
async function receive(
  answer: Answer,
  part: string,
  url: string,
  options: DownloadOptions,
  resumed: ResumablePart | null,
): Promise<Transfer> {
  const { onBytes, maxBytes = MAX_BYTES } = options;
  const size = resumed === null ? answer.length : resumed.size;
  // A text whose end nobody announces may be cut anywhere, and no checksum would show it.
  if (size === null && options.resumable === false && answer.headers['transfer-encoding'] === undefined)
    throw givenUp(networkError('HTTP_LENGTH', url, 'the archive does not say how long it is'));
  if (size !== null && size > maxBytes) throw tooLarge(url, maxBytes);
  const sent = validatorsOf(answer.headers);
  const validators = resumed === null ? sent : { ...resumed, strong: resumed.validator };
  const handle =
    resumed === null
      ? await startPart(part, {
          url: printableUrl(url),
          etag: sent.etag,
          lastModified: sent.lastModified,
          validator: sent.strong,
          size,
        })
      : await continuePart(part, resumed.bytes);
  try {
    let position = resumed?.bytes ?? 0;
    for await (const chunk of answer.body) {
      const there = position + chunk.length;
      if (there > maxBytes) throw tooLarge(url, maxBytes);
      if (size !== null && there > size)
        throw networkError('HTTP_LENGTH', url, `more bytes come than the ${size} of the file`);
      await writeAll(handle, part, chunk, position);
      position = there;
      onBytes?.(chunk.length);
    }
    if (size !== null && position !== size)
      throw networkError('HTTP_LENGTH', url, `${position} bytes came in place of ${size}`);
    await attempt('cannot write', part, async () => {
      const time = timeOf(validators.lastModified);
      if (time !== null) await handle.utimes(time / 1000, time / 1000);
      await handle.sync();
    });
  } finally {
    await handle.close();
  }
  const { etag, lastModified, strong } = validators;
  return { kind: 'complete', resumed: resumed !== null, validators: { etag, lastModified, strong } };
}

async function writeAll(handle: FileHandle, part: string, chunk: Buffer, position: number): Promise<void> {
  await attempt('cannot write', part, async () => {
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done);
      done += bytesWritten;
    }
  });
}

function tooLarge(url: string, maxBytes: number): NetworkError {
  return givenUp(networkError('HTTP_LENGTH', url, `it is larger than ${maxBytes} bytes`));
}

async function publish(part: string, target: string): Promise<void> {
  await sizeOfFile(target);
  await attempt('cannot write', target, async () => {
    await rename(part, target);
    await syncFolder(dirname(target));
  });
  await discardSidecar(part);
}

async function quarantined(
  part: string,
  target: string,
  url: string,
  cause: InputError,
): Promise<InputError> {
  const place = `${target}.quarantine`;
  await attempt('cannot write', place, () => rename(part, place));
  await discardPart(part);
  return new InputError(
    'DOWNLOAD_DAMAGED',
    `${printableUrl(url)}: what the archive sends is damaged: ${cause.message}`,
    {
      file: place,
      cause,
      hint: 'The file is kept for inspection; the next run fetches it again.',
    },
  );
}
