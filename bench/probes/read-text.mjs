// node read-text.mjs <dataset> <station> <file> <repeats>: a text input to record batches, feedback included, and beside it
// what it costs to look at the same bytes: newlines in a loop and by indexOf, tabs and newlines in a loop.
import { built, inTurn, readInput, report, slices } from './measure.mjs';

const [dataset, id, path, repeats] = process.argv.slice(2);
const { loadSource } = await built('sources/registry.js');
const { createTally } = await built('records/tally.js');
const source = await loadSource(dataset);
const bytes = readInput(path);
let rows = 0;
let lines = 0;

async function read() {
  rows = 0;
  const name = path.split('/').at(-1).replace(/\.gz$/, '');
  const station = { id, files: [{ path, name, chunks: () => slices(bytes) }] };
  const feedback = (await source.feedback?.(station)) ?? [];
  for await (const batch of source.open(station, { tally: createTally(), feedback }))
    rows += batch.observations.value.length;
}

function countNewlines() {
  lines = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) lines++;
}

function findNewlines() {
  lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
}

function findTabs() {
  let tabs = 0;
  lines = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === 9) tabs++;
    else if (byte === 10) lines++;
  }
  return tabs;
}

const seconds = await inTurn(Number(repeats), { read, countNewlines, findNewlines, findTabs });
report({ bytes: bytes.length, rows, lines }, seconds);
