/** The words of a harvest. */

/** The options as they are parsed. */
export interface HarvestWords {
  source?: string | undefined;
  input: string[];
  output?: string | undefined;
  workdir: string;
  station: string[];
  from?: string | undefined;
  to?: string | undefined;
  tables: string;
  offline: boolean;
  profile: 'cdm' | 'cuon';
  recordTime: 'launch' | 'nominal';
  split?: 'year' | undefined;
  stations?: string | undefined;
  workers?: number | undefined;
  shard?: string | undefined;
  force: boolean;
  mirror: string[];
  keepReports: number;
  dryRun: boolean;
  json: boolean;
  quiet: boolean;
  noColor: boolean;
}
