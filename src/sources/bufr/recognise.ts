/** Telling BUFR by its first bytes, and naming what came instead. */
import { type ForeignRule, nameForeign } from '../foreign.js';
import { HEAD_LENGTH } from '../head.js';
import type { Recognition } from '../source.js';

/** Sections 0, 1, 3, 4 and 5 at their shortest. */
const SHORTEST_MESSAGE = 8 + 17 + 7 + 4 + 4;

/** What is left of a damaged file. */
const OTHERS: readonly ForeignRule[] = [
  ['a BUFR message that is cut off at once', (_line, head) => head.includes('BUFR')],
];

/** Whether a message begins within these bytes; envelopes of the Global Telecommunication System before it are normal. */
export function recognise(head: Uint8Array): Recognition {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_LENGTH));
  let edition = -1;
  for (let at = bytes.indexOf('BUFR'); at >= 0; at = bytes.indexOf('BUFR', at + 4)) {
    if (at + 8 > bytes.length) break;
    edition = bytes[at + 7]!;
    if (bytes.readUIntBE(at + 4, 3) >= SHORTEST_MESSAGE && edition >= 2 && edition <= 4)
      return { fits: true };
  }
  if (edition >= 0) return { fits: false, saw: `a BUFR message of edition ${edition} or without a length` };
  return nameForeign(head, OTHERS, 'binary data without a BUFR message');
}
