/** Rows of station_configuration: one for a fixed station, one per position for a mobile one. */
import { greatest, least } from '../numbers.js';
import type { StationEntry, StationIdentity } from '../records/station.js';
import { arrayText, type ColumnValues, type TableData } from './table-data.js';

const CRS_WGS84 = 0;
const NO_OPTIONAL_DATA = 0;
/** CDM `platform_type` of what moves: ship, drifting buoy, land vehicle, aircraft. */
const MOBILE_PLATFORMS: ReadonlySet<number> = new Set([2, 5, 8, 41]);

export interface StationTable {
  /** Takes a report's position (NaN where unknown) and time, in time order; returns the station record number of the report. */
  add(latitude: number, longitude: number, time: number): number;
  table(options: { stationType: number; variables: ReadonlySet<number> }): TableData;
  /** Smallest and largest latitude, longitude and time over all reports; NaN without any. */
  readonly extent: StationExtent;
}

export interface StationExtent {
  minLatitude: number;
  maxLatitude: number;
  minLongitude: number;
  maxLongitude: number;
  first: number;
  last: number;
}

interface Position {
  latitude: number;
  longitude: number;
  first: number;
  last: number;
}

/** @param entry what the source's inventory says of the station, undefined where it does not list it */
export function createStationTable(identity: StationIdentity, entry: StationEntry | undefined): StationTable {
  const mobile = entry?.mobile ?? MOBILE_PLATFORMS.has(identity.platformType ?? -1);
  const positions: Position[] = [];
  const numberOf = new Map<string, number>();
  const extent: StationExtent = {
    minLatitude: Number.NaN,
    maxLatitude: Number.NaN,
    minLongitude: Number.NaN,
    maxLongitude: Number.NaN,
    first: Number.NaN,
    last: Number.NaN,
  };
  const widen = (latitude: number, longitude: number, time: number): void => {
    extent.first = least(extent.first, time);
    extent.last = greatest(extent.last, time);
    if (Number.isNaN(latitude) || Number.isNaN(longitude)) return;
    extent.minLatitude = least(extent.minLatitude, latitude);
    extent.maxLatitude = greatest(extent.maxLatitude, latitude);
    extent.minLongitude = least(extent.minLongitude, longitude);
    extent.maxLongitude = greatest(extent.maxLongitude, longitude);
  };
  const known = (position: Position, latitude: number, longitude: number, time: number): void => {
    position.last = time;
    // A fixed station is listed where it reported last.
    if (!mobile && !Number.isNaN(latitude)) Object.assign(position, { latitude, longitude });
  };
  return {
    extent,
    add(latitude, longitude, time) {
      widen(latitude, longitude, time);
      const key = mobile ? `${latitude},${longitude}` : '';
      const number = numberOf.get(key);
      const position = number === undefined ? undefined : positions[number - 1];
      if (number !== undefined && position !== undefined) {
        known(position, latitude, longitude, time);
        return number;
      }
      positions.push({ latitude, longitude, first: time, last: time });
      numberOf.set(key, positions.length);
      return positions.length;
    },
    table({ stationType, variables }) {
      const listed = entry !== undefined && !mobile && !Number.isNaN(entry.latitude);
      const columns: [string, ColumnValues][] = [
        ['primary_id', identity.primaryId],
        ['primary_id_scheme', identity.primaryScheme],
        ['record_number', positions.map((_, i) => i + 1)],
        ['secondary_id', identity.secondaryId === null ? '' : arrayText([identity.secondaryId])],
        ['secondary_id_scheme', identity.secondaryId === null ? '' : arrayText([identity.secondaryScheme])],
        ['station_name', entry?.name ?? ''],
        ['station_crs', CRS_WGS84],
        ['longitude', listed ? entry.longitude : positions.map((p) => p.longitude)],
        ['latitude', listed ? entry.latitude : positions.map((p) => p.latitude)],
        ['start_date', positions.map((p) => p.first)],
        ['end_date', positions.map((p) => p.last)],
        ['station_type', stationType],
        ['platform_type', identity.platformType ?? Number.NaN],
        ['observed_variables', arrayText([...variables].sort((a, b) => a - b))],
        ['optional_data', NO_OPTIONAL_DATA],
        ['bbox_min_longitude', extent.minLongitude],
        ['bbox_max_longitude', extent.maxLongitude],
        ['bbox_min_latitude', extent.minLatitude],
        ['bbox_max_latitude', extent.maxLatitude],
      ];
      return { rows: positions.length, columns: new Map(columns) };
    },
  };
}
