/**
 * The BUFR decoder: a message in, its header and its subsets out. It knows tables, templates and operators, and nothing of
 * soundings. Programs and changed elements are kept from message to message, because an archive repeats a few templates.
 */
import { BitReader } from './bits.js';
import { CompressedLayout } from './compressed.js';
import { bufrError } from './error.js';
import { compile, type Program } from './expand.js';
import { type MessageHeader, readHeader } from './message.js';
import { ElementVariants } from './operators.js';
import type { Subset } from './subset.js';
import type { BufrTables, TableSet } from './tables.js';
import { UncompressedLayout, ValuePool } from './uncompressed.js';
import { type Budget, Walk } from './walk.js';

/** A message, decoded. */
export interface DecodedMessage {
  header: MessageHeader;
  subsets: Subset[];
}

export interface Decoder {
  /**
   * Decodes a whole message, from `BUFR` to `7777`.
   *
   * @throws InputError with a `BufrErrorCode`; an unknown descriptor or operator is named in `position.field`
   */
  decode(bytes: Uint8Array): DecodedMessage;
}

/**
 * Elements that a message may have in all its subsets together. The largest real ones (16 MiB of satellite data) stay below;
 * memory for this many is about 100 MB.
 */
const MAX_ELEMENTS = 1 << 22;
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
      const program = programOf(tables.select(header), descriptors);
      const bits = new BitReader(bytes, data.start, data.end);
      const budget: Budget = { left: MAX_ELEMENTS };
      const walkThrough = (layout: UncompressedLayout | CompressedLayout): Walk => {
        const walk = new Walk(layout, variants, budget);
        walk.run(program);
        return walk;
      };
      if (compressed) {
        if (subsetCount === 0) return { header, subsets: [] };
        const layout = new CompressedLayout(bits, subsetCount);
        const { replications } = walkThrough(layout);
        return { header, subsets: layout.finish(replications) };
      }
      const subsets: Subset[] = [];
      for (let k = 0; k < subsetCount; k++) {
        const layout = new UncompressedLayout(bits, pool);
        const { replications } = walkThrough(layout);
        subsets.push(layout.finish(replications));
      }
      return { header, subsets };
    },
  };
}
