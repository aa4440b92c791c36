/** The errors for frames that cannot be used. */
import { type ErrorPosition, InputError } from '../../errors.js';

/** Where a frame begins. */
export type FramePlace = ErrorPosition & { file: string; byteOffset: number };

/** Why a frame cannot be used, by the code of the error. */
const NAMES = {
  FRAME_DAMAGED: 'frame-damaged',
  FRAME_TRUNCATED: 'frame-truncated',
  FRAME_TOO_LARGE: 'frame-too-large',
  FRAME_VERSION: 'frame-version',
  CODEC_UNKNOWN: 'codec-unknown',
} as const;

export type FrameFaultCode = keyof typeof NAMES;
export type FrameFaultName = (typeof NAMES)[FrameFaultCode];

/** The error for a frame that cannot be used. */
export type FrameFault = InputError & { code: FrameFaultCode };

/** The name of a fault. */
export function faultName(code: FrameFaultCode): FrameFaultName {
  return NAMES[code];
}

/** The error for a frame that cannot be used; `detail` is a clause about the frame. */
export function frameFault(code: FrameFaultCode, detail: string, place: FramePlace): FrameFault {
  const fault = new InputError(code, `the frame cannot be used: ${detail}`, {
    ...place,
    hint: 'Fetch the file again; the other frames are read.',
  });
  return fault as FrameFault;
}

/** True for the errors of `frameFault`, as against those of the stream of bytes. */
export function isFrameFault(error: unknown): error is FrameFault {
  return error instanceof InputError && Object.hasOwn(NAMES, error.code);
}
