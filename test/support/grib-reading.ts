/** Scans of whole sources, for tests. */
import type { GribDamage } from '../../src/grib/damage.js';
import type { ByteSource, Field } from '../../src/grib/field.js';
import { type ScanSummary, scan } from '../../src/grib/scan.js';
import { memorySource } from '../../src/grib/source.js';

export interface Scanned {
  fields: Field[];
  damage: GribDamage[];
  summary: ScanSummary;
}

/** All fields of a source, or of bytes in memory. */
export async function scanAll(source: ByteSource | Uint8Array): Promise<Scanned> {
  const fields: Field[] = [];
  const damage: GribDamage[] = [];
  const bytes = source instanceof Uint8Array ? memorySource(source) : source;
  const scanning = scan(bytes, { onDamage: (one) => damage.push(one) });
  for (;;) {
    const { done, value } = await scanning.next();
    if (done) return { fields, damage, summary: value };
    fields.push(value);
  }
}

/** A source that counts what is read of it. */
export function countingSource(source: ByteSource): ByteSource & { reads: number; bytesRead: number } {
  const counting = {
    name: source.name,
    size: source.size,
    reads: 0,
    bytesRead: 0,
    async read(position: number, length: number): Promise<Uint8Array> {
      const bytes = await source.read(position, length);
      counting.reads++;
      counting.bytesRead += bytes.length;
      return bytes;
    },
  };
  return counting;
}
