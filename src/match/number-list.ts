/** A list of numbers as compact as their kind: a station may have half a million reports. */

const FIRST_ROOM = 256;

type Numbers = Float64Array | Int32Array | Int8Array;

export class NumberList {
  #values: Numbers;
  #length = 0;

  constructor(kind: new (length: number) => Numbers) {
    this.#values = new kind(FIRST_ROOM);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new (this.#values.constructor as new (length: number) => Numbers)(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The value of a row that is there. */
  at(row: number): number {
    return this.#values[row]!;
  }
}
