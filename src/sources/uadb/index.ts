/**
 * The Upper Air Database (UADB) of NCAR, ds370.1: text files of fixed columns, a header line per sounding and a line per
 * level, two files per station: one with the soundings of temperature and humidity (`uadb_trhc_<id>.txt`), one with those of
 * wind (`uadb_windc_<id>.txt`). The content does not say which of them it is; the reader treats both alike, and the run joins
 * their reports of one time. `recognise.ts` tells the format by content, `format.ts` is what the machine of `text/` needs:
 * `columns.ts` (the table of columns), `lines.ts` (the hot loop) and `level.ts` for levels, `header.ts` and `report-time.ts` for the
 * rules of the header, `number.ts` and `sentinels.ts` for those of the fields, `duplicates.ts` for those of repeated winds.
 * `station-id.ts` knows the stations. Column numbers in comments are 1-based.
 */
import { readDescriptor } from '../descriptor.js';
import type { Source } from '../source.js';
import { listTextStations, readTextStation } from '../text/stations.js';
import { UADB } from './format.js';
import { recognise, searchHeader } from './recognise.js';
import { identify } from './station-id.js';

/**
 * UADB soundings. Every field of an accepted report becomes a row or is counted under one reason `ncar.<quantity>.<reason>`
 * in `Tally.dropped`: `missing` (a blank or a number that the format uses for it), `unreadable` (no number), `out-of-range`
 * (impossible by definition), `used-as-coordinate` (the height of a level without pressure), `no-coordinate` (a value on a
 * level with neither).
 *
 * The documents of the archive do not say that all soundings are ascents: the vertical direction of the reports is not said.
 */
export const ncar: Source = {
  id: 'ncar',
  readerVersion: 2,
  encodings: {
    airTemperature: { unit: 'degC', precision: 0.1 },
    relativeHumidity: { unit: 'percent', precision: 0.1 },
    windFromDirection: { unit: 'degree', precision: 1 },
    windSpeed: { unit: 'm/s', precision: 0.1 },
    geopotentialHeight: { unit: 'gpm', precision: 1 },
  },
  launches: { joinFiles: true },
  describe: () => readDescriptor('ncar'),
  reasons: async () => (await import('./reasons.js')).REASONS,
  facts: { positionsByLevel: false, heightFromList: false },
  locator: async () => (await import('./locate.js')).locateUadb,
  recognise,
  search: searchHeader,
  list: (files, { signal }) => listTextStations(files, UADB, signal),
  identify,
  open: (station, options) => readTextStation(station, options, UADB),
};
