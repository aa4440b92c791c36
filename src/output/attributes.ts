/** Global attributes of a station file: CF, ACDD, and where everything in it came from. */

import { isoTime } from '../calendar.js';
import type { CdmEdition } from '../cdm/index.js';
import type { Profile, SourceFileIdentity, StationExtent } from '../match/index.js';
import type { AttributeValue } from '../netcdf4/index.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import type { StationEntry, StationIdentity } from '../records/station.js';
import { sortedCounts, type Tally } from '../records/tally.js';
import { VERSION } from '../version.js';

export interface Provenance {
  descriptor: SourceDescriptor;
  identity: StationIdentity;
  entry: StationEntry | undefined;
  files: readonly SourceFileIdentity[];
  edition: CdmEdition;
  profile: Profile;
  recordTime: string;
  extent: StationExtent;
  /** Counts of what was read, written and left out. */
  counts: Partial<Counts>;
  /** Seconds since 1900-01-01: `SOURCE_DATE_EPOCH`, or the newest input's modification time. */
  createdAt: number;
}

export function globalAttributes(p: Provenance): Record<string, AttributeValue> {
  const created = isoTime(p.createdAt);
  const name = p.entry?.name ? `${p.entry.name} (${p.identity.primaryId})` : p.identity.primaryId;
  return {
    Conventions: 'CF-1.10, ACDD-1.3',
    title: `Radiosonde and pilot balloon soundings of station ${name} from ${p.descriptor.title}`,
    summary: `${p.descriptor.summary} One group per table of the Common Data Model; one launch is the slice of observations_table that recordindex and recordsize give.`,
    featureType: 'profile',
    source: p.descriptor.title,
    institution: p.descriptor.provider,
    product_version: p.descriptor.productVersion,
    history: `${created} radiosonde-harvester ${VERSION}: harvested from ${p.files.map((file) => file.name).join(', ')}`,
    license: p.descriptor.licence,
    references: [p.descriptor.citation, ...p.descriptor.references].join('; '),
    date_created: created,
    ...extentAttributes(p.extent),
    dataset: p.descriptor.id,
    primary_station_id: p.identity.primaryId,
    ...(p.identity.secondaryId !== null && { source_station_id: p.identity.secondaryId }),
    harvester_version: VERSION,
    profile: p.profile,
    record_time: p.recordTime,
    source_files: JSON.stringify(p.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))),
    cdm_tables_edition: p.edition.name,
    cdm_tables_repository: p.edition.repository,
    cdm_tables_commit: p.edition.commit,
    cdm_tables_sha256: p.edition.sha256,
    harvest_counts: JSON.stringify(p.counts),
  };
}

/** Counts as plain data, in the form of the run report. */
export interface Counts {
  reports: number;
  levels: number;
  fields: number;
  rows: number;
  dropped: Record<string, number>;
  noted: Record<string, number>;
}

/** The run's counts for this station, in the form of the run report. */
export function countsOf(tally: Tally): Counts {
  return {
    reports: tally.reports,
    levels: tally.levels,
    fields: tally.fields,
    rows: tally.rows,
    dropped: sortedCounts(tally.dropped),
    noted: sortedCounts(tally.noted),
  };
}

function extentAttributes(extent: StationExtent): Record<string, AttributeValue> {
  return {
    ...(!Number.isNaN(extent.first) && {
      time_coverage_start: isoTime(extent.first),
      time_coverage_end: isoTime(extent.last),
    }),
    ...(!Number.isNaN(extent.minLatitude) && {
      geospatial_lat_min: Float64Array.of(extent.minLatitude),
      geospatial_lat_max: Float64Array.of(extent.maxLatitude),
      geospatial_lon_min: Float64Array.of(extent.minLongitude),
      geospatial_lon_max: Float64Array.of(extent.maxLongitude),
    }),
  };
}
