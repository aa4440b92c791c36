/** Bits for the BUFR encoder of the tests, collected as binary digits: slow and plain on purpose. */
export class BitWriter {
  private digits: string[] = [];

  /** Appends a whole number; `null` sets all bits. */
  write(value: number | bigint | null, width: number): this {
    const text = value === null ? '1'.repeat(width) : BigInt(value).toString(2);
    if (value !== null && (value < 0 || text.length > Math.max(width, 1) || (width === 0 && text !== '0')))
      throw new RangeError(`${value} does not fit into ${width} bits`);
    this.digits.push(width === 0 ? '' : text.padStart(width, '0'));
    return this;
  }

  writeAll(values: readonly number[], width: number): this {
    for (const value of values) this.write(value, width);
    return this;
  }

  /** Appends characters, blanks up to the width; `null` sets all bits. */
  writeText(text: string | null, octets: number): this {
    if (text === null) return this.write(null, octets * 8);
    if (text.length > octets) throw new RangeError(`"${text}" does not fit into ${octets} octets`);
    for (const character of text.padEnd(octets)) this.write(character.charCodeAt(0), 8);
    return this;
  }

  /** All bits so far, the last octet filled up with zeros. */
  bytes(): Uint8Array {
    const all = this.digits.join('');
    const padded = all.padEnd(Math.ceil(all.length / 8) * 8, '0');
    return Uint8Array.from({ length: padded.length / 8 }, (_, i) =>
      Number.parseInt(padded.slice(8 * i, 8 * i + 8), 2),
    );
  }
}
