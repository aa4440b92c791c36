// node columns-floor.mjs <zip> <member offset> <member length> <station file> <repeats>: the floor of a harvest. Inflates the
// member and does nothing with it; and compresses the columns of the station file that was made of it, chunk by chunk as the
// file has them, at level 1. Reading the columns back and shuffling them is not counted.
import { createReadStream } from 'node:fs';
import { createInflateRaw, deflateSync } from 'node:zlib';
import h5wasm from 'h5wasm/node';
import { cpuSeconds, inTurn, report } from './measure.mjs';

const [zip, offset, length, stationFile, repeats] = process.argv.slice(2);
const SHUFFLE_FILTER = 2;
const DEFLATE_FILTER = 1;
/** Bytes of chunks that are compressed in one go. */
const AT_ONCE = 64e6;

async function inflate() {
  const start = Number(offset);
  const raw = createReadStream(zip, { start, end: start + Number(length) - 1, highWaterMark: 1 << 18 });
  for await (const chunk of raw.pipe(createInflateRaw({ chunkSize: 1 << 20 }))) chunk.length;
}

/** As the HDF5 filter does: byte k of every element together. */
function shuffled(bytes, size) {
  const count = Math.floor(bytes.length / size);
  const result = new Uint8Array(bytes.length);
  for (let k = 0, out = 0; k < size; k++)
    for (let i = k; i < count * size; i += size) result[out++] = bytes[i];
  return result;
}

/** A chunk of equal elements has no storage in the file, and no cost in the floor. */
function isConstant(bytes, size) {
  for (let i = size; i < bytes.length; i++) if (bytes[i] !== bytes[i - size]) return false;
  return true;
}

const hdf5 = await h5wasm.ready;

/** Bytes of the rows from `row` on, at most a chunk of them. */
function rawChunk(file, path, { shape, chunks, size }, row) {
  const rows = Math.min(chunks[0], shape[0] - row);
  const counts = [rows, ...shape.slice(1)];
  const bytes = counts.reduce((product, count) => product * count, size);
  const pointer = hdf5._malloc(bytes);
  const at = [row, ...shape.slice(1).map(() => 0)];
  const ones = counts.map(() => 1n);
  hdf5.get_dataset_data(file.file_id, path, counts.map(BigInt), at.map(BigInt), ones, BigInt(pointer));
  const result = hdf5.HEAPU8.slice(pointer, pointer + bytes);
  hdf5._free(pointer);
  return result;
}

/** The compressed datasets below a group, by path. */
function* datasetsOf(group) {
  for (const name of group.keys()) {
    const entry = group.get(name);
    if (entry.type === 'Group') yield* datasetsOf(entry);
    else if (entry.filters.some(({ id }) => id === DEFLATE_FILTER)) yield entry;
  }
}

/** What deflate is given for the file, chunk by chunk. */
function* plainChunks(file) {
  for (const dataset of datasetsOf(file)) {
    const { metadata } = dataset;
    const shuffle = dataset.filters.some(({ id }) => id === SHUFFLE_FILTER);
    for (let row = 0; row < metadata.shape[0]; row += metadata.chunks[0]) {
      const chunk = rawChunk(file, dataset.path, metadata, row);
      if (isConstant(chunk, metadata.size)) continue;
      yield shuffle && metadata.size > 1 ? shuffled(chunk, metadata.size) : chunk;
    }
  }
}

function deflateAll(chunks) {
  let bytes = 0;
  for (const chunk of chunks)
    bytes += deflateSync(chunk, { level: 1, chunkSize: Math.max(1024, chunk.length) }).length;
  return bytes;
}

const { inflate: inflateSeconds } = await inTurn(Number(repeats), { inflate });
const deflate = Array.from({ length: Number(repeats) }, () => 0);
const counts = { chunks: 0, plainBytes: 0, deflatedBytes: 0 };
let waiting = [];
let waitingBytes = 0;

function settle() {
  for (const i of deflate.keys()) {
    const started = cpuSeconds();
    const bytes = deflateAll(waiting);
    deflate[i] += cpuSeconds() - started;
    if (i === 0) counts.deflatedBytes += bytes;
  }
  waiting = [];
  waitingBytes = 0;
}

const file = new h5wasm.File(stationFile, 'r');
for (const chunk of plainChunks(file)) {
  if (counts.chunks === 0) for (let i = 0; i < 3; i++) deflateAll([chunk]);
  waiting.push(chunk);
  waitingBytes += chunk.length;
  counts.chunks++;
  counts.plainBytes += chunk.length;
  if (waitingBytes > AT_ONCE) settle();
}
settle();
file.close();
report(counts, { inflate: inflateSeconds, deflate });
