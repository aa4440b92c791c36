/** BUFR: the decoder alone, a file to a station file, and ecCodes' bufr_dump on the same messages. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { encodeBufrSoundings } from '../../test/support/bufr-soundings.js';
import type { Igra2Sounding } from '../../test/support/igra2-encoder.js';
import { makeStation } from '../../test/support/soundings.js';
import { commandSeconds, countOf, measureHarvests, runProbe, secondsOf } from '../child.js';
import { type Frame, median } from '../frame.js';
import { over, speeds } from '../rates.js';

const WMO_NUMBER = 11_111;
const VIENNA = { latitude: 48.25, longitude: 16.36, elevation: 198 };
const SAMPLE = fileURLToPath(new URL('../../../shared/samples/bufr/temp.bufr', import.meta.url));
/** The forms that bufr_dump can write: plain, which is the faster one, and JSON. */
const DUMPS = [
  ['-p', 'plain'],
  ['-jf', 'JSON'],
] as const;

/** Messages for bufr_dump, which takes seconds for a thousand. */
const DUMPED = 420;
/** Times that the sample stands in a file: the decoder is through with one of it before its code is compiled. */
const SAMPLE_TIMES = 10;

export async function benchBufr(frame: Frame): Promise<void> {
  const tables = await loadTables();
  const id = `XXM000${WMO_NUMBER}`;
  const encode = (soundings: readonly Igra2Sounding[]): Buffer =>
    encodeBufrSoundings(tables, soundings, { wmoNumber: WMO_NUMBER });
  const soundings = frame.quick ? 500 : 3000;
  const made = makeStation(7, { id, ...VIENNA, soundings, kinds: ['modern'] });
  const path = join(frame.folder, `era5.${WMO_NUMBER}.bfr`);
  const few = join(frame.folder, 'few.bfr');
  writeFileSync(path, encode(made));
  writeFileSync(few, encode(made.slice(0, DUMPED)));
  await decode(frame, `BUFR 309052, ${soundings} messages of some 85 levels`, path, few);
  const usages = await measureHarvests(frame, { source: 'bufr', input: path }, frame.repeats);
  frame.row({
    what: '  to station file, per core',
    values: speeds(
      soundings,
      usages.map(({ cpuSeconds }) => cpuSeconds),
    ),
    unit: 'messages/s',
  });
  const what = `BUFR 309007, ${DUMPED} messages of ECMWF, ${SAMPLE_TIMES} times`;
  if (!existsSync(SAMPLE)) {
    frame.absent(what, 'no ../shared/samples');
    return;
  }
  const sample = readFileSync(SAMPLE);
  writeFileSync(path, Buffer.concat(Array.from({ length: SAMPLE_TIMES }, () => sample)));
  await decode(frame, what, path, SAMPLE);
}

/** The decoder on a file, and bufr_dump on the first `DUMPED` of its messages, message by message. */
async function decode(frame: Frame, what: string, path: string, few: string): Promise<void> {
  const probe = await runProbe('decode-bufr', [path, frame.repeats]);
  const messages = countOf(probe, 'messages');
  const seconds = secondsOf(probe, 'decode');
  frame.row({
    what: `${what}, decode`,
    values: speeds(messages, seconds),
    unit: 'messages/s',
    goal: { atLeast: 10_000 },
  });
  if (spawnSync('bufr_dump', ['-V'], { stdio: 'ignore' }).status !== 0) {
    frame.absent('  against bufr_dump', 'bufr_dump of ecCodes is not installed');
    return;
  }
  const perMessage = median(seconds) / messages;
  for (const [option, form] of DUMPS) {
    const dump = over(commandSeconds('bufr_dump', [option, few], frame.fewRepeats), DUMPED);
    frame.row({
      what: `  against bufr_dump ${option} (${form})`,
      values: over(dump, perMessage),
      unit: 'x',
      digits: 1,
      goal: { atLeast: 20 },
    });
  }
}
