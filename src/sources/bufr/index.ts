/**
 * BUFR, the binary form of the World Meteorological Organization: radiosonde and pilot soundings as ECMWF archives them
 * (ERA-40 style, one file per station) and as the Global Telecommunication System carries them. The decoder knows nothing of
 * soundings: `start.ts`, `gap.ts` and `message.ts` find messages in a stream, `decode.ts` and the files around it turn one into
 * subsets of elements, `messages.ts` does both for a file, without what `coordinates.ts` finds out of step.
 * What these mean is in the other files: `levels*.ts` find levels by the replications of a subset and make rows of them,
 * `sounding*.ts` make a report of a subset, `station.ts` and `time.ts` hold the rules of identity and time.
 * Descriptors in comments are written as in the Manual on Codes: 0 12 001 is element 001 of class 12.
 */
import type { SoundingBatch } from '../../records/batch.js';
import { BATCH_REPORTS, BATCH_ROWS, createBatchBuilder } from '../../records/builder.js';
import type { InputFile, StationInput } from '../../records/input.js';
import { count } from '../../records/tally.js';
import { expectBeginning } from '../beginning.js';
import { readDescriptor } from '../descriptor.js';
import type { OpenOptions, Source } from '../source.js';
import { createDecoder } from './decode.js';
import { messagesOf } from './messages.js';
import { nameOf, REASONS } from './reasons.js';
import { recognise, search } from './recognise.js';
import { createSoundingReader, type ReportOutcome } from './sounding.js';
import { isRepeated } from './sounding-repeats.js';
import { createSkipper } from './sounding-skips.js';
import { identify } from './station.js';
import {
  isOfStation,
  joinLinked,
  type ListedMessages,
  listMessages,
  type StationLinks,
} from './station-list.js';
import { loadTables } from './tables.js';

const HINT = 'Give BUFR files of editions 2 to 4, plain, gzip or zip.';

/**
 * BUFR soundings. Every field of a report becomes a row or is counted under one reason `bufr.<quantity>.<reason>` in
 * `Tally.dropped`: `missing`, `out-of-range` (impossible by definition), `used-as-coordinate` (the height of a level without
 * pressure), `no-coordinate` (a value on a level with neither), `repeated` (a further value of a quantity in one level),
 * `outside-levels` (surface observations beside the sounding).
 * Temperature, dew point, humidity and height have one step in one template and another in the next: no precision is stated.
 */
export const bufr: Source = {
  id: 'bufr',
  readerVersion: 2,
  encodings: {
    airTemperature: { unit: 'K', precision: Number.NaN },
    dewPoint: { unit: 'K', precision: Number.NaN },
    relativeHumidity: { unit: 'percent', precision: Number.NaN },
    specificHumidity: { unit: 'kg/kg', precision: 1e-5 },
    geopotentialHeight: { unit: 'gpm', precision: Number.NaN },
    altitude: { unit: 'm', precision: Number.NaN },
    geopotential: { unit: 'm2/s2', precision: Number.NaN },
    windFromDirection: { unit: 'degree', precision: 1 },
    windSpeed: { unit: 'm/s', precision: 0.1 },
    eastwardWind: { unit: 'm/s', precision: 0.1 },
    northwardWind: { unit: 'm/s', precision: 0.1 },
  },
  describe: () => readDescriptor('bufr'),
  reasons: async () => REASONS,
  facts: { positionsByLevel: true, heightFromList: false },
  locator: async () => (await import('./locate.js')).locateBufr,
  recognise,
  search,
  list,
  identify,
  open,
};

async function* list(
  files: readonly InputFile[],
  { tally, signal }: { tally: OpenOptions['tally']; signal?: AbortSignal },
): AsyncGenerator<StationInput> {
  const decoder = createDecoder(await loadTables());
  const stations = new Map<string, InputFile[]>();
  for (const file of files) {
    await expectBeginning(file, bufr, { expected: 'BUFR messages', hint: HINT, signal });
    const skip = createSkipper(tally, file.path);
    const listed = await listMessages(messagesOf(file, decoder, tally, signal), skip);
    for (const [id, offsets] of joinLinked(listed)) {
      const known = stations.get(id) ?? [];
      stations.set(id, known);
      known.push({ ...file, parts: offsets });
    }
  }
  for (const id of [...stations.keys()].sort()) yield { id, files: stations.get(id) ?? [] };
}

async function* open(station: StationInput, { tally, signal }: OpenOptions): AsyncGenerator<SoundingBatch> {
  const decoder = createDecoder(await loadTables());
  const builder = createBatchBuilder({ capacity: BATCH_ROWS + 4096, positions: true, significance: true });
  const reader = createSoundingReader(builder, tally);
  for (const [inputFile, file] of station.files.entries()) {
    const skip = createSkipper(tally, file.path);
    // What is wrong with messages has been counted when the file was listed.
    const messageTally = file.parts === undefined ? tally : null;
    // A second look at the file, where a message of this station's has a subset under a WIGOS id alone.
    let second: Promise<ListedMessages> | null = null;
    const links = async (): Promise<StationLinks> => {
      second ??= listMessages(messagesOf(file, decoder, null, signal), () => {});
      return (await second).links;
    };
    for await (const { offset, header, subsets } of messagesOf(file, decoder, messageTally, signal)) {
      let outcome: ReportOutcome = 'no-sounding';
      for (const [number, subset] of subsets.entries()) {
        if (isRepeated(subsets, number)) {
          if (outcome === 'read') count(tally.noted, nameOf('report.repeats-the-subset-before'));
          continue;
        }
        const kind = reader.look(subset, header);
        const isOurs =
          kind.sounding &&
          (kind.station === station.id || (await isOfStation(kind.station, station.id, links)));
        outcome = isOurs ? reader.read(subset, header, { inputFile, byteOffset: offset }) : 'no-sounding';
        if (outcome === 'no-time') skip('report.no-time', offset, `subset ${number + 1} has no date`);
      }
      if (builder.rowCount >= BATCH_ROWS || builder.reportCount >= BATCH_REPORTS) {
        const batch = builder.take();
        if (batch !== null) yield batch;
      }
    }
  }
  reader.commit();
  const rest = builder.take();
  if (rest !== null) yield rest;
}
