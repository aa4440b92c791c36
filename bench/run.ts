/**
 * `npm run bench [-- --quick]`: what a harvest costs, each figure beside a floor or a size measured in the same run, on
 * seeded input that the bench makes itself. Needs the build (`npm run build`) and about 1 GB below the temporary folder.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createTally } from '../src/records/tally.js';
import { igra2 } from '../src/sources/igra2/index.js';
import { measureNode, median, startUpSeconds, type Usage } from './child.js';
import { makeStationText, scaleUpSample } from './input.js';
import { benchSources } from './sources.js';

const CLI = new URL('../dist/cli/index.js', import.meta.url).pathname;
const STATION = 'XXM00011111';
const quick = process.argv.includes('--quick');
const repeats = quick ? 1 : 5;
const folder = mkdtempSync(join(tmpdir(), 'harvest-bench-'));
/** Every run does all its work: nothing is taken for unchanged. */
const IN_FOLDER = ['--workdir', folder, '--tables', 'bundled', '--quiet', '--force'];

function row(what: string, figure: string, goal: string): void {
  process.stdout.write(`${what.padEnd(58)} ${figure.padStart(24)}   ${goal}\n`);
}

async function parseSpeed(text: Buffer): Promise<void> {
  const megabytes = text.length / 1e6;
  const newlines = (): number => {
    const started = performance.now();
    let lines = 0;
    for (let i = 0; i < text.length; i++) if (text[i] === 10) lines++;
    return lines > 0 ? (performance.now() - started) / 1e3 : Number.NaN;
  };
  const parse = async (): Promise<number> => {
    const file = { path: 'bench', name: 'bench', chunks: () => slices(text) };
    const started = performance.now();
    for await (const batch of igra2.open({ id: STATION, files: [file] }, { tally: createTally() }))
      batch.reports;
    return (performance.now() - started) / 1e3;
  };
  const floor: number[] = [];
  const parsed: number[] = [];
  for (let i = 0; i < repeats + 1; i++) {
    floor.push(newlines());
    parsed.push(await parse());
  }
  row('IGRA text, newline counting', `${(megabytes / median(floor)).toFixed(0)} MB/s`, '');
  row('IGRA text, parse to record batches', `${(megabytes / median(parsed)).toFixed(0)} MB/s`, '>= 300 MB/s');
  row('  of newline counting', (median(floor) / median(parsed)).toFixed(2), '>= 0.25');
}

async function* slices(text: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 1 << 20) yield text.subarray(at, at + (1 << 20));
}

/** A harvest of forty stations over one worker and over two. */
function workersRatio(): void {
  const input = join(folder, 'stations');
  mkdirSync(input);
  for (let i = 1; i <= 40; i++) {
    const id = `XXM000${10_000 + i}`;
    writeFileSync(join(input, `${id}.txt`), makeStationText(id, quick ? 5e5 : 3e6, 'classic'));
  }
  const seconds = (workers: string): number =>
    median(
      Array.from(
        { length: quick ? 1 : 3 },
        () =>
          measureNode([CLI, '--source', 'igra2', '--input', input, '--workers', workers, ...IN_FOLDER])
            .wallSeconds,
      ),
    );
  row('forty stations, 2 workers against 1', `${(seconds('1') / seconds('2')).toFixed(2)} x`, '>= 1.8 x');
}

function harvestCost(name: string, text: Buffer, id = STATION): Usage {
  const path = join(folder, `${id}-data.txt.gz`);
  writeFileSync(path, gzipSync(text, { level: 6 }));
  const packed = readFileSync(path);
  const started = performance.now();
  gunzipSync(packed, { maxOutputLength: text.length });
  const inflate = (performance.now() - started) / 1e3;
  const runs = Array.from({ length: text.length > 1e8 ? Math.min(repeats, 3) : repeats }, () =>
    measureNode([CLI, '--source', 'igra2', '--input', path, ...IN_FOLDER]),
  );
  const usage: Usage = {
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    peakMegabytes: Math.max(...runs.map((run) => run.peakMegabytes)),
  };
  const megabytes = text.length / 1e6;
  row(
    `${name}: gz to station file, per core`,
    `${(megabytes / usage.cpuSeconds).toFixed(1)} MB/s of text`,
    '>= 30 MB/s',
  );
  row(
    `${name}: wall`,
    `${usage.wallSeconds.toFixed(2)} s, ${(megabytes / usage.wallSeconds).toFixed(1)} MB/s`,
    '',
  );
  row(`${name}: inflate alone`, `${inflate.toFixed(2)} s`, '');
  row(`${name}: peak memory`, `${usage.peakMegabytes.toFixed(0)} MB`, '<= 400 MB');
  return usage;
}

try {
  process.stdout.write(
    `node ${process.version}, ${new Date().toISOString().slice(0, 10)}, medians of ${repeats}\n\n`,
  );
  const bare = Array.from({ length: repeats * 2 + 1 }, () => startUpSeconds(['-e', '0']));
  const help = Array.from({ length: repeats * 2 + 1 }, () => startUpSeconds([CLI, '--help']));
  row(
    'harvest --help, over bare node',
    `${((median(help) - median(bare)) * 1e3).toFixed(0)} ms`,
    '<= 150 ms',
  );
  const small = makeStationText(STATION, 30e6, 'classic');
  await parseSpeed(small);
  const smallUsage = harvestCost('30 MB', small);
  harvestCost('30 MB, six values per level', makeStationText(STATION, 30e6, 'modern'));
  const vienna = scaleUpSample(quick ? 30e6 : 300e6);
  if (vienna !== null) harvestCost(`Vienna sample scaled to ${quick ? 30 : 300} MB`, vienna.text, vienna.id);
  else process.stdout.write('no ../shared/samples: the scaled Vienna sample is left out\n');
  workersRatio();
  await benchSources({ row, folder, cli: CLI, repeats, soundings: quick ? 300 : 3000 });
  if (!quick) {
    const large = harvestCost('300 MB', makeStationText(STATION, 300e6, 'classic'));
    row(
      'peak memory, 300 MB over 30 MB',
      (large.peakMegabytes / smallUsage.peakMegabytes).toFixed(2),
      '<= 1.2',
    );
    row(
      'processor time, 300 MB over 30 MB',
      (large.cpuSeconds / smallUsage.cpuSeconds).toFixed(1),
      '10 (linear)',
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
