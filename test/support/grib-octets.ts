/** Octets and bits as GRIB has them, for the writer of the tests: big-endian, negative numbers as sign and magnitude. */

/** 2 to the power of the index. */
const POWERS = Array.from({ length: 65 }, (_, exponent) => 2 ** exponent);

/** Collects octets, and bits between them. */
export class OctetWriter {
  #octets = new Uint8Array(256);
  #bits = 0;

  /** Octets so far; a begun one counts. */
  get length(): number {
    return Math.ceil(this.#bits / 8);
  }

  /** Unsigned, in so many octets; null sets all bits, which says that there is no value. */
  unsigned(value: number | null, octets: number): this {
    return this.bits(value ?? 256 ** octets - 1, octets * 8);
  }

  /** Sign and magnitude, in so many octets. */
  signed(value: number, octets: number): this {
    return this.unsigned(value < 0 ? 2 ** (octets * 8 - 1) - value : value, octets);
  }

  /** One octet each. */
  octets(...values: number[]): this {
    for (const value of values) this.unsigned(value, 1);
    return this;
  }

  raw(values: Uint8Array): this {
    this.align();
    this.#reserve(values.length);
    this.#octets.set(values, this.#bits / 8);
    this.#bits += values.length * 8;
    return this;
  }

  text(letters: string): this {
    return this.raw(new TextEncoder().encode(letters));
  }

  /** Bits of a whole number below 2^53, the highest first. */
  bits(value: number, width: number): this {
    if (!Number.isInteger(value) || value < 0 || value >= POWERS[width]!)
      throw new RangeError(`${value} does not fit into ${width} bits`);
    this.#reserve((width >> 3) + 2);
    if (((this.#bits | width) & 7) === 0) return this.#whole(value, width / 8);
    for (let left = width; left > 0; ) {
      const free = 8 - (this.#bits & 7);
      const take = Math.min(free, left);
      const part = Math.floor(value / POWERS[left - take]!) % POWERS[take]!;
      this.#octets[Math.floor(this.#bits / 8)]! |= part << (free - take);
      this.#bits += take;
      left -= take;
    }
    return this;
  }

  /** Whole octets at the beginning of one. */
  #whole(value: number, octets: number): this {
    const at = this.#bits / 8;
    for (let i = octets - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256))
      this.#octets[at + i] = rest;
    this.#bits += octets * 8;
    return this;
  }

  /** So many zeros and a one: a number in unary. */
  unary(zeros: number): this {
    for (let left = zeros; left > 0; left -= 32) this.bits(0, Math.min(32, left));
    return this.bits(1, 1);
  }

  /** Zeros up to the next octet. */
  align(): this {
    this.#bits = this.length * 8;
    return this;
  }

  bytes(): Uint8Array {
    return this.#octets.slice(0, this.length);
  }

  #reserve(more: number): void {
    const needed = this.length + more + 1;
    if (needed <= this.#octets.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#octets.length * 2));
    larger.set(this.#octets);
    this.#octets = larger;
  }
}

/** A section of edition 2: its length and number before the rest. */
export function section2(number: number, rest: Uint8Array): Uint8Array {
  return new OctetWriter()
    .unsigned(rest.length + 5, 4)
    .octets(number)
    .raw(rest)
    .bytes();
}

/** A section of edition 1: its length before the rest. */
export function section1(rest: Uint8Array): Uint8Array {
  return new OctetWriter()
    .unsigned(rest.length + 3, 3)
    .raw(rest)
    .bytes();
}
