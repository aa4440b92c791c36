/**
 * Version 2 object headers: one chunk, attribute creation order tracked and indexed (libnetcdf refuses to open a file for
 * writing without it). Headers go straight into the metadata block; sizes are patched when known, checksums at the very end,
 * because addresses of objects that come later are filled in by then.
 */
import { HarvestError } from '../errors.js';
import type { ByteWriter } from './bytes.js';
import { lookup3 } from './checksum.js';

/** Types of header messages. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  fillValue: 0x05,
  link: 0x06,
  layout: 0x08,
  groupInfo: 0x0a,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  attributeInfo: 0x15,
} as const;

/** Message flag bit 0: the message is constant. */
export const CONSTANT = 0x01;
/** Message flag bit 2: the message must not be shared. */
export const NOT_SHARED = 0x04;
/** Header flags: chunk size in 4 bytes, attribute creation order tracked and indexed. */
const HEADER_FLAGS = 0x02 | 0x04 | 0x08;
const MAX_MESSAGE_BYTES = 65535;
const PREFIX_BYTES = 10;
/** From the size of a message to its body. */
const SIZE_BEFORE_BODY = 5;

/** Where a header stands in the metadata block: `[start, end)` with the checksum at `end - 4`. */
export interface HeaderExtent {
  start: number;
  end: number;
}

/** Starts a header at the current position and returns that position. */
export function beginHeader(w: ByteWriter): number {
  const start = w.length;
  w.text('OHDR');
  w.u8(2);
  w.u8(HEADER_FLAGS);
  w.u32(0);
  return start;
}

/**
 * Starts a message, whose body is written next, and returns what `endMessage` takes. Not a function around a function that writes the
 * body: a file has some thousand messages, and functions that are made for each file are compiled anew for each file.
 */
export function beginMessage(w: ByteWriter, type: number, flags: number, creationIndex: number): number {
  w.u8(type);
  w.u16(0);
  w.u8(flags);
  w.u16(creationIndex);
  return w.length;
}

/**
 * Ends the message whose body began at `bodyAt`; `owner` is named in the error.
 * Throws `NETCDF_HEADER_SIZE` when the body passes 64 KiB, which a header message cannot hold.
 */
export function endMessage(w: ByteWriter, bodyAt: number, owner: string): void {
  const size = w.length - bodyAt;
  if (size > MAX_MESSAGE_BYTES)
    throw new HarvestError('NETCDF_HEADER_SIZE', `${owner}: ${size} bytes, a header message holds 65535`);
  w.setU16(bodyAt - SIZE_BEFORE_BODY, size);
}

/** Closes the header that began at `start`; its checksum is still to be set. */
export function endHeader(w: ByteWriter, start: number): HeaderExtent {
  w.setU32(start + 6, w.length - start - PREFIX_BYTES);
  w.u32(0);
  const extent = { start, end: w.length };
  w.align(8);
  return extent;
}

/** Sets the checksum of a header whose content is final. */
export function sealHeader(w: ByteWriter, header: HeaderExtent): void {
  w.setU32(header.end - 4, lookup3(w.bytes, header.start, header.end - 4));
}
