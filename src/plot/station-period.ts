/** What the charts of many stations need to know of each. */
export interface StationPeriod {
  /** Primary station id. */
  id: string;
  name: string;
  dataset: string;
  /** Degrees north and east; NaN where unknown, and for mobile stations without a fixed place. */
  latitude: number;
  longitude: number;
  /** First and last record time, seconds since 1900-01-01. */
  first: number;
  last: number;
  /** Launches (reports), in all and by calendar year. */
  launches: number;
  launchesByYear: ReadonlyMap<number, number>;
}
