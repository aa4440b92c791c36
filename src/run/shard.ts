/** Shards: a harvest cut into parts that know nothing of one another, for schedulers that spread work over machines. */
import { createHash } from 'node:crypto';
import { UsageError } from '../errors.js';

/** One of `of` shards; `index` counts from 1. */
export interface Shard {
  index: number;
  of: number;
}

/** More shards than any archive has stations are a slip of the pen. */
const MAX_SHARDS = 10_000;
const HASH_BYTES = 6;
const NUMBER = '[1-9]\\d{0,4}';
const SHARD = new RegExp(`^(${NUMBER})/(${NUMBER})$`);

/**
 * Reads `2/4`, the second of four shards.
 *
 * @throws UsageError `INVALID_SHARD`
 */
export function parseShard(text: string): Shard {
  const [, index, of] = SHARD.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index <= shard.of && shard.of <= MAX_SHARDS) return shard;
  throw new UsageError('INVALID_SHARD', `${JSON.stringify(text)} is not a shard`, {
    hint: `Write it as number/count, from 1/4 to 4/4 for four shards; at most ${MAX_SHARDS}.`,
  });
}

/** `shard-2-of-4`: in the names of what belongs to a shard alone. */
export function nameOf({ index, of }: Shard): string {
  return `shard-${index}-of-${of}`;
}

/**
 * Whether the shard harvests the station. It depends on the primary station id alone, so that every station is in exactly
 * one shard whatever else the archive holds, and on every machine (docs/decisions/017-shards.md). Ids that differ in case
 * alone, which have one file name on some file systems, are in one shard.
 */
export function isInShard(shard: Shard, primaryId: string): boolean {
  const hash = createHash('sha256').update(primaryId.toLowerCase(), 'utf8').digest();
  return hash.readUIntBE(0, HASH_BYTES) % shard.of === shard.index - 1;
}
