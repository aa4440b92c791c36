/** The messages of a file, decoded; what is wrong or odd with them is counted. */

import type { InputFile } from '../../records/input.js';
import { count, type Tally } from '../../records/tally.js';
import { assertPossible } from './coordinates.js';
import type { DecodedMessage, Decoder } from './decode.js';
import { scanMessages } from './message.js';
import { type BufrCode, nameOf } from './reasons.js';
import { createSkipper, reasonOfError, type Skipper } from './sounding-skips.js';

/** A message and its offset in the file. */
export type MessageAt = DecodedMessage & { offset: number };

/**
 * The messages of a file that can be used, in order. Every other one is counted and listed in `tally` under
 * `bufr.message.<reason>`, those without subsets and those of editions 0 and 1 as well. Noted are the bytes outside messages
 * (`bufr.bytes.outside-messages`; an envelope is none) and the bits behind the last element of the messages that have more
 * of them than padding (`bufr.section4.left-over`).
 *
 * @param tally null where the file was listed before, so that all of it has been counted
 */
export async function* messagesOf(
  file: InputFile,
  decoder: Decoder,
  tally: Tally | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<MessageAt> {
  const skip: Skipper = tally === null ? () => {} : createSkipper(tally, file.path);
  const note = (code: BufrCode, n: number): void => {
    if (tally !== null && n > 0) count(tally.noted, nameOf(code), n);
  };
  const messages = scanMessages(file.chunks(signal), {
    path: file.path,
    onDamage: ({ byteOffset, reason, detail }) => skip(`message.${reason}`, byteOffset, detail),
    onPassedOver: (bytes) => note('bytes.outside-messages', bytes),
    ...(file.parts && { parts: new Set(file.parts) }),
    ...(signal && { signal }),
  });
  for await (const { offset, bytes } of messages) {
    const decoded = decode(bytes, decoder, (code, detail) => skip(code, offset, detail));
    if (decoded === null) continue;
    note('section4.left-over', decoded.leftOver);
    yield { offset, ...decoded };
  }
}

/** A message that is no sounding is decoded as well: damage in it is worth knowing of. */
function decode(
  bytes: Uint8Array,
  decoder: Decoder,
  skip: (code: BufrCode, detail: string) => void,
): DecodedMessage | null {
  try {
    const decoded = decoder.decode(bytes);
    assertPossible(decoded);
    return decoded;
  } catch (error) {
    const { code, detail } = reasonOfError(error);
    skip(code, detail);
    return null;
  }
}
