/**
 * The Upper Air Database (UADB) of NCAR, ds370.1: text files of fixed columns, a header line per sounding and a line per
 * level, two files per station: one with the soundings of temperature and humidity (`uadb_trhc_<id>.txt`), one with those of
 * wind (`uadb_windc_<id>.txt`). The content does not say which of them it is; the reader treats both alike, and the run joins
 * their reports of one time. `recognise.ts` tells the format by content, `parse.ts`, `lines.ts` (the hot loop) and
 * `level.ts` turn bytes into record batches, `header.ts` and `report-time.ts` hold the rules of the header, `number.ts` and
 * `sentinels.ts` those of the fields, `duplicates.ts` those of repeated winds, `station-id.ts` knows the stations. Column numbers in comments are 1-based.
 */
import type { SoundingBatch } from '../../records/batch.js';
import type { InputFile, StationInput } from '../../records/input.js';
import { expectBeginning } from '../beginning.js';
import { readDescriptor } from '../descriptor.js';
import type { OpenOptions, Source } from '../source.js';
import { type LineFormat, readTextStation } from '../text/station.js';
import { createSoundingParser } from './parse.js';
import { firstStationId, recognise, searchHeader } from './recognise.js';
import { identify } from './station-id.js';

const FORMAT: LineFormat = {
  recognise,
  search: searchHeader,
  expected: 'UADB soundings',
  hint: 'Give the files uadb_trhc_<id>.txt and uadb_windc_<id>.txt of NCAR ds370.1, plain, gzip or zip.',
};

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
  recognise,
  search: searchHeader,
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
    const { head } = await expectBeginning(file, FORMAT, { ...FORMAT, signal });
    const id = firstStationId(head);
    const known = stations.get(id);
    if (known === undefined) stations.set(id, [file]);
    else known.push(file);
  }
  for (const id of [...stations.keys()].sort())
    yield { id, files: (stations.get(id) ?? []).sort(thermodynamicFirst) };
}

/** The file with temperature and humidity first: report-level fields of joined reports come from it. */
function thermodynamicFirst(a: InputFile, b: InputFile): number {
  const rank = ({ name }: InputFile): number => (/^uadb_trhc?_/i.test(name) ? 0 : 1);
  return rank(a) - rank(b) || compareText(a.name, b.name) || compareText(a.path, b.path);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function open(station: StationInput, options: OpenOptions): AsyncGenerator<SoundingBatch> {
  const parser = createSoundingParser(station.id, options.tally);
  return readTextStation(station, options, parser, FORMAT);
}
