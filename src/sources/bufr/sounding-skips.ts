/** Messages that could not be used, and why. */
import { HarvestError } from '../../errors.js';
import type { Tally } from '../../records/tally.js';
import { skip as listSkip } from '../skips.js';
import type { BufrErrorCode } from './error.js';
import { type BufrCode, nameOf } from './reasons.js';

/** Counts a skipped part of a file and lists it. */
export type Skipper = (code: BufrCode, byteOffset: number, detail: string) => void;

/** A skipper for one file. */
export function createSkipper(tally: Tally, file: string): Skipper {
  const context = { tally, path: file, listed: new Map<string, number>() };
  return (code, byteOffset, detail) => listSkip(context, nameOf(code), byteOffset, detail);
}

const CODE_OF_ERROR = {
  BUFR_EDITION: 'message.edition',
  BUFR_MASTER_TABLE: 'message.master-table',
  BUFR_LENGTH: 'message.length',
  BUFR_UNKNOWN_DESCRIPTOR: 'message.unknown-descriptor',
  BUFR_TEMPLATE: 'message.template',
  BUFR_OPERATOR: 'message.operator',
  BUFR_NO_SUBSETS: 'message.no-subsets',
  BUFR_TRUNCATED: 'message.truncated',
  BUFR_LEFT_OVER: 'message.left-over',
  BUFR_IMPOSSIBLE_COORDINATES: 'message.impossible-coordinates',
  BUFR_BITMAP: 'message.bitmap',
  BUFR_TOO_LARGE: 'message.too-large',
} as const satisfies Record<BufrErrorCode, BufrCode>;

/**
 * What an error of the decoder counts as.
 *
 * @throws the error itself where it is not about the message
 */
export function reasonOfError(error: unknown): { code: BufrCode; detail: string } {
  if (!(error instanceof HarvestError) || !isOfMessage(error.code)) throw error;
  return { code: CODE_OF_ERROR[error.code], detail: error.message };
}

function isOfMessage(code: string): code is BufrErrorCode {
  return Object.hasOwn(CODE_OF_ERROR, code);
}
