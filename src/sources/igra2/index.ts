/**
 * The Integrated Global Radiosonde Archive, version 2, of NOAA/NCEI: one text file per station, fixed columns, a header
 * line per sounding and a line per level. `recognise.ts` tells the format by content, `format.ts` is what the machine of `text/`
 * needs: `columns.ts` (the table of columns), `lines.ts` (the hot loop) and `level.ts` for levels, `header.ts` and `report-time.ts`
 * for the rules of the header. `station-list.ts` and `station-id.ts` know the stations. Column numbers in comments are 1-based and
 * inclusive, as in the archive's documentation.
 */
import { readDescriptor } from '../descriptor.js';
import type { Source } from '../source.js';
import { listTextStations, readTextStation } from '../text/stations.js';
import { IGRA2 } from './format.js';
import { isStationList, recognise, searchHeader } from './recognise.js';
import { identify } from './station-id.js';
import { readStationList } from './station-list.js';

/**
 * IGRA 2 soundings. Every field of an accepted report becomes a row or is counted under one reason
 * `igra2.<quantity>.<reason>` in `Tally.dropped`:
 * `missing` (-9999 or blank), `qa-removed` (-8888), `unreadable` (no integer), `out-of-range` (impossible by definition),
 * `used-as-coordinate` (the height of a level without pressure), `no-coordinate` (a value on a level with neither).
 *
 * The documents of the archive speak of soundings by radiosondes and pilot balloons and do not say that all of them are ascents:
 * the vertical direction of the reports is not said.
 */
export const igra2: Source = {
  id: 'igra2',
  readerVersion: 2,
  encodings: {
    airTemperature: { unit: 'degC', precision: 0.1 },
    dewPointDepression: { unit: 'degC-difference', precision: 0.1 },
    relativeHumidity: { unit: 'percent', precision: 0.1 },
    windFromDirection: { unit: 'degree', precision: 1 },
    windSpeed: { unit: 'm/s', precision: 0.1 },
    geopotentialHeight: { unit: 'gpm', precision: 1 },
  },
  describe: () => readDescriptor('igra2'),
  reasons: async () => (await import('./reasons.js')).REASONS,
  facts: { positionsByLevel: false, heightFromList: true },
  locator: async () => (await import('./locate.js')).locateIgra2,
  recognise,
  search: searchHeader,
  inventory: { recognise: isStationList, read: readStationList },
  list: (files, { signal }) => listTextStations(files, IGRA2, signal),
  identify,
  open: (station, options) => readTextStation(station, options, IGRA2),
};
