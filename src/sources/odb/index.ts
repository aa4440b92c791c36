/**
 * Observations with the feedback of ECMWF's reanalyses (ERA5 and the assimilations of its upper-air input collections), as
 * exports of the observation database ODB: text (`text.ts` and the files beside it) or ODB-2 (`odb2.ts`). Both are read
 * into blocks of columns (`table.ts`), and `soundings.ts` makes soundings of these, whatever columns a year has.
 * `quantities.ts` and `report-time.ts` hold what the numbers mean, `station-id.ts` and `text-stations.ts` know the stations.
 */
import { InputError } from '../../errors.js';
import type { SoundingBatch } from '../../records/batch.js';
import type { FeedbackColumn } from '../../records/feedback.js';
import type { InputFile, StationInput } from '../../records/input.js';
import { createTally } from '../../records/tally.js';
import { expectBeginning } from '../beginning.js';
import { readDescriptor } from '../descriptor.js';
import { firstBytes } from '../head.js';
import type { OpenOptions, Source } from '../source.js';
import { createLineDamage, type LineDamage } from '../text/line-damage.js';
import { type BeforeStart, countBeforeStart, linesIn } from './before-start.js';
import { findColumns, joinColumns } from './columns.js';
import { indexOdb2, isOdb2, readOdb2 } from './odb2.js';
import type { FrameFaultName } from './odb2-fault.js';
import { southernStations } from './position.js';
import { ENCODINGS, VARIABLES } from './quantities.js';
import { nameOf, type OdbCode, REASONS } from './reasons.js';
import { recognise, search } from './recognise.js';
import { HIGH_RESOLUTION } from './report-time.js';
import { note, type SkipContext, skip, skipContext } from './skips.js';
import { SoundingReader } from './soundings.js';
import { identify, stationIdOf } from './station-id.js';
import { addFrame, StationsFound, tellsStations } from './stations-found.js';
import type { OdbBlock } from './table.js';
import { type HeaderPlace, readOdbText, textHead } from './text.js';
import { HEAD_BYTES } from './text-head.js';
import { firstStation, textStations } from './text-stations.js';

/** Less than this between two high-resolution reports of a station is one launch sent twice. */
const RESENT_SECONDS = 60;
const LF = 0x0a;
const NOTHING = new Uint8Array(0);

/**
 * A dataset of the observation database; in one of them southern latitudes have lost their sign. Each row of an accepted report becomes an observation or is counted under one
 * reason in `Tally.dropped`: `<dataset>.<quantity>.` with `null` (no value), `out-of-range` (impossible by definition),
 * `used-as-coordinate` (a geopotential at its own level), `no-coordinate`; or `<dataset>.varno.<n>.unknown`.
 */
export function odbSource(id: string, { latitudesWithoutSign = false } = {}): Source {
  return {
    id,
    readerVersion: 2,
    encodings: ENCODINGS,
    launches: { joinNumbered: true, resent: { kinds: HIGH_RESOLUTION, seconds: RESENT_SECONDS } },
    describe: () => readDescriptor(id),
    facts: {
      positionsByLevel: true,
      heightFromList: false,
      feedback: { variables: VARIABLES, latitudesWithoutSign, stationIdOf },
    },
    reasons: async () => REASONS,
    locator: async () => (await import('./locate.js')).odbLocator(id),
    recognise,
    search,
    list: (files, options) => list(id, files, options),
    identify,
    feedback,
    open: (station, options) => open(id, station, options),
  };
}

export const era5_1 = odbSource('era5_1');
export const era5_2 = odbSource('era5_2');
export const era5_1759 = odbSource('era5_1759', { latitudesWithoutSign: true });
export const era5_1761 = odbSource('era5_1761');
export const era5_3188 = odbSource('era5_3188');

/** Code of ODB-2 in the extensions of the CDM table `source_format`; the descriptors have that of the text export. */
const SOURCE_FORMAT_ODB2 = 100;

async function* list(
  dataset: string,
  files: readonly InputFile[],
  { tally, signal }: { tally: OpenOptions['tally']; signal?: AbortSignal },
): AsyncGenerator<StationInput> {
  const stations = new Map<string, InputFile[]>();
  for (const file of files) {
    const context = skipContext(dataset, file.path, tally);
    const encoding = await encodingOf(file, signal);
    countBeforeStart(context, encoding);
    const found = encoding.binary
      ? await odb2Stations(file, encoding, context, signal)
      : await textFileStations(file, encoding, context, signal);
    let empty = true;
    for (const { id, parts, columns } of found) {
      empty = false;
      const input = {
        ...file,
        feedback: columns,
        ...(parts !== null && { parts }),
        ...(encoding.binary && { sourceFormat: SOURCE_FORMAT_ODB2 }),
      };
      stations.set(id, [...(stations.get(id) ?? []), input]);
    }
    if (empty) note(context, 'file.without-stations');
  }
  for (const id of [...stations.keys()].sort()) yield { id, files: stations.get(id) ?? [] };
}

/** A station with the parts of the file that hold it, null for all of the file, and their columns. */
interface FileStation {
  id: string;
  parts: readonly number[] | null;
  columns: readonly FeedbackColumn[];
}

async function textFileStations(
  file: InputFile,
  header: HeaderPlace,
  context: SkipContext,
  signal?: AbortSignal,
): Promise<readonly FileStation[]> {
  const head = await textHeadOf(file, header, signal);
  const { columns } = textHead(head);
  const first = firstStation(head, file.path);
  if (first !== null && isNamedAfter(file.name, first))
    return [{ id: stationIdOf(first), parts: null, columns }];
  const damage = lineDamage(context.dataset);
  const found = await textStations(file.chunks(signal), { context, damage, header, signal });
  damage.assertUsable();
  return Array.from(found, ([id, parts]) => ({ id, parts, columns }));
}

/**
 * Whether the last part of a file name is the id of a station: `era5.conv._82930`, `era5.conv.201906.82930.txt`,
 * `era5.1759.conv._6:99041`.
 */
function isNamedAfter(name: string, statid: string): boolean {
  const stem = name.replace(/(?:\.(?:gz|txt|odb|csv))+$/i, '');
  return [statid.trim(), stationIdOf(statid)].some(
    (id) => id !== '' && (stem.endsWith(`._${id}`) || stem.endsWith(`.${id}`)),
  );
}

async function odb2Stations(
  file: InputFile,
  { start }: HeaderPlace,
  context: SkipContext,
  signal?: AbortSignal,
): Promise<readonly FileStation[]> {
  const found = new StationsFound(context);
  const columnsAt = new Map<number, readonly FeedbackColumn[]>();
  let lacking: InputError | null = null;
  let usable = false;
  const options = { ...odb2Options(context, signal), start, columns: tellsStations };
  for await (const frame of indexOdb2(file.chunks(signal), options)) {
    try {
      findColumns(frame.columns, file.path);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      lacking ??= error;
      skip(context, 'frame.missing-column', frame.offset, error.message);
      continue;
    }
    usable = true;
    columnsAt.set(frame.offset, frame.columns);
    if (!addFrame(found, frame))
      skip(context, 'row.blank-station', frame.offset, 'a frame with rows without a station id');
  }
  if (lacking !== null && !usable) throw lacking;
  return Array.from(found.settle(), ([id, parts]) => ({
    id,
    parts,
    columns: joinColumns([...new Set(parts.map((offset) => columnsAt.get(offset) ?? []))]),
  }));
}

/**
 * The columns of all files together, as `list` found them. Where they are not known any more the head of a text export is read again, of
 * ODB-2 the headers of the frames.
 */
async function feedback(station: StationInput, signal?: AbortSignal): Promise<readonly FeedbackColumn[]> {
  const sets: (readonly FeedbackColumn[])[] = [];
  for (const file of station.files) {
    if (file.feedback !== undefined) {
      sets.push(file.feedback);
      continue;
    }
    const encoding = await encodingOf(file, signal);
    if (!encoding.binary) sets.push(textHead(await textHeadOf(file, encoding, signal)).columns);
    else {
      // Damage was counted when the file was listed, and is again when it is opened.
      const context = skipContext('', file.path, createTally());
      for await (const { columns } of indexOdb2(
        file.chunks(signal),
        odb2Options(context, signal, file.parts),
      ))
        sets.push(columns);
    }
  }
  return joinColumns(sets);
}

async function* open(
  dataset: string,
  station: StationInput,
  { tally, signal, feedback: columns = [] }: OpenOptions,
): AsyncGenerator<SoundingBatch> {
  const southern = (await southernStations(dataset)).has(station.id);
  const reader = new SoundingReader({ dataset, stationId: station.id, tally, feedback: columns, southern });
  const damage = lineDamage(dataset);
  for (const [index, file] of station.files.entries()) {
    const context = skipContext(dataset, file.path, tally);
    reader.startFile(context, index, file.parts !== undefined);
    for await (const block of await blocksOf(file, context, damage, signal)) {
      signal?.throwIfAborted();
      reader.add(block);
      for (let batch = reader.nextBatch(); batch !== null; batch = reader.nextBatch()) yield batch;
    }
    reader.endFile();
    for (let batch = reader.nextBatch(); batch !== null; batch = reader.nextBatch()) yield batch;
  }
  damage.readable(reader.ownRows);
  damage.assertUsable();
  const rest = reader.lastBatch();
  if (rest !== null) yield rest;
}

async function blocksOf(
  file: InputFile,
  context: SkipContext,
  damage: LineDamage,
  signal?: AbortSignal,
): Promise<AsyncIterable<OdbBlock>> {
  const encoding = await encodingOf(file, signal);
  if (encoding.binary) return readOdb2(file.chunks(signal), odb2Options(context, signal, file.parts));
  return readOdbText(file.chunks(signal), { context, damage, header: encoding, signal, ranges: file.parts });
}

/** The rule for lines of a dataset that cannot be read. */
function lineDamage(dataset: string): LineDamage {
  return createLineDamage(
    nameOf(dataset, 'line.malformed'),
    "The file is damaged or was changed: export it again with odb sql 'select *', or give ODB-2.",
  );
}

function odb2Options(
  context: SkipContext,
  signal?: AbortSignal,
  parts?: readonly number[],
): Parameters<typeof readOdb2>[1] {
  return {
    path: context.path,
    onDamage: ({ reason, byteOffset, detail }) => skip(context, CODE_OF_DAMAGE[reason], byteOffset, detail),
    ...(parts !== undefined && { frames: new Set(parts) }),
    ...(signal !== undefined && { signal }),
  };
}

const CODE_OF_DAMAGE = {
  'frame-damaged': 'frame.damaged',
  'frame-truncated': 'frame.truncated',
  'frame-too-large': 'frame.too-large',
  'frame-version': 'frame.version',
  'codec-unknown': 'codec.unknown',
} as const satisfies Record<FrameFaultName, OdbCode>;

/** How a file is written, and where that begins. */
interface Encoding extends HeaderPlace, BeforeStart {}

/** @throws InputError `WRONG_FORMAT` for a file of another format */
async function encodingOf(file: InputFile, signal?: AbortSignal): Promise<Encoding> {
  const { start, head } = await expectBeginning(
    file,
    { recognise, search },
    {
      expected: 'ODB text or ODB-2',
      hint: "Give the text that odb sql 'select *' writes, plain or gzip, or ODB-2.",
      signal,
    },
  );
  const before = start === 0 ? NOTHING : await firstBytes(file, { length: start, signal });
  return { binary: isOdb2(head), start, line: linesIn(before) + 1, before };
}

/** The first bytes of a text export from its header on; of a file without a line end, with one. */
async function textHeadOf(
  file: InputFile,
  { start }: HeaderPlace,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const head = (await firstBytes(file, { length: start + HEAD_BYTES, signal })).subarray(start);
  return head.includes(LF) ? head : Buffer.concat([head, Uint8Array.of(LF)]);
}
