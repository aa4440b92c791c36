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

/** What is subtracted from an observation: the first guess of an assimilation, or a forecast; or an analysis. */
export type DepartureKind = 'first guess' | 'analysis';

/** How the feedback of one reanalysis is written. */
export interface FeedbackDescriptor {
  /** Group of the station file; its name ends in `fb`. */
  group: string;
  /** The reanalysis or the collection of forecasts that it is of, such as `ERA5`. */
  of: string;
  /** Its run, stream or collection of inputs; '' where that is not known. */
  run: string;
  /** Table definition whose elements the group has in any case, such as `era5fb_table`; null for none. */
  table: string | null;
  /** The source's columns that belong to the group, by name or by name with a trailing `*`. */
  columns: readonly string[];
  /** Columns of observation minus model, with what the model is: their values show that an observation was used or compared. */
  departures: Readonly<Record<string, DepartureKind>>;
  /** Columns that have the unit of the quantity, with the column of the group that tells the quantity. */
  unitsFrom: Readonly<Record<string, string>>;
  /** What makes a departure one in the unit of the CDM, by code of `observed_variable`; 1 for those that are not named. */
  scales: Readonly<Record<string, number>>;
}
