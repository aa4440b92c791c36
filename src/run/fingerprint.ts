/** What decides the bytes of a station's files, in one hash: a station is harvested again exactly when its fingerprint is another one. */
import { createHash } from 'node:crypto';
import type { CdmEdition } from '../cdm/index.js';
import { OUTPUT_VERSION } from '../output/index.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import type { StationEntry } from '../records/station.js';

/** What all stations of a run have in common. */
export interface RunIdentity {
  readerVersion: number;
  descriptor: SourceDescriptor;
  edition: CdmEdition;
  profile: string;
  recordTime: string;
  /** Seconds since 1900-01-01; infinite where open. */
  period: { from: number; to: number };
  splitByYear: boolean;
  /** `SOURCE_DATE_EPOCH`, which the files state as the time of their creation. */
  epoch: string | undefined;
}

/** A hash of everything but the station. */
export function identityOfRun(run: RunIdentity): string {
  const { edition, period } = run;
  return hashOf([
    OUTPUT_VERSION,
    run.readerVersion,
    run.descriptor,
    [edition.name, edition.repository, edition.commit, edition.sha256],
    // The extensions are not part of the edition's own hash.
    [...edition.definitions],
    [...edition.tables],
    run.profile,
    run.recordTime,
    [String(period.from), String(period.to)],
    run.splitByYear,
    run.epoch ?? null,
  ]);
}

/** What a station is made from. */
export interface StationIdentityParts {
  id: string;
  entry: StationEntry | undefined;
  /** In the order in which they are read. */
  files: readonly { name: string; bytes: number; sha256: string; sourceFormat?: number }[];
}

export function fingerprintOf(runIdentity: string, { id, entry, files }: StationIdentityParts): string {
  return hashOf([
    runIdentity,
    id,
    // Missing numbers are NaN, which JSON does not have.
    entry === undefined ? null : Object.entries(entry).map(([name, value]) => [name, String(value)]),
    files.map(({ name, bytes, sha256, sourceFormat }) => [name, bytes, sha256, sourceFormat ?? null]),
  ]);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
