/**
 * Writes ODB-2 from columns of values: every codec, both byte orders, any number of frames. Written from the reference of the
 * format, without the reader's code, so that it is an oracle for it.
 */
import { createHash } from 'node:crypto';

const TYPES = { integer: 1, real: 2, string: 3, bitfield: 4, double: 5 } as const;
const MISSING_INTEGER = 2147483647;
const MISSING_REAL = -2147483647;

/** A codec of the format. */
export type Odb2Codec =
  | 'constant'
  | 'constant_or_missing'
  | 'real_constant_or_missing'
  | 'int8'
  | 'int8_missing'
  | 'int16'
  | 'int16_missing'
  | 'int32'
  | 'short_real'
  | 'short_real2'
  | 'long_real'
  | 'constant_string'
  | 'long_constant_string'
  | 'int8_string'
  | 'int16_string'
  | 'chars';

/** One column of a frame. */
export interface Odb2ColumnInput {
  name: string;
  type: keyof typeof TYPES;
  /** One per row; NaN and '' where missing. Texts are written as they are, blanks included. */
  values: readonly (number | string)[];
  /** The codec that `odc` would choose where absent. */
  codec?: Odb2Codec;
  /** The header's missing value; that of the type where absent. */
  missing?: number;
  bits?: readonly { name: string; size: number }[];
  encoding?: 'utf8' | 'latin1';
}

/** One frame; all columns have the same number of values. */
export interface Odb2FrameInput {
  columns: readonly Odb2ColumnInput[];
  properties?: Readonly<Record<string, string>>;
}

/** How to write. */
export interface Odb2EncodeOptions {
  /** Default true. */
  littleEndian?: boolean;
  /** Minor version of the format; default 5. */
  minor?: number;
  /**
   * Where rows begin: at the first column that changed (default), always at the first column, or at the first that changed
   * with a row of missing values thought before the first one.
   */
  rows?: 'changed' | 'whole' | 'from-missing';
  /** Number of zero flags, of which old writers put ten; default 0. */
  flags?: number;
  /** Changes the header before its digest is made, and gives it back: for headers that lie. */
  alterHeader?(header: Uint8Array): Uint8Array;
  /** Changes the rows after the header has been made. */
  alterRows?(rows: Uint8Array): Uint8Array;
}

/** The file with these frames. */
export function encodeOdb2(frames: readonly Odb2FrameInput[], options: Odb2EncodeOptions = {}): Uint8Array {
  return new Uint8Array(Buffer.concat(frames.map((frame) => encodeFrame(frame, options))));
}

function encodeFrame(frame: Odb2FrameInput, options: Odb2EncodeOptions): Uint8Array {
  const { littleEndian = true, minor = 5, flags = 0 } = options;
  const columns = frame.columns.map(plan);
  const rowCount = frame.columns[0]?.values.length ?? 0;
  const rows = encodeRows(columns, rowCount, littleEndian, options.rows ?? 'changed');

  const out = new Writer(littleEndian);
  out.int64(rows.length);
  out.int64(0);
  out.int64(rowCount);
  out.int32(flags);
  for (let i = 0; i < flags; i++) out.float64(0);
  const properties = Object.entries(frame.properties ?? {});
  out.int32(properties.length);
  for (const [key, value] of properties) {
    out.text(key);
    out.text(value);
  }
  out.int32(columns.length);
  for (const column of columns) writeColumn(out, column);
  const header = options.alterHeader?.(out.bytes()) ?? out.bytes();

  const prefix = new Writer(littleEndian);
  prefix.raw(Uint8Array.of(0xff, 0xff, 0x4f, 0x44, 0x41));
  prefix.int32(1);
  prefix.int32(0);
  prefix.int32(minor);
  prefix.text(createHash('md5').update(header).digest('hex'));
  prefix.int32(header.length);
  return Buffer.concat([prefix.bytes(), header, options.alterRows?.(rows) ?? rows]);
}

/** A column with everything that its header says. */
interface Plan {
  input: Odb2ColumnInput;
  codec: Odb2Codec;
  missing: number;
  min: number;
  max: number;
  hasMissing: boolean;
  texts: string[];
  /** Place of each text in `texts`. */
  places: Map<string, number>;
}

function plan(input: Odb2ColumnInput): Plan {
  const whole = input.type === 'integer' || input.type === 'bitfield';
  const missing = input.missing ?? (whole ? MISSING_INTEGER : MISSING_REAL);
  const texts = [...new Set(input.values.map(String))];
  let min = missing;
  let max = missing;
  let hasMissing = false;
  for (const value of input.values) {
    const x = Number(value);
    if (Number.isNaN(x) || x === missing) hasMissing = true;
    else {
      min = min === missing ? x : Math.min(min, x);
      max = max === missing ? x : Math.max(max, x);
    }
  }
  const known = { input, missing, min, max, hasMissing, texts };
  const codec = input.codec ?? chosen(known);
  return { ...known, codec, places: new Map(texts.map((text, i) => [text, i])) };
}

/** The codec that `odc` chooses. */
function chosen({ input, min, max, hasMissing, texts }: Omit<Plan, 'codec' | 'places'>): Odb2Codec {
  const span = max - min;
  switch (input.type) {
    case 'string':
      if (texts.length <= 1 && Buffer.byteLength(texts[0] ?? '', input.encoding ?? 'utf8') <= 8)
        return 'constant_string';
      return texts.length < 256 ? 'int8_string' : 'int16_string';
    case 'real':
    case 'double':
      if (span === 0) return hasMissing ? 'real_constant_or_missing' : 'constant';
      return input.type === 'real' ? 'short_real2' : 'long_real';
    default:
      if (span === 0) return hasMissing ? 'constant_or_missing' : 'constant';
      if (hasMissing) return span < 0xff ? 'int8_missing' : span < 0xffff ? 'int16_missing' : 'int32';
      return span <= 0xff ? 'int8' : span <= 0xffff ? 'int16' : 'int32';
  }
}

function writeColumn(out: Writer, { input, codec, missing, min, max, hasMissing, texts }: Plan): void {
  out.text(input.name);
  out.int32(TYPES[input.type]);
  if (input.type === 'bitfield') {
    const bits = input.bits ?? [];
    out.int32(bits.length);
    for (const { name } of bits) out.text(name);
    out.int32(bits.length);
    for (const { size } of bits) out.int32(size);
  }
  out.text(codec);
  out.int32(hasMissing && input.type !== 'string' ? 1 : 0);
  if (input.type === 'string') {
    out.raw(eightBytes(texts[0] ?? '', input.encoding));
    out.float64(MISSING_REAL);
    out.float64(MISSING_REAL);
  } else {
    out.float64(min);
    out.float64(max);
    out.float64(missing);
  }
  if (codec === 'long_constant_string') out.text(texts[0] ?? '', input.encoding);
  if (codec === 'chars') out.int32(0);
  if (codec !== 'int8_string' && codec !== 'int16_string') return;
  out.int32(texts.length);
  for (const [i, text] of texts.entries()) {
    out.text(text, input.encoding);
    out.int32(0);
    out.int32(i);
  }
}

function encodeRows(
  columns: readonly Plan[],
  rowCount: number,
  littleEndian: boolean,
  begin: 'changed' | 'whole' | 'from-missing',
): Uint8Array {
  const out = new Writer(littleEndian);
  for (let row = 0; row < rowCount; row++) {
    let first = 0;
    if (begin === 'from-missing' || (begin === 'changed' && row > 0))
      while (first < columns.length && isRepeated(columns[first]?.input, row)) first++;
    out.raw(Uint8Array.of(first >> 8, first & 0xff));
    for (const column of columns.slice(first))
      writeValue(out, column, column.input.values[row] ?? Number.NaN);
  }
  return out.bytes();
}

function isRepeated(input: Odb2ColumnInput | undefined, row: number): boolean {
  const before = row === 0 ? (input?.type === 'string' ? '' : Number.NaN) : input?.values[row - 1];
  return Object.is(input?.values[row], before);
}

/** How each codec writes a value; the constant ones write none. */
const WRITERS: Readonly<Partial<Record<Odb2Codec, (out: Writer, x: number, plan: Plan) => void>>> = {
  int8: (out, x, { min }) => out.raw(Uint8Array.of(x - min)),
  int8_missing: (out, x, { min }) => out.raw(Uint8Array.of(Number.isNaN(x) ? 0xff : x - min)),
  constant_or_missing: (out, x) => out.raw(Uint8Array.of(Number.isNaN(x) ? 0xff : 0)),
  real_constant_or_missing: (out, x) => out.raw(Uint8Array.of(Number.isNaN(x) ? 0xff : 0)),
  int16: (out, x, { min }) => out.uint16(x - min),
  int16_missing: (out, x, { min }) => out.uint16(Number.isNaN(x) ? 0xffff : x - min),
  int32: (out, x, { missing }) => out.int32(Number.isNaN(x) ? missing : x),
  short_real: (out, x) => (Number.isNaN(x) ? out.uint32(0x00800000) : out.float32(x)),
  short_real2: (out, x) => (Number.isNaN(x) ? out.uint32(0xff7fffff) : out.float32(x)),
  long_real: (out, x, { missing }) => out.float64(Number.isNaN(x) ? missing : x),
};

function writeValue(out: Writer, column: Plan, value: number | string): void {
  const { codec, missing, places, input } = column;
  const place = places.get(String(value)) ?? 0;
  if (codec === 'chars') out.raw(eightBytes(String(value), input.encoding));
  else if (codec === 'int8_string') out.raw(Uint8Array.of(place));
  else if (codec === 'int16_string') out.uint16(place);
  else WRITERS[codec]?.(out, value === missing ? Number.NaN : Number(value), column);
}

function eightBytes(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes.set(Buffer.from(text, encoding).subarray(0, 8));
  return bytes;
}

/** Bytes that grow, in one byte order. */
class Writer {
  private content = new Uint8Array(256);
  private view = new DataView(this.content.buffer);
  private length = 0;

  constructor(private readonly littleEndian: boolean) {}

  bytes(): Uint8Array {
    return this.content.slice(0, this.length);
  }

  raw(bytes: Uint8Array): void {
    const at = this.grow(bytes.length);
    this.content.set(bytes, at);
  }

  text(text: string, encoding: 'utf8' | 'latin1' = 'utf8'): void {
    const bytes = Buffer.from(text, encoding);
    this.int32(bytes.length);
    this.raw(bytes);
  }

  uint16(x: number): void {
    const at = this.grow(2);
    this.view.setUint16(at, x, this.littleEndian);
  }

  int32(x: number): void {
    const at = this.grow(4);
    this.view.setInt32(at, x, this.littleEndian);
  }

  uint32(x: number): void {
    const at = this.grow(4);
    this.view.setUint32(at, x, this.littleEndian);
  }

  int64(x: number): void {
    const at = this.grow(8);
    this.view.setBigInt64(at, BigInt(x), this.littleEndian);
  }

  float32(x: number): void {
    const at = this.grow(4);
    this.view.setFloat32(at, x, this.littleEndian);
  }

  float64(x: number): void {
    const at = this.grow(8);
    this.view.setFloat64(at, x, this.littleEndian);
  }

  private grow(by: number): number {
    const at = this.length;
    this.length += by;
    if (this.length > this.content.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.content.subarray(0, at));
      this.content = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}
