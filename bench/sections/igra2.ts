/** An IGRA 2 zip to a station file with all groups, one worker, against the floor: inflating the text and compressing the columns. */
import {
  clearOutput,
  measureHarvests,
  pythonHas,
  runProbe,
  runPython,
  secondsOf,
  stationFile,
} from '../child.js';
import { type Frame, type Goal, median } from '../frame.js';
import { hasVienna, type StationText, stationZip } from '../igra2-input.js';
import { over, ratios, speeds } from '../rates.js';

/** What was published for other programs on 90 MB of text, each at its best. */
const PUBLISHED: readonly { who: string; seconds: number; goal?: Goal }[] = [
  { who: 'the reference harvester to a station file, 174 s', seconds: 174, goal: { atLeast: 100 } },
  { who: 'the igra package to a frame alone, 12 MB/s', seconds: 90 / 12, goal: { atLeast: 4 } },
  { who: "siphon's parser alone, 25 s", seconds: 25 },
];

export async function benchIgra2(frame: Frame): Promise<void> {
  const sizes = frame.quick ? [10] : [30, 90];
  for (const kind of ['classic', 'modern', 'vienna'] as const) {
    if (kind === 'vienna' && !hasVienna()) {
      frame.absent('IGRA2 Vienna sample scaled up', 'no ../shared/samples');
      continue;
    }
    for (const megabytes of sizes) await harvest(frame, { kind, megabytes });
  }
}

async function harvest(frame: Frame, text: StationText): Promise<void> {
  const zip = await stationZip(frame, text);
  const megabytes = zip.bytes / 1e6;
  clearOutput(frame);
  const usages = await measureHarvests(frame, { source: 'igra2', input: zip.path }, frame.repeats);
  const output = stationFile(frame, 'igra2');
  const { offset, length } = zip.member;
  const probe = await runProbe('columns-floor', [zip.path, offset, length, output, frame.repeats]);
  const inflate = secondsOf(probe, 'inflate');
  const deflate = secondsOf(probe, 'deflate');
  const cpu = usages.map(({ cpuSeconds }) => cpuSeconds);
  const name = `IGRA2 ${text.kind} zip, ${megabytes.toFixed(0)} MB of text, to station file`;
  frame.row({
    what: `${name}, per core`,
    values: speeds(megabytes, cpu),
    unit: 'MB/s',
    digits: 1,
    goal: { atLeast: 50 },
  });
  frame.row({ what: '  processor time', values: cpu, unit: 's', digits: 2 });
  frame.row({ what: '  floor: inflate alone', values: inflate, unit: 's', digits: 2 });
  frame.row({
    what: '  floor: deflate level 1 of the same columns alone',
    values: deflate,
    unit: 's',
    digits: 2,
  });
  const floor = median(inflate) + median(deflate);
  frame.row({
    what: '  against the floor',
    values: over(cpu, floor),
    unit: 'x',
    digits: 2,
    goal: { atMost: 1.6 },
  });
}

/** The same against other programs, which are not here: at the rates that were published for them. */
export async function benchPeers(frame: Frame): Promise<void> {
  const megabytes = frame.quick ? 10 : 90;
  const zip = await stationZip(frame, { kind: 'classic', megabytes });
  const usages = await measureHarvests(frame, { source: 'igra2', input: zip.path }, frame.repeats);
  const wall = usages.map(({ wallSeconds }) => wallSeconds);
  const perNinety = over(wall, zip.bytes / 90e6);
  frame.row({
    what: `IGRA2 classic zip, ${megabytes} MB of text, to station file, wall`,
    values: wall,
    unit: 's',
    digits: 2,
  });
  for (const { who, seconds, goal } of PUBLISHED) {
    frame.row({
      what: `  against ${who} (published rate, other machine)`,
      values: perNinety.map((own) => seconds / own),
      unit: 'x',
      digits: 1,
      ...(goal && { goal }),
    });
  }
  if (!pythonHas('igra')) {
    frame.absent('  against the igra package on this machine', 'no igra package for /usr/bin/python3');
    return;
  }
  const peer = secondsOf(await runPython('igra_package', [zip.path, frame.fewRepeats]), 'read');
  frame.row({
    what: '  against the igra package to a frame alone, on this machine',
    values: ratios(peer, wall),
    unit: 'x',
    digits: 1,
    goal: { atLeast: 4 },
  });
}
