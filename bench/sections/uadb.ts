/** UADB text to record batches and to a station file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStation } from '../../test/support/soundings.js';
import { encodeUadb } from '../../test/support/uadb-encoder.js';
import { countOf, measureHarvests, runProbe, secondsOf } from '../child.js';
import type { Frame } from '../frame.js';
import { ratios, speeds } from '../rates.js';

const WMO_NUMBER = 11_111;
const VIENNA = { latitude: 48.25, longitude: 16.36, elevation: 198 };
/** Ten years of two soundings a day: 33 MB. */
const SOUNDINGS = 7300;

export async function benchUadb(frame: Frame): Promise<void> {
  const path = join(frame.folder, `uadb_trhc_${WMO_NUMBER}.txt`);
  const soundings = frame.quick ? 1000 : SOUNDINGS;
  const id = `XXM000${WMO_NUMBER}`;
  const made = makeStation(5, { id, ...VIENNA, soundings, kinds: ['modern'] });
  writeFileSync(path, encodeUadb(made, { kind: 'trhc' }));
  const probe = await runProbe('read-text', ['ncar', WMO_NUMBER, path, frame.repeats]);
  const megabytes = countOf(probe, 'bytes') / 1e6;
  countOf(probe, 'rows');
  const read = secondsOf(probe, 'read');
  const what = `UADB text, ${megabytes.toFixed(0)} MB`;
  frame.row({
    what: `${what}, to record batches`,
    values: speeds(megabytes, read),
    unit: 'MB/s',
    goal: { atLeast: 200 },
  });
  frame.row({
    what: '  parse, of counting newlines in a loop',
    values: ratios(secondsOf(probe, 'countNewlines'), read),
    unit: '',
    digits: 2,
  });
  const usages = await measureHarvests(frame, { source: 'ncar', input: path }, frame.repeats);
  const cpu = usages.map(({ cpuSeconds }) => cpuSeconds);
  frame.row({
    what: `${what}, to station file, per core`,
    values: speeds(megabytes, cpu),
    unit: 'MB/s',
    digits: 1,
  });
}
