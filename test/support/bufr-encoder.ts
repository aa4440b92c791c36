/**
 * Writes BUFR messages of editions 3 and 4 for tests, demo and benchmarks. It shares the tables with the decoder and nothing
 * else: it expands descriptors as it goes, and writes strings of binary digits.
 */
import type { BufrTables, TableSet } from '../../src/sources/bufr/tables.js';
import { BitWriter } from './bufr-bits.js';
import { EncoderState, type Slot } from './bufr-state.js';

/** A value in the unit of table B, a text, or null for missing. */
export type BufrValue = number | string | null;

/** Gives the value of the next element; in compressed messages each subset is asked in turn. */
export type BufrSupply = (slot: Slot) => BufrValue;

export interface BufrContent {
  tables: BufrTables;
  edition?: 3 | 4;
  compressed?: boolean;
  centre?: number;
  subCentre?: number;
  category?: number;
  subCategory?: number;
  localSubCategory?: number;
  masterVersion?: number;
  localVersion?: number;
  /** Four digits; edition 3 keeps two. */
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  /** Content of section 2, which is left out where this is absent. */
  section2?: Uint8Array;
  /** F XX YYY as decimal numbers, such as 309052. */
  descriptors: readonly number[];
  /**
   * The data of each subset: values in the order of the message, or a function that gives them. Replication factors are
   * values like others, new references (203) too; operators take none, markers 2XX255 do.
   */
  subsets: readonly (readonly BufrValue[] | BufrSupply)[];
}

/** The message, from `BUFR` to `7777`. */
export function encodeBufr(content: BufrContent): Uint8Array {
  const { tables, descriptors, compressed = false, edition = 4, section2 } = content;
  const set = tables.select({
    centre: content.centre ?? 98,
    masterVersion: content.masterVersion ?? 31,
    localVersion: content.localVersion ?? 0,
  });
  const supplies = content.subsets.map((subset) =>
    typeof subset === 'function' ? subset : fromList(subset),
  );
  const writer = new BitWriter();
  const groups = compressed ? [supplies] : supplies.map((supply) => [supply]);
  for (const group of groups) writeList(descriptors, new EncoderState(set, writer, group, compressed));
  for (const [i, subset] of content.subsets.entries())
    if (typeof subset !== 'function') checkUsed(supplies[i]!, subset.length);

  const even = edition === 3;
  const head3 = new BitWriter();
  head3
    .write(0, 8)
    .write(supplies.length, 16)
    .write(0x80 | (compressed ? 0x40 : 0), 8);
  for (const descriptor of descriptors)
    head3
      .write(Math.floor(descriptor / 100_000), 2)
      .write(Math.floor(descriptor / 1000) % 100, 6)
      .write(descriptor % 1000, 8);
  const body = Buffer.concat([
    section(identification(content, edition), even),
    ...(section2 === undefined ? [] : [section(Buffer.concat([Uint8Array.of(0), section2]), even)]),
    section(head3.bytes(), even),
    section(Buffer.concat([Uint8Array.of(0), writer.bytes()]), even),
  ]);
  const head = Buffer.from('BUFR\0\0\0\0', 'latin1');
  head.writeUIntBE(body.length + 12, 4, 3);
  head[7] = edition;
  return new Uint8Array(Buffer.concat([head, body, Buffer.from('7777', 'latin1')]));
}

/** Three octets of length before the content; padded to an even number in edition 3. */
function section(content: Uint8Array, even: boolean): Buffer {
  const length = content.length + 3;
  const bytes = Buffer.alloc(length + (even ? length % 2 : 0));
  bytes.writeUIntBE(bytes.length, 0, 3);
  bytes.set(content, 3);
  return bytes;
}

function identification(content: BufrContent, edition: 3 | 4): Uint8Array {
  const { centre = 98, subCentre = 0, category = 2, subCategory = 4, localSubCategory = 0 } = content;
  const { masterVersion = 31, localVersion = 0, year = 2000, month = 1, day = 1, hour = 0 } = content;
  const { minute = 0, second = 0, section2 } = content;
  const flags = section2 === undefined ? 0 : 0x80;
  const writer = new BitWriter().write(0, 8);
  if (edition === 3)
    return writer
      .writeAll([subCentre, centre, 0, flags, category, localSubCategory, masterVersion, localVersion], 8)
      .writeAll([((year + 99) % 100) + 1, month, day, hour, minute, 0], 8)
      .bytes();
  return writer
    .writeAll([centre, subCentre], 16)
    .writeAll([0, flags, category, subCategory, localSubCategory, masterVersion, localVersion], 8)
    .write(year, 16)
    .writeAll([month, day, hour, minute, second], 8)
    .bytes();
}

const used = new WeakMap<BufrSupply, { count: number }>();

/** A supply that hands out a list; a list that is too short is a mistake of the test. */
function fromList(values: readonly BufrValue[]): BufrSupply {
  const place = { count: 0 };
  const supply: BufrSupply = ({ descriptor }) => {
    const value = values[place.count++];
    if (value === undefined) throw new RangeError(`no value is left for descriptor ${descriptor}`);
    return value;
  };
  used.set(supply, place);
  return supply;
}

function checkUsed(supply: BufrSupply, length: number): void {
  const count = used.get(supply)?.count ?? 0;
  if (count !== length) throw new RangeError(`${length} values for the ${count} elements of a subset`);
}

/** Writes the data of a list of descriptors; replications take what follows them in this list. */
function writeList(list: readonly number[], state: EncoderState): void {
  for (let i = 0; i < list.length; i++) {
    const descriptor = list[i]!;
    const f = Math.floor(descriptor / 100_000);
    const x = Math.floor(descriptor / 1000) % 100;
    const y = descriptor % 1000;
    if (f === 0) state.writeElement(descriptor);
    else if (f === 2) state.operate(x, y);
    else if (f === 3) writeList(sequenceOf(state.tables, descriptor), state);
    else {
      const first = i + (y === 0 ? 2 : 1);
      const repeated = list.slice(first, first + x);
      let count = y;
      if (y === 0) {
        const factor = list[i + 1]!;
        count = state.writeFactor(factor);
        if (factor === 31011 || factor === 31012) count = Math.min(count, 1);
      }
      for (let k = 0; k < count; k++) writeList(repeated, state);
      i = first + x - 1;
    }
  }
}

function sequenceOf(tables: TableSet, descriptor: number): readonly number[] {
  const sequence = tables.sequence(descriptor);
  if (sequence === null) throw new RangeError(`no sequence ${descriptor}`);
  return sequence;
}
