/** Telling BUFR by its first message, and naming what came instead. */
import { nameForeign } from '../foreign.js';
import { HEAD_LENGTH } from '../head.js';
import type { Recognition } from '../source.js';
import { editionOf, findMessage, lettersIn, looksLikeMessage, SECTION_0, statedLength } from './start.js';

/** Whether a message begins within these bytes; envelopes of the Global Telecommunication System before it are normal. */
export function recognise(head: Uint8Array): Recognition {
  const bytes = bufferOf(head).subarray(0, HEAD_LENGTH);
  if (findMessage(bytes) >= 0) return { fits: true };
  for (const at of lettersIn(bytes)) {
    const rest = bytes.subarray(at);
    if (looksLikeMessage(rest)) return { fits: false, saw: whatItIs(rest) };
  }
  return nameForeign(head, [], 'binary data without a BUFR message');
}

/** Offset of the first message, -1 for none: what stands before it may be longer than what `recognise` looks at. */
export function search(bytes: Uint8Array): number {
  return findMessage(bufferOf(bytes));
}

/** What is left of a damaged file, or one that is too old. */
function whatItIs(bytes: Buffer): string {
  if (bytes.length < SECTION_0) return 'a BUFR message that is cut off at once';
  const edition = editionOf(bytes);
  return edition < 2
    ? `a BUFR message of edition ${edition} (editions 2 to 4 are read)`
    : `a BUFR message that states a length of ${statedLength(bytes)} bytes`;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
