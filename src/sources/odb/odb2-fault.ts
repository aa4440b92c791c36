/** The errors for frames that cannot be used. */
import { type ErrorPosition, InputError } from '../../errors.js';

/** Where a frame begins. */
export type FramePlace = ErrorPosition & { file: string; byteOffset: number };

const CODES = [
  'FRAME_DAMAGED',
  'FRAME_TRUNCATED',
  'FRAME_TOO_LARGE',
  'FRAME_VERSION',
  'CODEC_UNKNOWN',
] as const;

/** Why a frame cannot be used. */
export type FrameFaultCode = (typeof CODES)[number];

/** The error for a frame that cannot be used; `detail` is a clause about the frame. */
export function frameFault(code: FrameFaultCode, detail: string, place: FramePlace): InputError {
  return new InputError(code, `the frame cannot be used: ${detail}`, {
    ...place,
    hint: 'Fetch the file again; the other frames are read.',
  });
}

/** True for the errors of `frameFault`, as against those of the stream of bytes. */
export function isFrameFault(error: unknown): error is InputError {
  return error instanceof InputError && CODES.some((code) => code === error.code);
}
