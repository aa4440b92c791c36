/**
 * The Integrated Global Radiosonde Archive, version 2, of NOAA/NCEI: one text file per station, fixed columns, a header
 * line per sounding and a line per level. `recognise.ts` tells the format by content, `parse.ts`, `lines.ts` (the hot loop)
 * and `level.ts` turn bytes into record batches, `header.ts` and `report-time.ts` hold the rules of the header,
 * `station-list.ts` and `station-id.ts` know the stations. Column numbers in comments are 1-based and inclusive, as in the archive's documentation.
 */
import type { SoundingBatch } from '../../records/batch.js';
import type { InputFile, StationInput } from '../../records/input.js';
import { expectBeginning } from '../beginning.js';
import { readDescriptor } from '../descriptor.js';
import { firstBytes } from '../head.js';
import type { OpenOptions, Source } from '../source.js';
import { type LineFormat, readTextStation } from '../text/station.js';
import { createSoundingParser } from './parse.js';
import { firstStationId, isStationList, recognise, searchHeader } from './recognise.js';
import { identify } from './station-id.js';
import { readStationList } from './station-list.js';

const FORMAT: LineFormat = {
  recognise,
  search: searchHeader,
  expected: 'IGRA 2 soundings',
  hint: 'Give the files <ID>-data.txt of IGRA 2, plain, gzip or zip.',
};

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
  recognise,
  search: searchHeader,
  inventory: { recognise: isStationList, read: readStationList },
  list,
  identify,
  open,
};

async function* list(
  files: readonly InputFile[],
  { signal }: { signal?: AbortSignal },
): AsyncGenerator<StationInput> {
  const stations = new Map<string, InputFile[]>();
  for (const file of files) {
    signal?.throwIfAborted();
    const first = await firstBytes(file, { signal });
    if (isStationList(first)) continue;
    const { head } = recognise(first).fits
      ? { head: first }
      : await expectBeginning(file, FORMAT, { ...FORMAT, signal });
    const id = firstStationId(head);
    const known = stations.get(id);
    if (known === undefined) stations.set(id, [file]);
    else known.push(file);
  }
  for (const id of [...stations.keys()].sort()) yield { id, files: stations.get(id) ?? [] };
}

function open(station: StationInput, options: OpenOptions): AsyncGenerator<SoundingBatch> {
  const parser = createSoundingParser(station.id, options.tally);
  return readTextStation(station, options, parser, FORMAT);
}
