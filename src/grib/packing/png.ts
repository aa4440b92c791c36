/** Packing as a PNG image, template 5.41: grey of 1 to 16 bits, or colours that are the octets of numbers of 24 or 32 bits. */
import { readBits } from '../bits.js';
import { u32 } from '../octets.js';
import { Damage } from '../refusal.js';
import type { Packed } from './packed.js';

/** Octets of the head of an image, with those of its size in it. */
const HEAD = 29;

/** Unpacks template 5.41; without bits all values are the reference value. */
export async function unpackPng(packed: Packed, out: Float64Array): Promise<number> {
  const { bits, count, scale } = packed;
  if (bits === 0) {
    out.fill(scale.reference, 0, count);
    return 0;
  }
  const code = new Uint8Array(packed.view.buffer, packed.view.byteOffset, packed.length);
  checkSize(code, count);
  const { decode } = await import('fast-png');
  const image = decodeWith(decode, code);
  readSamples(image, out.subarray(0, count));
  const { reference, binary, decimal } = scale;
  for (let i = 0; i < count; i++) out[i] = (out[i]! * binary + reference) * decimal;
  return 0;
}

/** What is used of a decoded image. */
interface Image {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly channels: number;
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
}

/** The image has a pixel for each value, and says so before anything is made for it. */
function checkSize(code: Uint8Array, count: number): void {
  const pixels = code.length < HEAD ? 0 : u32(code, 16) * u32(code, 20);
  if (pixels !== count) throw new Damage(`a PNG image of ${pixels} pixels for ${count} values`);
}

function decodeWith(decode: (code: Uint8Array) => Image, code: Uint8Array): Image {
  try {
    return decode(code);
  } catch (error) {
    throw new Damage(`the PNG image: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Numbers of a pixel: its channels side by side. */
function readSamples({ width, height, depth, channels, data }: Image, out: Float64Array): void {
  if (depth >= 8) {
    const unit = 2 ** depth;
    if (data.length < out.length * channels) throw new Damage('the PNG image ends early');
    for (let i = 0, at = 0; i < out.length; i++) {
      let x = 0;
      for (let c = 0; c < channels; c++) x = x * unit + data[at++]!;
      out[i] = x;
    }
    return;
  }
  const line = Math.ceil((width * depth) / 8);
  const bytes = new Uint8Array(line * height + 8);
  bytes.set(data.subarray(0, line * height));
  for (let row = 0; row < height; row++) {
    const view = new DataView(bytes.buffer, row * line);
    readBits(view, { from: 0, width: depth, count: width }, out, row * width);
  }
}
