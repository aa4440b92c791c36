/**
 * The BUFR decoder: a message in, its header and its subsets out. It knows tables, templates and operators, and nothing of
 * soundings. Programs and changed elements are kept from message to message, because an archive repeats a few templates.
 */
import { BitReader } from './bits.js';
import { spend, stepsFor, valuesFor } from './budget.js';
import { CompressedLayout } from './compressed.js';
import { bufrError } from './error.js';
import { compile, type Program } from './expand.js';
import { type MessageHeader, readHeader } from './message.js';
import { ElementVariants } from './operators.js';
import type { Subset } from './subset.js';
import type { BufrTables, TableSet } from './tables.js';
import { UncompressedLayout, ValuePool } from './uncompressed.js';
import { Walk } from './walk.js';

/** A message, decoded. */
export interface DecodedMessage {
  header: MessageHeader;
  /** One at least; equal subsets of compressed data are the same object. */
  subsets: Subset[];
  /**
   * Bits behind the last element that are no padding, which fills the section up to an even number of octets. A fifth of the
   * messages with quality information in ECMWF's archive have 5 to 11 percent of the section left over, and are good.
   */
  leftOver: number;
}

export interface Decoder {
  /**
   * Decodes a whole message, from `BUFR` to `7777`.
   *
   * @throws InputError with a `BufrErrorCode`; an unknown descriptor or operator is named in `position.field`
   */
  decode(bytes: Uint8Array): DecodedMessage;
}

/** A message with a larger part of its data section left over was not understood, or is damaged. */
const MOST_LEFT_OVER = 1 / 4;
/** Some fill sections up to words of four octets; in a short message that is much. */
const WORD = 32;
/** Octets of section 4 before its data. */
const SECTION_HEAD = 4;
/** What setting up a subset costs, in steps. */
const SUBSET_STEPS = 16;
/** Only hostile input has more templates than this. */
const MAX_PROGRAMS = 256;

/** A decoder with these tables. Not for use by several messages at the same time, which a single thread cannot do anyway. */
export function createDecoder(tables: BufrTables): Decoder {
  const variants = new ElementVariants();
  const pool = new ValuePool();
  const programs = new Map<TableSet, Map<string, Program>>();
  let kept = 0;

  const programOf = (set: TableSet, descriptors: readonly number[]): Program => {
    const key = descriptors.join();
    const known = programs.get(set)?.get(key);
    if (known !== undefined) return known;
    const program = compile(descriptors, set);
    if (kept++ >= MAX_PROGRAMS) {
      programs.clear();
      kept = 1;
    }
    const ofSet = programs.get(set) ?? new Map<string, Program>();
    programs.set(set, ofSet.set(key, program));
    return program;
  };

  return {
    decode(bytes) {
      const header = readHeader(bytes);
      const { masterTable, data, subsetCount, compressed, descriptors } = header;
      if (masterTable !== 0)
        throw bufrError('BUFR_MASTER_TABLE', `master table ${masterTable} (only 0, meteorology, is read)`);
      if (subsetCount === 0) throw bufrError('BUFR_NO_SUBSETS', 'the message has no subsets');
      const program = programOf(tables.select(header), descriptors);
      const bits = new BitReader(bytes, data.start, data.end);
      const bitCount = 8 * (data.end - data.start);
      const budget = stepsFor(bitCount);
      const walkThrough = (layout: UncompressedLayout | CompressedLayout): Walk => {
        spend(budget, SUBSET_STEPS);
        const walk = new Walk(layout, variants, budget);
        walk.run(program);
        return walk;
      };
      let subsets: Subset[] = [];
      if (compressed) {
        const layout = new CompressedLayout(bits, subsetCount);
        const { replications } = walkThrough(layout);
        spend(valuesFor(bitCount), layout.valueCount);
        subsets = layout.finish(replications);
      } else {
        for (let k = 0; k < subsetCount; k++) {
          const layout = new UncompressedLayout(bits, pool);
          const { replications } = walkThrough(layout);
          subsets.push(layout.finish(replications));
        }
      }
      return { header, subsets, leftOver: leftOverOf(header, bits.position) };
    },
  };
}

/**
 * Bits of the data section from `position` on that are no padding.
 *
 * @throws InputError `BUFR_LEFT_OVER` where they are more than a quarter of the section
 */
function leftOverOf({ data }: MessageHeader, position: number): number {
  const start = data.start - SECTION_HEAD;
  const used = Math.ceil(position / 8) - start;
  // Editions 2 and 3 have sections of an even number of octets; some centres keep to that in edition 4.
  const leftOver = Math.max(0, 8 * (data.end - start - used - (used % 2)));
  if (leftOver > WORD && leftOver > MOST_LEFT_OVER * 8 * (data.end - start))
    throw bufrError(
      'BUFR_LEFT_OVER',
      `${leftOver} of the ${8 * (data.end - start)} bits of section 4 are left over behind its last element`,
    );
  return leftOver;
}
