/** What an answer says of the edition of its file, and whether a partial answer is the part that was asked for. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ResumablePart } from './part.js';

/** Validators as the server sent them; null where it sent none, or one that the protocol does not allow. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
  /** The one that `If-Range` may hold: it is another for every edition, however soon one follows the other. */
  strong: string | null;
}

const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,250}"$/;
/** A file may change twice within the second that Last-Modified resolves; a minute is the margin of RFC 9110, 8.8.2.2. */
const SETTLED_MS = 60_000;

export function validatorsOf(headers: IncomingHttpHeaders): Validators {
  const etag = headers.etag !== undefined && ETAG.test(headers.etag) ? headers.etag : null;
  const text = headers['last-modified'];
  const time = timeOf(text);
  const lastModified = text !== undefined && time !== null ? text : null;
  const date = timeOf(headers.date);
  const settled = time !== null && date !== null && date - time >= SETTLED_MS;
  const strong = etag !== null && !etag.startsWith('W/') ? etag : settled ? lastModified : null;
  return { etag, lastModified, strong };
}

/** Milliseconds since 1970 of an HTTP date; null where the text is no such date. */
export function timeOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text.length > 40) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

/** True where a 206 holds exactly the rest of the file that the part file is of. */
export function continuesPart(
  headers: IncomingHttpHeaders,
  length: number | null,
  part: ResumablePart,
): boolean {
  const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  if (Number(start) !== part.bytes || Number(total) !== part.size || Number(end) !== part.size - 1)
    return false;
  if (length !== null && length !== part.size - part.bytes) return false;
  const { etag, lastModified } = validatorsOf(headers);
  if (etag !== null && etag !== part.etag) return false;
  return lastModified === null || part.lastModified === null || lastModified === part.lastModified;
}
