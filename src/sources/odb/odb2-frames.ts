/** The frames of a file one after the other, or those at given places; and how to go on behind one that cannot be used. */
import {
  type FrameFault,
  type FrameFaultName,
  type FramePlace,
  faultName,
  frameFault,
  isFrameFault,
} from './odb2-fault.js';
import { PREFIX_LENGTH, readHeader, readPrefix } from './odb2-header.js';
import { checkedFrame, type Frame } from './odb2-rows.js';
import { ByteWindow, FRAME_MAGIC, indexOfFrame } from './odb2-window.js';

/** A frame, or bytes between frames, that cannot be used. */
export interface Odb2Damage {
  /** Where it begins in the uncompressed file. */
  byteOffset: number;
  /** Stable. */
  reason: FrameFaultName;
  detail: string;
}

/** Which frames to read and whom to tell of damage. */
export interface FrameOptions {
  /** The file, for messages. */
  path: string;
  onDamage(damage: Odb2Damage): void;
  /** First bytes of the frames to read, of which alone damage is reported; all where absent. */
  frames?: ReadonlySet<number>;
  /** Where the first frame is looked for; 0 unless set. */
  start?: number;
  signal?: AbortSignal;
}

/** Bytes of damaged frames that may be searched again for frames within, beyond four times what has been read. */
const MIN_SEARCH = 16 * 2 ** 20;

/** The frames that can be used; the others are reported. Throws what the chunks throw and the abort of `signal`. */
export async function* framesOf(
  chunks: AsyncIterable<Uint8Array>,
  options: FrameOptions,
): AsyncGenerator<Frame> {
  const window = new ByteWindow(chunks, options.signal);
  try {
    yield* options.frames === undefined
      ? everyFrame(window, options)
      : framesAt(
          [...options.frames].sort((a, b) => a - b),
          window,
          options,
        );
  } finally {
    await window.close();
  }
}

async function* everyFrame(window: ByteWindow, options: FrameOptions): AsyncGenerator<Frame> {
  let searched = 0;
  await window.skip(options.start ?? 0);
  while (await window.fill(1)) {
    const progress = { bytes: 0 };
    const frame = await readFrame(window, progress, options);
    if (frame !== null) {
      yield frame;
      await window.skip(frame.length);
      continue;
    }
    // Lengths in a damaged frame may be wrong, and the next frame may lie within. Bytes that frames within frames claim over
    // and over are searched only so often: the work stays in proportion to the file.
    searched += progress.bytes;
    if (searched > MIN_SEARCH + 4 * window.taken) await window.skip(Math.max(0, progress.bytes - 1));
    await window.toNextFrame();
  }
}

async function* framesAt(
  offsets: readonly number[],
  window: ByteWindow,
  options: FrameOptions,
): AsyncGenerator<Frame> {
  for (const offset of offsets) {
    if (offset < window.offset || !(await window.skip(offset - window.offset))) {
      report(frameFault('FRAME_TRUNCATED', 'it is not there any more', placeOf(offset, options)), options);
      continue;
    }
    const frame = await readFrame(window, { bytes: 0 }, options);
    if (frame !== null) yield frame;
  }
}

/** The frame at which the window stands; null where it cannot be used, which is reported. `progress` counts bytes looked at. */
async function readFrame(
  window: ByteWindow,
  progress: { bytes: number },
  options: FrameOptions,
): Promise<Frame | null> {
  const place = placeOf(window.offset, options);
  try {
    return await usableFrame(window, progress, place);
  } catch (error) {
    if (!isFrameFault(error)) throw error;
    report(error, options);
    return null;
  }
}

async function usableFrame(
  window: ByteWindow,
  progress: { bytes: number },
  place: FramePlace,
): Promise<Frame> {
  const whole = await window.fill(PREFIX_LENGTH);
  const head = window.take(0, Math.min(PREFIX_LENGTH, window.length));
  if (!FRAME_MAGIC.every((byte, i) => i >= head.length || head[i] === byte))
    throw frameFault('FRAME_DAMAGED', 'its first bytes are not those of one', place);
  if (!whole) throw frameFault('FRAME_TRUNCATED', 'the file ends within it', place);
  const prefix = readPrefix(head, place);
  const start = PREFIX_LENGTH + prefix.headerLength;
  if (!(await window.fill(start)))
    throw frameFault('FRAME_TRUNCATED', 'the file ends within its header', place);
  progress.bytes = start;
  const header = readHeader(window.take(PREFIX_LENGTH, prefix.headerLength), prefix, place);
  const length = start + header.dataLength;
  await window.fill(length + FRAME_MAGIC.length);
  if (window.length < length) throw frameFault('FRAME_TRUNCATED', 'the file ends within its rows', place);
  progress.bytes = length;
  if (isCut(window, start, header.dataLength))
    throw frameFault('FRAME_DAMAGED', 'another frame begins within its rows', place);
  const data = window.take(start, header.dataLength);
  return checkedFrame({ header, data, littleEndian: prefix.littleEndian, place, length });
}

/**
 * Whether the rows have lost bytes, so that the next frame begins where they should still go on: nothing of the rows
 * themselves need show it. Rows may hold the bytes of a beginning by chance, but then a frame or nothing follows them.
 */
function isCut(window: ByteWindow, start: number, dataLength: number): boolean {
  const behind = window.take(start + dataLength, FRAME_MAGIC.length);
  if (behind.every((byte, i) => byte === FRAME_MAGIC[i])) return false;
  return indexOfFrame(window.take(start, dataLength + FRAME_MAGIC.length - 1), 0) >= 0;
}

function placeOf(byteOffset: number, { path }: FrameOptions): FramePlace {
  return { file: path, byteOffset };
}

function report(error: FrameFault, options: FrameOptions): void {
  options.onDamage({
    byteOffset: error.position.byteOffset ?? 0,
    reason: faultName(error.code),
    detail: error.message,
  });
}
