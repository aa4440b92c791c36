/** Records of a ledger made up from a number. */
import type { LedgerKind, LedgerKinds } from '../../../src/run/ledger/records.js';

const hash = (i: number): string => i.toString(16).padStart(64, '0');

/** A station's record of about 1.5 kB. */
export function stationRecord(i: number): LedgerKinds['station'] {
  const counts = Object.fromEntries(
    Array.from({ length: 36 }, (_, reason) => [`igra2.reason.number-${reason}`, i * reason]),
  );
  return {
    dataset: 'igra2',
    station: `USM${String(i).padStart(8, '0')}`,
    fingerprint: hash(i),
    files: [{ name: `0-20000-0-${i}_igra2_harvested.nc`, sha256: hash(i), bytes: i, mtimeMs: i + 0.5 }],
    reader: 1,
    tables: hash(1),
    report: { counts, note: 'é\n"\u0007 of any text' },
  };
}

export function inputRecord(i: number): LedgerKinds['input'] {
  return {
    stamp: { bytes: i, mtimeMs: i + 0.25, ctimeMs: i + 0.5, inode: i },
    sha256: hash(i),
    listing: { reader: 'igra2 1', result: [{ id: `USM${i}`, files: [{ name: 'data.txt', bytes: i }] }] },
  };
}

export function downloadRecord(i: number): LedgerKinds['download'] {
  return {
    name: `USM${i}-data.txt.zip`,
    url: `https://example.org/USM${i}-data.txt.zip`,
    bytes: i,
    sha256: hash(i),
    etag: null,
    lastModified: 'Thu, 01 Jan 1970 00:00:00 GMT',
    listed: null,
    mtimeMs: i,
  };
}

/** Everything that a ledger says, as plain data. */
export function everythingIn(view: {
  entries<K extends LedgerKind>(kind: K): IterableIterator<[string, LedgerKinds[K]]>;
}): Record<LedgerKind, Record<string, unknown>> {
  const of = (kind: LedgerKind): Record<string, unknown> => Object.fromEntries(view.entries(kind));
  return { station: of('station'), input: of('input'), download: of('download') };
}
