/** Bits of a data section, most significant first. */
import { bufrError } from './error.js';

/** Widths that one read of four bytes covers wherever they begin. */
const SINGLE_READ = 25;

/** 2^n - 1: all bits set, which is how BUFR says missing. */
export function allOnes(width: number): number {
  return 2 ** width - 1;
}

/**
 * A reader that moves forward through the bits of a section. Four more bytes must follow the section in the array (the
 * `7777` of the message), since reads go up to three bytes beyond it.
 */
export class BitReader {
  /** Bit at which the next read begins. */
  position: number;
  private readonly end: number;

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    end: number,
  ) {
    this.position = start * 8;
    this.end = end * 8;
  }

  /**
   * An unsigned number of `width` bits, exact up to 53; wider ones are rounded.
   *
   * @throws InputError `BUFR_TRUNCATED`
   */
  read(width: number): number {
    if (width > SINGLE_READ) return this.readWide(width);
    if (width === 0) return 0;
    const at = this.position;
    const next = at + width;
    if (next > this.end) throw truncated();
    this.position = next;
    const bytes = this.bytes;
    const i = at >> 3;
    const word = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
    return (word << (at & 7)) >>> (32 - width);
  }

  /** Whether the next `width` bits are all set; the position stays. */
  areSet(width: number): boolean {
    const start = this.position;
    let set = true;
    for (let left = width; set && left > 0; left -= SINGLE_READ) {
      const bits = Math.min(left, SINGLE_READ);
      set = this.read(bits) === allOnes(bits);
    }
    this.position = start;
    return set;
  }

  /** Moves on without reading. */
  skip(width: number): void {
    this.assertLeft(width);
    this.position += width;
  }

  /** @throws InputError `BUFR_TRUNCATED` where fewer bits are left */
  assertLeft(width: number): void {
    if (this.position + width > this.end) throw truncated();
  }

  /** Characters of eight bits without NULs and without trailing blanks; null where all bits are set: missing. */
  readText(width: number): string | null {
    if (width > 0 && this.areSet(width)) {
      this.skip(width);
      return null;
    }
    this.assertLeft(width);
    let text = '';
    for (let left = width; left >= 8; left -= 8) {
      const character = this.read(8);
      if (character !== 0) text += String.fromCharCode(character);
    }
    this.skip(width % 8);
    return text.trimEnd();
  }

  private readWide(width: number): number {
    this.assertLeft(width);
    let value = 0;
    for (let left = width; left > 0; left -= SINGLE_READ) {
      const bits = Math.min(left, SINGLE_READ);
      value = value * 2 ** bits + this.read(bits);
    }
    return value;
  }
}

function truncated(): Error {
  return bufrError('BUFR_TRUNCATED', 'the data section ends before its last element');
}
