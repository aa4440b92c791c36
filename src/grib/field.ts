/** A field of a GRIB message: where its bytes are, and the sections that describe it. */

/** Where bytes come from: a file, memory, an HTTP server that gives ranges. */
export interface ByteSource {
  /** For messages: a path or an address. */
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /** The bytes from `position` on, `length` of them; fewer where the source ends before. Rejects with StorageError or InputError. */
  read(position: number, length: number): Promise<Uint8Array>;
}

/** A stretch of a source. */
export interface BytePlace {
  /** First byte, from the beginning of the source. */
  readonly offset: number;
  readonly length: number;
}

/** One horizontal field: a message of edition 1, or a section 7 of a message of edition 2. Plain data, but for `source`. */
export interface Field {
  readonly source: ByteSource;
  readonly edition: 1 | 2;
  /** The message: where it begins in the source, with its `GRIB`, and its whole length, with its `7777`. */
  readonly message: BytePlace;
  /** Number of the field within its message, from 1. */
  readonly number: number;
  /** Octet 7 of section 0; -1 in edition 1. */
  readonly discipline: number;
  /** Section 1: identification in edition 2, product definition in edition 1. Whole, its length first, as all sections here. */
  readonly identification: Uint8Array;
  /** Section 2 of edition 2; null where there is none, and in edition 1, whose local part is at the end of `identification`. */
  readonly local: Uint8Array | null;
  /** Section 3 of edition 2, section 2 of edition 1; null where edition 1 has none (a catalogued grid). */
  readonly grid: Uint8Array | null;
  /** Section 4 of edition 2; in edition 1 the same bytes as `identification`. */
  readonly product: Uint8Array;
  /** Section 5 of edition 2; in edition 1 the first bytes of section 4, at most 64: the flags, scales and widths of the packing. */
  readonly representation: Uint8Array;
  /**
   * The bitmap, without the octets before it: one bit per point, 1 where there is a value. Null where all points have one. A bitmap that
   * holds on from an earlier field of the message is given here, too. `predefined` is the number of a bitmap that the centre keeps.
   */
  readonly bitmap: BytePlace | { readonly predefined: number } | null;
  /** Section 7 of edition 2, section 4 of edition 1; whole, its length first. */
  readonly data: BytePlace;
}
