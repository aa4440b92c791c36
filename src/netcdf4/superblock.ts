/** The superblock (version 2): the first 48 bytes of a file, written last. */
import { ByteWriter } from './bytes.js';
import { lookup3 } from './checksum.js';

export const SUPERBLOCK_BYTES = 48;
export const SIGNATURE = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

/** `end` is the size of the file, `root` the address of the root group's object header. */
export function encodeSuperblock(end: number, root: number): Uint8Array {
  const version = 2;
  const addressBytes = 8;
  const w = new ByteWriter(SUPERBLOCK_BYTES);
  w.raw(SIGNATURE);
  w.u8(version);
  w.u8(addressBytes);
  w.u8(addressBytes);
  w.u8(0);
  w.u64(0);
  w.address(undefined);
  w.u64(end);
  w.u64(root);
  w.u32(lookup3(w.bytes, 0, w.length));
  return w.finish();
}
