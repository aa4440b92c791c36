/** IGRA 2 text to record batches, inflate excluded, against looking at the same bytes in the same process. */
import { countOf, runProbe, secondsOf } from '../child.js';
import type { Frame } from '../frame.js';
import { type StationKind, stationOf, stationTextFile } from '../igra2-input.js';
import { ratios, speeds } from '../rates.js';

export async function benchParse(frame: Frame): Promise<void> {
  await parse(frame, 'classic', true);
  await parse(frame, 'modern', false);
}

async function parse(frame: Frame, kind: StationKind, withFloors: boolean): Promise<void> {
  const path = stationTextFile(frame, { kind, megabytes: frame.quick ? 10 : 30 });
  const probe = await runProbe('read-text', ['igra2', stationOf(kind), path, frame.repeats]);
  const megabytes = countOf(probe, 'bytes') / 1e6;
  countOf(probe, 'rows');
  const [read, loop, search] = ['read', 'countNewlines', 'findNewlines'].map((name) =>
    secondsOf(probe, name),
  );
  if (read === undefined || loop === undefined || search === undefined) return;
  const what = `IGRA2 ${kind} text, ${megabytes.toFixed(0)} MB`;
  frame.row({
    what: `${what}, to record batches`,
    values: speeds(megabytes, read),
    unit: 'MB/s',
    goal: { atLeast: 300 },
  });
  if (withFloors) {
    frame.row({ what: '  newlines counted in a loop', values: speeds(megabytes, loop), unit: 'MB/s' });
    frame.row({ what: '  newlines found by indexOf', values: speeds(megabytes, search), unit: 'MB/s' });
  }
  frame.row({
    what: '  parse, of counting newlines in a loop',
    values: ratios(loop, read),
    unit: '',
    digits: 2,
    goal: { atLeast: 0.25 },
  });
  frame.row({
    what: '  parse, of finding newlines by indexOf',
    values: ratios(search, read),
    unit: '',
    digits: 2,
  });
}
