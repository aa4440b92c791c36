/** Files of gigabytes that take no room: messages whose data are holes. */
import { open } from 'node:fs/promises';
import { encodeGrib2, type MessageSpec } from './grib-encoder.js';
import { OctetWriter } from './grib-octets.js';

/** Bytes at a place of a file. */
export interface Piece {
  offset: number;
  bytes: Uint8Array;
}

/**
 * A message whose sections 7 go on with zeros, each up to its length in octets (below 4 GiB): its pieces, and its end. The message may be
 * longer than 4 GiB.
 */
export function stretched(
  spec: MessageSpec,
  lengths: readonly number[],
  offset = 0,
): { pieces: Piece[]; end: number } {
  const { bytes } = encodeGrib2(spec);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const pieces: Piece[] = [];
  let [at, target, field] = [16, offset + 16, 0];
  while (at < bytes.length - 4) {
    const length = view.getUint32(at);
    const section = bytes.slice(at, at + length);
    const isData = section[4] === 7;
    const written = isData ? lengths[field++]! : length;
    section.set(new OctetWriter().unsigned(written, 4).bytes());
    pieces.push({ offset: target, bytes: section });
    at += length;
    target += written;
  }
  const end = target + 4;
  const indicator = bytes.slice(0, 16);
  indicator.set(new OctetWriter().unsigned(end - offset, 8).bytes(), 8);
  pieces.push({ offset, bytes: indicator }, { offset: target, bytes: bytes.slice(-4) });
  return { pieces, end };
}

/** A file with these pieces and holes between them. */
export async function writeSparse(path: string, pieces: readonly Piece[], size: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.truncate(size);
    for (const { offset, bytes } of pieces) await file.write(bytes, 0, bytes.length, offset);
  } finally {
    await file.close();
  }
}
