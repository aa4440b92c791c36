/** BUFR: the decoder alone, a file to a station file, and ecCodes' bufr_dump on the same messages. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { encodeBufrSoundings } from '../../test/support/bufr-soundings.js';
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

export async function benchBufr(frame: Frame): Promise<void> {
  const soundings = frame.quick ? 200 : 3000;
  const id = `XXM000${WMO_NUMBER}`;
  const made = makeStation(7, { id, ...VIENNA, soundings, kinds: ['modern'] });
  const path = join(frame.folder, `era5.${WMO_NUMBER}.bfr`);
  writeFileSync(path, encodeBufrSoundings(await loadTables(), made, { wmoNumber: WMO_NUMBER }));
  const what = `BUFR 309052, ${soundings} messages of some 85 levels`;
  await decode(frame, what, path);
  const usages = await measureHarvests(frame, { source: 'bufr', input: path }, frame.repeats);
  frame.row({
    what: '  to station file, per core',
    values: speeds(
      soundings,
      usages.map(({ cpuSeconds }) => cpuSeconds),
    ),
    unit: 'messages/s',
  });
  if (existsSync(SAMPLE)) await decode(frame, 'BUFR 309007, 420 messages of ECMWF', SAMPLE);
  else frame.absent('BUFR 309007, 420 messages of ECMWF', 'no ../shared/samples');
}

/** The decoder on a file, and bufr_dump on the same. */
async function decode(frame: Frame, what: string, path: string): Promise<void> {
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
  for (const [option, form] of DUMPS) {
    const dump = commandSeconds('bufr_dump', [option, path], frame.fewRepeats);
    frame.row({
      what: `  against bufr_dump ${option} (${form})`,
      values: over(dump, median(seconds)),
      unit: 'x',
      digits: 1,
      goal: { atLeast: 20 },
    });
  }
}
