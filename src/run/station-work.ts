/** What the harvest of one station is given. */
import type { CdmEdition } from '../cdm/index.js';
import type { Profile, SourceFileIdentity } from '../match/index.js';
import type { EncodedTable } from '../output/index.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import type { StationInput } from '../records/input.js';
import type { RecordTime } from '../records/sounding.js';
import type { StationEntry } from '../records/station.js';
import type { Source } from '../sources/source.js';
import type { FileStamp } from './ledger/records.js';

/** What is the same for all stations of a run. */
export interface StationRun {
  source: Source;
  descriptor: SourceDescriptor;
  edition: CdmEdition;
  codeTables: readonly EncodedTable[];
  profile: Profile;
  recordTime: RecordTime;
  /** Record times that are kept: `from <= time < to`, seconds since 1900-01-01; infinite where open. */
  period: { from: number; to: number };
  splitByYear: boolean;
  /** Folder of the dataset's station files; null writes nothing (dry run). */
  outputFolder: string | null;
}

/** An input file of a station with what identifies it. */
export interface IdentifiedFile extends SourceFileIdentity {
  path: string;
  /** The file as it was when it was hashed. */
  stamp: FileStamp;
}

/** One station to be harvested. */
export interface StationWork {
  station: StationInput;
  /** What the archive's station list says of it. */
  entry: StationEntry | undefined;
  /** The station's files, in the order of `station.files`. */
  files: readonly IdentifiedFile[];
  /** Called with the number of soundings done now and then. */
  onReports?: (reports: number) => void;
  signal?: AbortSignal;
}
