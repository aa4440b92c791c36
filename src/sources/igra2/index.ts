/**
 * The Integrated Global Radiosonde Archive, version 2, of NOAA/NCEI: one text file per station, fixed columns, a header
 * line per sounding and a line per level. `recognise.ts` tells the format by content, `parse.ts` and `level.ts` turn bytes
 * into record batches, `header.ts` and `report-time.ts` hold the rules of the header, `station-list.ts` and `station-id.ts`
 * know the stations. Column numbers in comments are 1-based and inclusive, as in the archive's documentation.
 */
import { InputError } from '../../errors.js';
import type { SoundingBatch } from '../../records/batch.js';
import { readDescriptor } from '../descriptor.js';
import type { InputFile, OpenOptions, Source, StationInput } from '../source.js';
import { createSoundingParser } from './parse.js';
import { firstStationId, HEAD_LENGTH, isStationList, recognise } from './recognise.js';
import { identify } from './station-id.js';
import { readStationList } from './station-list.js';

/**
 * IGRA 2 soundings. Every field of an accepted report becomes a row or is counted under one reason
 * `igra2.<quantity>.<reason>` in `Tally.dropped`:
 * `missing` (-9999 or blank), `qa-removed` (-8888), `unreadable` (no integer), `out-of-range` (impossible by definition),
 * `used-as-coordinate` (the height of a level without pressure), `no-coordinate` (a value on a level with neither).
 */
export const igra2: Source = {
  id: 'igra2',
  readerVersion: 1,
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
  inventory: { recognise: isStationList, read: readStationList },
  list,
  identify,
  open,
};

async function* list(files: readonly InputFile[]): AsyncGenerator<StationInput> {
  const stations = new Map<string, InputFile[]>();
  for (const file of files) {
    const head = await firstBytes(file);
    if (isStationList(head)) continue;
    assertFits(file, head);
    const id = firstStationId(head);
    const known = stations.get(id);
    if (known === undefined) stations.set(id, [file]);
    else known.push(file);
  }
  for (const id of [...stations.keys()].sort()) yield { id, files: stations.get(id) ?? [] };
}

async function* open(station: StationInput, options: OpenOptions): AsyncGenerator<SoundingBatch> {
  const parser = createSoundingParser(station.id, options.tally);
  for (const [index, file] of station.files.entries()) {
    parser.startFile(file.path, index);
    let checked = false;
    for await (const chunk of headFirst(file.chunks(options.signal))) {
      options.signal?.throwIfAborted();
      if (!checked) assertFits(file, chunk);
      checked = true;
      parser.feed(chunk);
      for (let batch = parser.nextBatch(); batch !== null; batch = parser.nextBatch()) yield batch;
    }
    parser.endFile();
    for (let batch = parser.nextBatch(); batch !== null; batch = parser.nextBatch()) yield batch;
  }
  const rest = parser.lastBatch();
  if (rest !== null) yield rest;
}

function assertFits(file: InputFile, head: Uint8Array): void {
  const recognition = recognise(head);
  if (recognition.fits) return;
  throw new InputError('WRONG_FORMAT', `${file.path}: expected IGRA 2 soundings, found ${recognition.saw}`, {
    file: file.path,
    byteOffset: 0,
    hint: 'Give the files <ID>-data.txt of IGRA 2, plain, gzip or zip.',
  });
}

async function firstBytes(file: InputFile): Promise<Uint8Array> {
  for await (const chunk of headFirst(file.chunks())) return chunk;
  return new Uint8Array(0);
}

/** The same bytes, the first chunk long enough to recognise the format by (or all there is). */
async function* headFirst(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (head === null) yield chunk;
    else {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < HEAD_LENGTH) continue;
      yield head;
      head = null;
    }
  }
  if (head !== null && head.length > 0) yield head;
}
