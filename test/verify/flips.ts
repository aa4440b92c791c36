/** Bits flipped in every section of a station file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { openNetcdf, type StoredGroup } from '../../src/netcdf4/index.js';
import { createRandom } from '../support/random.js';
import { verifierOf } from './planted.js';

export type Section =
  | 'superblock'
  | 'object headers'
  | 'chunk indexes'
  | 'heap'
  | 'compressed values'
  | 'plain values';
type Stretch = readonly [start: number, end: number];

/** A file and the stretches of it that hold each kind of thing. */
export interface Sections {
  bytes: Buffer;
  of: Readonly<Record<Section, readonly Stretch[]>>;
}

export async function sectionsOf(path: string): Promise<Sections> {
  const bytes = readFileSync(path);
  const stretches = (signature: string, length: (at: number) => number): Stretch[] => {
    const found: Stretch[] = [];
    for (let at = bytes.indexOf(signature); at >= 0; at = bytes.indexOf(signature, at + 1))
      found.push([at, at + length(at)]);
    return found;
  };
  return {
    bytes,
    of: {
      superblock: [[0, 48]],
      'object headers': stretches('OHDR', (at) => 10 + bytes.readUInt32LE(at + 6) + 4),
      // The header of a node, its keys (size, mask, two coordinates), and its addresses: of columns of numbers.
      'chunk indexes': stretches('TREE', () => 24 + 65 * 24 + 64 * 8),
      heap: stretches('GCOL', (at) => Number(bytes.readBigUInt64LE(at + 8))),
      ...(await values(path, bytes)),
    },
  };
}

async function values(
  path: string,
  bytes: Buffer,
): Promise<Record<'compressed values' | 'plain values', Stretch[]>> {
  const contents = await openNetcdf(path);
  const found: Record<'compressed values' | 'plain values', Stretch[]> = {
    'compressed values': [],
    'plain values': [],
  };
  const gather = (group: StoredGroup): void => {
    // Streams of zlib begin so.
    for (const variable of group.variables.values())
      for (const { address, size } of variable.storage())
        found[bytes[address] === 0x78 ? 'compressed values' : 'plain values'].push([address, address + size]);
    for (const inner of group.groups.values()) gather(inner);
  };
  gather(contents.root);
  contents.close();
  return found;
}

/** Flips bits at random places of a section, one at a time, in the file `path`; returns the places at which nothing was found. */
export async function unseenFlips(
  { bytes, of }: Sections,
  section: Section,
  flips: number,
  path: string,
): Promise<number[]> {
  const verify = verifierOf();
  const random = createRandom(flips);
  const unseen: number[] = [];
  for (let i = 0; i < flips; i++) {
    const stretch = of[section][random.integer(0, of[section].length - 1)];
    if (stretch === undefined) throw new Error(`the file has no ${section}`);
    const place = random.integer(stretch[0], stretch[1] - 1);
    writeFileSync(path, flipped(bytes, place, 1 << random.integer(0, 7)));
    if ((await verify(path)).findings.length === 0) unseen.push(place);
  }
  writeFileSync(path, bytes);
  return unseen;
}

/** The bytes with some bits of one of them turned over. */
export function flipped(bytes: Buffer, place: number, bits: number): Buffer {
  const damaged = Buffer.from(bytes);
  damaged[place] = (bytes[place] as number) ^ bits;
  return damaged;
}
