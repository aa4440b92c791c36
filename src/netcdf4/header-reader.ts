/** Reading version 2 object headers with their continuation blocks, checksums first. */
import { lookup3 } from './checksum.js';
import { MESSAGE } from './object-header.js';
import { type FileReader, readU64, structureError } from './reader.js';

/** `OHDR`, as a big-endian number. */
export const OBJECT_HEADER_SIGNATURE = 0x4f484452;

export interface HeaderMessage {
  readonly type: number;
  readonly flags: number;
  readonly creationIndex: number;
  readonly body: Buffer;
  /** File offset of the body. */
  readonly at: number;
}

const TIMES_STORED = 0x20;
const PHASE_CHANGE_STORED = 0x10;
const CREATION_ORDER_TRACKED = 0x04;
/** Nothing that this format needs comes near; it ends a loop of continuation blocks. */
const MAX_BLOCKS = 1000;

/** The messages of the object header at `address`. Throws `InputError` for everything that does not fit together. */
export function readObjectHeader(reader: FileReader, address: number): HeaderMessage[] {
  const head = reader.bytes(address, 6, 'an object header');
  if (head.readUInt32BE(0) !== OBJECT_HEADER_SIGNATURE || head[4] !== 2)
    throw structureError(reader.path, address, 'there is no object header of version 2');
  const flags = head[5] as number;
  const sizeBytes = 1 << (flags & 3);
  const prefix = 6 + (flags & TIMES_STORED ? 16 : 0) + (flags & PHASE_CHANGE_STORED ? 4 : 0) + sizeBytes;
  const sizeField = reader.bytes(address + prefix - sizeBytes, sizeBytes, 'an object header');
  const size = sizeBytes === 8 ? (readU64(sizeField, 0) ?? Infinity) : sizeField.readUIntLE(0, sizeBytes);

  const messages: HeaderMessage[] = [];
  const messageHead = flags & CREATION_ORDER_TRACKED ? 6 : 4;
  const blocks = [{ start: address, prefix, end: address + prefix + size }];
  for (const block of blocks) {
    if (blocks.length > MAX_BLOCKS) throw structureError(reader.path, block.start, 'too many header blocks');
    const bytes = checkedBlock(reader, block.start, block.end);
    // What is left below the size of a message header is a gap.
    for (let at = block.prefix; at + messageHead <= bytes.length; ) {
      const message = messageAt(reader, block.start, bytes, at, messageHead);
      at += messageHead + message.body.length;
      if (message.type === MESSAGE.continuation) blocks.push(continuation(reader, message));
      else if (message.type !== 0) messages.push(message);
    }
  }
  return messages;
}

/** The bytes of a header block before its checksum, which is verified. */
function checkedBlock(reader: FileReader, start: number, end: number): Buffer {
  const bytes = reader.bytes(start, end - start + 4, 'an object header');
  const length = bytes.length - 4;
  if (lookup3(bytes, 0, length) !== bytes.readUInt32LE(length))
    throw structureError(reader.path, start, 'the checksum of the object header is wrong');
  return bytes.subarray(0, length);
}

function messageAt(
  reader: FileReader,
  start: number,
  bytes: Buffer,
  at: number,
  head: number,
): HeaderMessage {
  const size = bytes.readUInt16LE(at + 1);
  if (at + head + size > bytes.length)
    throw structureError(reader.path, start + at, 'a header message passes the end of its header');
  return {
    type: bytes[at] as number,
    flags: bytes[at + 3] as number,
    creationIndex: head === 6 ? bytes.readUInt16LE(at + 4) : 0,
    body: bytes.subarray(at + head, at + head + size),
    at: start + at + head,
  };
}

function continuation(
  reader: FileReader,
  message: HeaderMessage,
): { start: number; prefix: number; end: number } {
  const start = message.body.length >= 16 ? readU64(message.body, 0) : undefined;
  const length = message.body.length >= 16 ? readU64(message.body, 8) : undefined;
  if (start === undefined || length === undefined || length < 8)
    throw structureError(reader.path, message.at, 'a header continuation has no place');
  if (reader.bytes(start, 4, 'a header continuation').toString('latin1') !== 'OCHK')
    throw structureError(reader.path, start, 'there is no header continuation');
  return { start, prefix: 4, end: start + length - 4 };
}
