/** The files of stations whose format is lines of text: which station each is of, and batches out of a parser. */
import type { SoundingBatch } from '../../records/batch.js';
import type { InputFile, StationInput } from '../../records/input.js';
import { expectBeginning } from '../beginning.js';
import { firstBytes, headFirst } from '../head.js';
import type { OpenOptions } from '../source.js';
import type { LineFormat, TextFormat } from './format.js';
import { createPassedOver } from './line-search.js';
import { createSoundingParser } from './parser.js';

/** Groups files by the station of their first header. Throws InputError `WRONG_FORMAT`. */
export async function* listTextStations(
  files: readonly InputFile[],
  format: LineFormat,
  signal?: AbortSignal,
): AsyncGenerator<StationInput> {
  const stations = new Map<string, InputFile[]>();
  for (const file of files) {
    signal?.throwIfAborted();
    const first = await firstBytes(file, { signal });
    if (format.isOther?.(first) === true) continue;
    const { head } = format.recognise(first).fits
      ? { head: first }
      : await expectBeginning(file, format, { ...format, signal });
    const id = format.firstStationId(head);
    const known = stations.get(id);
    if (known === undefined) stations.set(id, [file]);
    else known.push(file);
  }
  for (const [id, ofStation] of [...stations].sort(([a], [b]) => (a < b ? -1 : 1)))
    yield { id, files: format.order === undefined ? ofStation : ofStation.sort(format.order) };
}

/**
 * All batches of a station. Each file is checked before its first byte is parsed, and parsed from its first header on.
 *
 * @throws InputError `WRONG_FORMAT`, and what the parser throws
 */
export async function* readTextStation(
  station: StationInput,
  { tally, signal }: OpenOptions,
  format: TextFormat,
): AsyncGenerator<SoundingBatch> {
  const parser = createSoundingParser(format, station.id, tally);
  for (const [index, file] of station.files.entries()) {
    parser.startFile(file.path, index);
    const passed = createPassedOver();
    let start: number | null = null;
    for await (const chunk of headFirst(file.chunks(signal))) {
      signal?.throwIfAborted();
      start ??= format.recognise(chunk).fits
        ? 0
        : (await expectBeginning(file, format, { ...format, signal })).start;
      const before = start - passed.counts.bytes;
      if (before > 0) {
        passed.take(chunk.subarray(0, before));
        if (before > chunk.length) continue;
        parser.passOver(passed.counts);
      }
      parser.feed(before > 0 ? chunk.subarray(before) : chunk);
      for (let batch = parser.nextBatch(); batch !== null; batch = parser.nextBatch()) yield batch;
    }
    parser.endFile();
    for (let batch = parser.nextBatch(); batch !== null; batch = parser.nextBatch()) yield batch;
  }
  parser.endStation();
  const rest = parser.lastBatch();
  if (rest !== null) yield rest;
}
