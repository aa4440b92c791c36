/** Packing as a JPEG 2000 image, template 5.40, decoded by OpenJPEG. Its code is loaded with the first field that needs it. */
import { createRequire } from 'node:module';
import { u16, u32 } from '../octets.js';
import { Damage } from '../refusal.js';
import type { Packed } from './packed.js';

const require = createRequire(import.meta.url);

/** What is used of the decoder's module. */
interface OpenJpeg {
  J2KDecoder: new () => Decoder;
}
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    width: number;
    height: number;
    bitsPerSample: number;
    isSigned: boolean;
    componentCount: number;
  };
  delete(): void;
}
type Factory = (options: { print(line: string): void; printErr(line: string): void }) => Promise<OpenJpeg>;

let loading: Promise<OpenJpeg> | undefined;

/** The decoder's module, whose messages go nowhere: `[INFO]` lines are of no use, faults are seen from what is decoded. */
function openJpeg(): Promise<OpenJpeg> {
  const silent = { print(): void {}, printErr(): void {} };
  loading ??= (require('@cornerstonejs/codec-openjpeg/decodewasmjs') as Factory)(silent);
  return loading;
}

/** Markers of a code stream: its start, and the sizes of the image. */
const START_AND_SIZE = 0xff4fff51;
/** The widest samples that the decoder gives. */
const WIDEST = 16;

/** Unpacks template 5.40; without bits all values are the reference value. */
export async function unpackJpeg2000(packed: Packed, out: Float64Array): Promise<number> {
  const { bits, count, scale } = packed;
  if (bits === 0) {
    out.fill(scale.reference, 0, count);
    return 0;
  }
  const code = new Uint8Array(packed.view.buffer, packed.view.byteOffset, packed.length);
  checkSize(code, count);
  const { J2KDecoder } = await openJpeg();
  try {
    const decoder = new J2KDecoder();
    decodeInto(decoder, code, packed, out);
    decoder.delete();
  } catch (error) {
    // What failed within the module leaves its memory in doubt: the next image gets a new one.
    loading = undefined;
    if (error instanceof Damage) throw error;
    throw new Damage(`the JPEG 2000 image: ${error instanceof Error ? error.message : String(error)}`);
  }
  return 0;
}

/** The image has a pixel for each value, and says so before anything is made for it. */
function checkSize(code: Uint8Array, count: number): void {
  if (code.length < 42 || u32(code, 0) !== START_AND_SIZE) throw new Damage('no JPEG 2000 code stream');
  const pixels = (u32(code, 8) - u32(code, 16)) * (u32(code, 12) - u32(code, 20));
  if (pixels !== count) throw new Damage(`a JPEG 2000 image of ${pixels} pixels for ${count} values`);
  if (u16(code, 40) !== 1) throw new Damage(`a JPEG 2000 image of ${u16(code, 40)} components`);
  const depth = (code[42]! & 0x7f) + 1;
  if (depth > WIDEST) throw new Damage(`JPEG 2000 samples of ${depth} bits are more than ${WIDEST}`);
}

function decodeInto(decoder: Decoder, code: Uint8Array, { count, scale }: Packed, out: Float64Array): void {
  const { reference, binary, decimal } = scale;
  decoder.getEncodedBuffer(code.length).set(code);
  decoder.decode();
  const { bitsPerSample, isSigned } = decoder.getFrameInfo();
  const bytes = decoder.getDecodedBuffer();
  const size = bitsPerSample <= 8 ? 1 : 2;
  if (bytes.length < count * size) throw new Damage('the JPEG 2000 image ends early');
  const samples = samplesOf(bytes, size, isSigned);
  for (let i = 0; i < count; i++) out[i] = (samples[i]! * binary + reference) * decimal;
}

/** The decoder's samples, in the order of octets of the machine. */
function samplesOf(bytes: Uint8Array, size: number, signed: boolean): ArrayLike<number> {
  if (size === 1) return signed ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes;
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  const count = Math.floor(aligned.length / 2);
  return signed
    ? new Int16Array(aligned.buffer, aligned.byteOffset, count)
    : new Uint16Array(aligned.buffer, aligned.byteOffset, count);
}
