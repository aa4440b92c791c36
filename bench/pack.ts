/** Large archives, written part by part: neither the text nor the archive is ever whole in memory, and every core compresses. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, gzip } from 'node:zlib';

const gzipPart = promisify<Buffer, { level: number }, Buffer>(gzip);
const deflatePart = promisify<Buffer, { level: number; finishFlush: number }, Buffer>(deflateRaw);

/** Parts that are compressed side by side. */
const IN_FLIGHT = 3;
/** The empty last block of a deflate stream. */
const LAST_BLOCK = Buffer.from([3, 0]);
const METHOD_DEFLATE = 8;
/** 2020-01-01 in the calendar of DOS. */
const DOS_DATE = (40 << 9) | (1 << 5) | 1;
/** What zlib takes unless told otherwise, and the archives too. */
const USUAL_LEVEL = 6;

/** Where the compressed text lies in a zip. */
export interface ZipMember {
  offset: number;
  length: number;
}

/** The parts compressed, in their order; at most `IN_FLIGHT` of them are in memory. */
async function* compressed<T>(
  parts: Iterable<Buffer>,
  compress: (part: Buffer) => Promise<T>,
): AsyncGenerator<T> {
  const waiting: Promise<T>[] = [];
  for (const part of parts) {
    waiting.push(compress(part));
    const next = waiting.length > IN_FLIGHT ? waiting.shift() : undefined;
    if (next !== undefined) yield await next;
  }
  for (const next of waiting) yield await next;
}

/** A gzip file with a member per part. */
export async function writeGzip(path: string, parts: Iterable<Buffer>, level = USUAL_LEVEL): Promise<void> {
  const file = openSync(path, 'w');
  try {
    for await (const member of compressed(parts, (part) => gzipPart(part, { level })))
      writeSync(file, member);
  } finally {
    closeSync(file);
  }
}

/** A zip of one member, with its sizes before the data; all sizes below 4 GB. */
export async function writeLargeZip(path: string, name: string, parts: Iterable<Buffer>): Promise<ZipMember> {
  const label = Buffer.from(name, 'latin1');
  const offset = 30 + label.length;
  const options = { level: USUAL_LEVEL, finishFlush: constants.Z_SYNC_FLUSH };
  let size = 0;
  let length = 0;
  let checksum = 0;
  const file = openSync(path, 'w');
  const put = (bytes: Buffer): void => {
    length += writeSync(file, bytes, 0, bytes.length, offset + length);
  };
  // The parts are asked for in their order, so that the checksum is that of the whole.
  const counted = function* (): Generator<Buffer> {
    for (const part of parts) {
      size += part.length;
      checksum = crc32(part, checksum);
      yield part;
    }
  };
  try {
    for await (const blocks of compressed(counted(), (part) => deflatePart(part, options))) put(blocks);
    put(LAST_BLOCK);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(METHOD_DEFLATE, 4);
    common.writeUInt16LE(DOS_DATE, 8);
    common.writeUInt32LE(checksum, 10);
    common.writeUInt32LE(length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(label.length, 22);
    writeSync(file, Buffer.concat([Buffer.from('PK\x03\x04'), common, label]), 0, offset, 0);
    const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(14), label]);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06');
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(central.length, 12);
    end.writeUInt32LE(offset + length, 16);
    writeSync(file, Buffer.concat([central, end]), 0, central.length + end.length, offset + length);
  } finally {
    closeSync(file);
  }
  return { offset, length };
}
