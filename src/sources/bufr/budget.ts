/**
 * How much work a message may cost: no more than so many steps for each bit of its data. Elements can be made zero bits wide,
 * replications can hold nothing, and the subsets of a compressed message can be told apart by one bit, so that a message of
 * 182 bytes would cost what four million elements do.
 */
import { bufrError } from './error.js';

/** Steps that a message may still take. */
export interface Budget {
  left: number;
}

/**
 * Elements, operators and repetitions for each bit. Real messages have at most one for two bits (a bitmap and its confidences
 * behind each element); the widest use of operators takes four around an element of several bits.
 */
const STEPS_PER_BIT = 4;
/**
 * Values for each bit of compressed data, in all subsets together. Where most elements are the same in all subsets there are
 * many: twenty in the satellite data of a thousand channels of which only the places differ.
 */
const VALUES_PER_BIT = 64;
/** For the operators of messages that have next to no data. */
const BASE = 1000;
/** No message takes more, nor has more values. The largest real ones (16 MiB of satellite data) stay below; memory for this many is about 100 MB. */
const MOST = 1 << 22;

/** What the walk through a message may cost. @param bits of its data section */
export function stepsFor(bits: number): Budget {
  return { left: Math.min(MOST, BASE + STEPS_PER_BIT * bits) };
}

/** How many values may be made of compressed data. @param bits of its data section */
export function valuesFor(bits: number): Budget {
  return { left: Math.min(MOST, BASE + VALUES_PER_BIT * bits) };
}

/** @throws InputError `BUFR_TOO_LARGE` where nothing is left */
export function spend(budget: Budget, steps: number): void {
  budget.left -= steps;
  if (budget.left < 0)
    throw bufrError('BUFR_TOO_LARGE', 'the message expands to more elements than its bits can hold');
}
