/** Reading version 2 object headers with their continuation blocks, checksums first. */
import { lookup3 } from '../checksum.js';
import { MESSAGE } from '../object-header.js';
import { type FileReader, readU64, structureError } from './reader.js';

/** `OHDR`, as a big-endian number. */
export const OBJECT_HEADER_SIGNATURE = 0x4f484452;

export interface HeaderMessage {
  readonly type: number;
  readonly flags: number;
  readonly creationIndex: number;
  /** What holds the body, from `start` to `end`. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** File offset of the body. */
  readonly at: number;
}

/** Bytes of the body of a message. */
export function bodyLength({ start, end }: HeaderMessage): number {
  return end - start;
}

/** The body of a message, as a view. */
export function bodyOf({ bytes, start, end }: HeaderMessage): Buffer {
  return bytes.subarray(start, end);
}

const TIMES_STORED = 0x20;
const PHASE_CHANGE_STORED = 0x10;
const CREATION_ORDER_TRACKED = 0x04;
/** Nothing that this format needs comes near; it ends a loop of continuation blocks. */
const MAX_BLOCKS = 1000;

/** The messages of the object header at `address`. Throws `InputError` for everything that does not fit together. */
export function readObjectHeader(reader: FileReader, address: number): HeaderMessage[] {
  const headAt = reader.locate(address, 6, 'an object header');
  if (reader.block.readUInt32BE(headAt) !== OBJECT_HEADER_SIGNATURE || reader.block[headAt + 4] !== 2)
    throw structureError(reader.path, address, 'there is no object header of version 2');
  const flags = reader.block[headAt + 5]!;
  const sizeBytes = 1 << (flags & 3);
  const prefix = 6 + (flags & TIMES_STORED ? 16 : 0) + (flags & PHASE_CHANGE_STORED ? 4 : 0) + sizeBytes;
  const sizeAt = reader.locate(address + prefix - sizeBytes, sizeBytes, 'an object header');
  const size =
    sizeBytes === 8
      ? (readU64(reader.block, sizeAt) ?? Infinity)
      : reader.block.readUIntLE(sizeAt, sizeBytes);

  const messages: HeaderMessage[] = [];
  const messageHead = flags & CREATION_ORDER_TRACKED ? 6 : 4;
  const blocks = [{ start: address, prefix, end: address + prefix + size }];
  for (const block of blocks) {
    if (blocks.length > MAX_BLOCKS) throw structureError(reader.path, block.start, 'too many header blocks');
    const { start, prefix, end } = block;
    const first = checkedBlock(reader, start, end);
    const bytes = reader.block;
    const limit = first + end - start;
    // What is left below the size of a message header is a gap.
    for (let at = first + prefix; at + messageHead <= limit; ) {
      const bodyAt = at + messageHead;
      const bodyEnd = bodyAt + bytes.readUInt16LE(at + 1);
      if (bodyEnd > limit)
        throw structureError(
          reader.path,
          start + at - first,
          'a header message passes the end of its header',
        );
      const message: HeaderMessage = {
        type: bytes[at]!,
        flags: bytes[at + 3]!,
        creationIndex: messageHead === 6 ? bytes.readUInt16LE(at + 4) : 0,
        bytes,
        start: bodyAt,
        end: bodyEnd,
        at: start + bodyAt - first,
      };
      at = bodyEnd;
      if (message.type === MESSAGE.continuation) blocks.push(continuation(reader, message));
      else if (message.type !== 0) messages.push(message);
    }
  }
  return messages;
}

/** Where a header block begins in `reader.block`; its checksum, which follows `end`, is verified. */
function checkedBlock(reader: FileReader, start: number, end: number): number {
  const length = end - start;
  const first = reader.locate(start, length + 4, 'an object header');
  if (lookup3(reader.block, first, first + length) !== reader.block.readUInt32LE(first + length))
    throw structureError(reader.path, start, 'the checksum of the object header is wrong');
  return first;
}

function continuation(
  reader: FileReader,
  message: HeaderMessage,
): { start: number; prefix: number; end: number } {
  const isWhole = bodyLength(message) >= 16;
  const start = isWhole ? readU64(message.bytes, message.start) : undefined;
  const length = isWhole ? readU64(message.bytes, message.start + 8) : undefined;
  if (start === undefined || length === undefined || length < 8)
    throw structureError(reader.path, message.at, 'a header continuation has no place');
  if (reader.bytes(start, 4, 'a header continuation').toString('latin1') !== 'OCHK')
    throw structureError(reader.path, start, 'there is no header continuation');
  return { start, prefix: 4, end: start + length - 4 };
}
