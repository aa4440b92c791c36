/** Buffers that are used again for field after field, and grow with the largest. */

/** Working memory of the unpacking. */
export class Scratch {
  #bytes = new Uint8Array(0);
  #groups = new Uint32Array(0);
  #samples = new Uint32Array(0);

  /** A buffer of at least so many bytes, with what the last use left in it. */
  bytes(length: number): Uint8Array {
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    return this.#bytes;
  }

  /** Room for numbers of groups, with what the last use left in it. */
  groups(length: number): Uint32Array {
    if (this.#groups.length < length) this.#groups = new Uint32Array(length);
    return this.#groups;
  }

  /** Room for the samples of an interval, with what the last use left in it. */
  samples(length: number): Uint32Array {
    if (this.#samples.length < length) this.#samples = new Uint32Array(length);
    return this.#samples;
  }
}
