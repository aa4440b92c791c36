/** A zip writer for tests and the demo: writes plain archives, and every fault that a reader must notice. */
import { crc32, deflateRawSync } from 'node:zlib';

/** One member; everything but the name and the content has a sound default, and may lie. */
export interface ZipMember {
  name: string;
  content: Uint8Array;
  /** Not compressed. */
  stored?: boolean;
  /** Unix mode, e.g. 0o120777 for a symbolic link. */
  mode?: number;
  /** Sets the flag of encrypted data (the data stay as they are). */
  encrypted?: boolean;
  /** Sizes and checksum follow the data instead of standing before them. */
  dataDescriptor?: boolean;
  /** Sizes and offset in 64-bit extra fields. */
  zip64?: boolean;
  /** Checksum to declare. */
  crc32?: number;
  /** Uncompressed size to declare. */
  size?: number;
  /** Compressed size to declare. */
  compressedSize?: number;
  /** Name before the data, where it is not the name of the directory. */
  localName?: string;
}

/** Options of the archive as a whole. */
export interface ZipOptions {
  /** Bytes after the end of the archive. */
  trailing?: Uint8Array;
  /** Number of members to declare. */
  count?: number;
}

const METHOD_DEFLATE = 8;
const FLAG_ENCRYPTED = 1;
const FLAG_DESCRIPTOR = 8;
const FLAG_UTF8 = 0x800;
const MADE_ON_UNIX = (3 << 8) | 45;
/** 2020-01-01 in the calendar of DOS: archives are the same whenever they are made. */
const DOS_DATE = (40 << 9) | (1 << 5) | 1;
const IN_ZIP64 = 0xffffffff;

/** The archive with these members, in this order. */
export function writeZip(members: readonly ZipMember[], options: ZipOptions = {}): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { local, central } = encodeMember(member, offset);
    body.push(local);
    directory.push(central);
    offset += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const count = options.count ?? members.length;
  const parts = [...body, directoryBytes];
  const zip64 = members.some((member) => member.zip64 === true);
  if (zip64) parts.push(zip64End(count, directoryBytes.length, offset));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(zip64 ? IN_ZIP64 : directoryBytes.length, 12);
  end.writeUInt32LE(zip64 ? IN_ZIP64 : offset, 16);
  return Buffer.concat([...parts, end, options.trailing ?? Buffer.alloc(0)]);
}

function encodeMember(member: ZipMember, offset: number): { local: Buffer; central: Buffer } {
  const data = member.stored === true ? Buffer.from(member.content) : deflateRawSync(member.content);
  const name = Buffer.from(member.name, 'utf8');
  const localName = Buffer.from(member.localName ?? member.name, 'utf8');
  const checksum = member.crc32 ?? crc32(member.content);
  const size = member.size ?? member.content.length;
  const compressedSize = member.compressedSize ?? data.length;
  const flags =
    FLAG_UTF8 |
    (member.encrypted === true ? FLAG_ENCRYPTED : 0) |
    (member.dataDescriptor === true ? FLAG_DESCRIPTOR : 0);
  const later = member.dataDescriptor === true;
  const common = (header: Buffer, at: number): void => {
    header.writeUInt16LE(45, at);
    header.writeUInt16LE(flags, at + 2);
    header.writeUInt16LE(member.stored === true ? 0 : METHOD_DEFLATE, at + 4);
    header.writeUInt16LE(DOS_DATE, at + 8);
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  common(local, 4);
  const localExtra = member.zip64 === true && !later ? zip64Extra([size, compressedSize]) : Buffer.alloc(0);
  local.writeUInt32LE(later ? 0 : checksum, 14);
  local.writeUInt32LE(later ? 0 : member.zip64 === true ? IN_ZIP64 : compressedSize, 18);
  local.writeUInt32LE(later ? 0 : member.zip64 === true ? IN_ZIP64 : size, 22);
  local.writeUInt16LE(localName.length, 26);
  local.writeUInt16LE(localExtra.length, 28);
  const descriptor = Buffer.alloc(later ? 16 : 0);
  if (later) {
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(checksum, 4);
    descriptor.writeUInt32LE(compressedSize, 8);
    descriptor.writeUInt32LE(size, 12);
  }
  const central = Buffer.alloc(46);
  const extra = member.zip64 === true ? zip64Extra([size, compressedSize, offset]) : Buffer.alloc(0);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(MADE_ON_UNIX, 4);
  common(central, 6);
  central.writeUInt32LE(checksum, 16);
  central.writeUInt32LE(member.zip64 === true ? IN_ZIP64 : compressedSize, 20);
  central.writeUInt32LE(member.zip64 === true ? IN_ZIP64 : size, 24);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 38);
  central.writeUInt32LE(member.zip64 === true ? IN_ZIP64 : offset, 42);
  return {
    local: Buffer.concat([local, localName, localExtra, data, descriptor]),
    central: Buffer.concat([central, name, extra]),
  };
}

function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [i, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
  return extra;
}

function zip64End(count: number, directorySize: number, directoryStart: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(directorySize), 40);
  record.writeBigUInt64LE(BigInt(directoryStart), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(directoryStart + directorySize), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
