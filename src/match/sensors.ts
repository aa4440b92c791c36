/** Rows of sensor_configuration: one per radiosonde type that the station's reports name. */
import type { ColumnValues, TableData } from './table-data.js';

const NO_OPTIONAL_DATA = 0;
const TYPE_DIGITS = 3;

/** Width of a sensor id in bytes. */
export const SENSOR_ID_WIDTH = 'sonde-'.length + TYPE_DIGITS;

/** `sonde-<nnn>`, the number of WMO code table 0 02 011; '' where the type is unknown (-1). */
export function sensorId(sondeType: number): string {
  return sondeType < 0 ? '' : `sonde-${String(sondeType).padStart(TYPE_DIGITS, '0')}`;
}

export interface SensorTable {
  /** Takes the sonde type of a report (-1 where unknown) and its time. */
  add(sondeType: number, time: number): void;
  table(): TableData;
}

export function createSensorTable(): SensorTable {
  const seen = new Map<number, { first: number; last: number }>();
  return {
    add(sondeType, time) {
      if (sondeType < 0) return;
      const span = seen.get(sondeType);
      if (span === undefined) seen.set(sondeType, { first: time, last: time });
      else {
        span.first = Math.min(span.first, time);
        span.last = Math.max(span.last, time);
      }
    },
    table() {
      const rows = [...seen].sort(([a], [b]) => a - b);
      return {
        rows: rows.length,
        columns: new Map<string, ColumnValues>([
          ['sensor_id', rows.map(([type]) => sensorId(type))],
          ['comments', rows.map(([type]) => `radiosonde type ${type} of WMO code table 0 02 011`)],
          ['date_start', rows.map(([, { first }]) => first)],
          ['date_end', rows.map(([, { last }]) => last)],
          ['optional_data', NO_OPTIONAL_DATA],
        ]),
      };
    },
  };
}
