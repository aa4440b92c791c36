/** What a dataset says of itself: everything about it that is not code. */

/** A descriptor file `sources/<dataset>.json`: everything about a dataset that is not code. */
export interface SourceDescriptor {
  id: string;
  title: string;
  summary: string;
  provider: string;
  homepage: string;
  size: string;
  period: string;
  licence: string;
  /** Code of the CDM table `data_policy_licence`. */
  dataPolicyLicence: number;
  citation: string;
  references: string[];
  access: string;
  login: boolean;
  filePatterns: string[];
  stationIdRule: string;
  productVersion: string;
  /** Code of the CDM table `source_format` with the extensions. */
  sourceFormat: number;
  sourceFormatVersion: string;
  /** How the files are fetched. */
  download: DownloadDescriptor;
  /** The feedback that the files carry, one entry per reanalysis; absent where they carry none. */
  feedback?: readonly FeedbackDescriptor[];
}

/** Where the files of an archive can be fetched; what a mirror of the user's is laid out like. */
export interface DownloadDescriptor {
  /**
   * Regular expression on the names in the listing, from their beginning to their end; group 1 is the source's station id where
   * a file holds one station alone. Files of a pattern without a group are fetched whichever stations are asked for.
   */
  pattern: string;
  /** A listing of the archive itself with fewer files is taken for a fault. */
  atLeast: number;
  /** The archive's own addresses, the first one preferred; empty where a login is needed. */
  mirrors: readonly ArchiveLayout[];
  /** Where things lie below the base address of a mirror that the user names. */
  layout: Omit<ArchiveLayout, 'base'>;
}

/** One address of an archive: a folder with a listing, and single files such as the station list; relative to the base. */
export interface ArchiveLayout {
  /** Ends in `/`. */
  base: string;
  folder: string;
  files: readonly string[];
}

/** How the feedback of one reanalysis is written. */
export interface FeedbackDescriptor {
  /** Group of the station file, such as `era5fb`. */
  group: string;
  /** Table definition whose elements the group has in any case, such as `era5fb_table`; null for none. */
  table: string | null;
  /** The source's columns that belong to the group, by name or by name with a trailing `*`. */
  columns: readonly string[];
  /** Columns whose values show that an observation was used or compared: departures from analysis and first guess. */
  departures: readonly string[];
}
