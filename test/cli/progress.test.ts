/** Progress as a terminal and as a log file see it, told from a clock of the test's own. */
import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgress, size } from '../../src/cli/progress.js';
import { createTally } from '../../src/records/tally.js';
import type { RunEvent } from '../../src/run/options.js';
import type { StationOutcome } from '../../src/run/reports/report.js';

/** What is written, piece by piece, and the clock in milliseconds. */
function fake(terminal: boolean, columns = 80) {
  const pieces: string[] = [];
  const stream = Object.assign(
    new Writable({
      write(chunk: Buffer, _, done) {
        pieces.push(chunk.toString('utf8'));
        done();
      },
    }),
    { isTTY: terminal, columns, rows: 40 },
  ) as unknown as NodeJS.WriteStream;
  const clock = { now: 1_000_000 };
  return {
    clock,
    stream,
    /** What was written since the last call, without the control sequences of the terminal. */
    text(): string {
      return stripVTControlCharacters(pieces.splice(0).join(''));
    },
    raw: (): string => pieces.splice(0).join(''),
    progress: (quiet = false) => createProgress(quiet, stream, () => clock.now),
  };
}

const outcome = (station: string): StationOutcome => ({
  station,
  primaryId: station,
  state: 'done',
  reports: 1,
  files: [],
  bytes: 1,
  inputBytes: 1,
  first: null,
  last: null,
  tally: createTally(),
});
const finished = (lane: number, station: string, bytes: number): RunEvent => ({
  type: 'finished',
  lane,
  outcome: outcome(station),
  bytes,
});
const planned = (stations: number, bytes: number, lanes = 2): RunEvent => ({
  type: 'planned',
  stations,
  unchanged: 0,
  bytes,
  lanes,
});

describe('progress on a terminal', () => {
  it('has a line for the whole with rate and time left, and one for each lane', () => {
    const terminal = fake(true);
    const progress = terminal.progress();
    progress.event(planned(10, 40_000_000));
    progress.event({ type: 'started', lane: 0, station: 'AAM00000001' });
    progress.event({ type: 'started', lane: 1, station: 'BBM00000002' });
    expect(terminal.text()).toContain('harvesting: 0 of 10 stations, 0 kB of 40.0 MB\n');
    terminal.clock.now += 10_000;
    progress.event({ type: 'reports', lane: 1, reports: 1234 });
    expect(terminal.text()).toContain('  1: AAM00000001, 0 reports\n  2: BBM00000002, 1234 reports\n');
    terminal.clock.now += 10_000;
    progress.event(finished(0, 'AAM00000001', 10_000_000));
    // A quarter in 20 s: three quarters, and so 60 s, are left.
    expect(terminal.text()).toContain(
      'harvesting: 1 of 10 stations, 10.0 MB of 40.0 MB, 500 kB/s, about 60 s left',
    );
  });

  it('is not rewritten more than five times a second', () => {
    const terminal = fake(true);
    const progress = terminal.progress();
    progress.event(planned(1, 1000, 1));
    progress.event({ type: 'started', lane: 0, station: 'AAM00000001' });
    terminal.text();
    let written = 0;
    for (let i = 0; i < 1000; i++) {
      terminal.clock.now += 1;
      progress.event({ type: 'reports', lane: 0, reports: i });
      if (terminal.text() !== '') written++;
    }
    expect(written).toBeGreaterThanOrEqual(4);
    expect(written).toBeLessThanOrEqual(5);
  });

  it.each([
    [119_000, 1, 'about 119 s'],
    [600_000, 1, 'about 10 min'],
    [9_000_000, 1, 'about 2.5 h'],
  ])('says of %i ms per station that %i more takes %s', (elapsed, _, text) => {
    const terminal = fake(true, 120);
    const progress = terminal.progress();
    progress.event(planned(2, 2_000_000));
    terminal.text();
    terminal.clock.now += elapsed;
    progress.event(finished(0, 'AAM00000001', 1_000_000));
    expect(terminal.text()).toContain(`, ${text} left`);
  });

  it('says how far the downloads are', () => {
    const terminal = fake(true);
    const progress = terminal.progress();
    progress.event({ type: 'download', done: 0, total: 20, bytes: 0, name: 'A.zip' });
    terminal.text();
    terminal.clock.now += 4000;
    progress.event({ type: 'download', done: 5, total: 20, bytes: 8_000_000, name: 'B.zip' });
    expect(terminal.text()).toContain('fetching: 5 of 20 files, 8.0 MB, 2.0 MB/s\n  B.zip');
    terminal.clock.now += 1000;
    progress.event({ type: 'listing', files: 20 });
    expect(terminal.text()).toContain('looking into 20 files');
  });

  it('is no wider than the terminal, and never sends it a control character of an id', () => {
    const terminal = fake(true, 30);
    const progress = terminal.progress();
    progress.event(planned(1, 1000, 1));
    progress.event({ type: 'started', lane: 0, station: 'ev\u001b[2Jil\r\n\u0007\u202eid' });
    terminal.clock.now += 1000;
    terminal.raw();
    progress.event({ type: 'reports', lane: 0, reports: 1 });
    const raw = terminal.raw();
    expect(raw).toContain('ev\\x1b[2Jil');
    expect(raw).not.toContain('\u001b[2J');
    expect(raw).not.toContain('\u0007');
    expect(raw).not.toContain('\u202e');
    for (const line of stripVTControlCharacters(raw).split('\n')) expect(line.length).toBeLessThan(30);
  });

  it('makes room for a message, and is gone in the end', () => {
    const terminal = fake(true);
    const progress = terminal.progress();
    progress.event(planned(1, 1000, 1));
    terminal.raw();
    progress.message('warning: so it is');
    const message = terminal.raw();
    // The progress line is erased first.
    expect(message.indexOf('\u001b[2K')).toBeGreaterThanOrEqual(0);
    expect(message.indexOf('\u001b[2K')).toBeLessThan(message.indexOf('warning'));
    expect(stripVTControlCharacters(message)).toContain('warning: so it is\n');
    progress.end();
    expect(stripVTControlCharacters(terminal.raw()).trim()).toBe('');
  });
});

describe('progress elsewhere', () => {
  it('is a line every half minute, without any control sequence', () => {
    const log = fake(false);
    const progress = log.progress();
    progress.event(planned(100, 100_000_000));
    progress.event({ type: 'started', lane: 0, station: 'AAM00000001' });
    expect(log.raw()).toBe('');
    const lines: string[] = [];
    for (let i = 1; i <= 70; i++) {
      log.clock.now += 1000;
      progress.event(finished(0, 'AAM00000001', 1_000_000));
      lines.push(log.raw());
    }
    expect(lines.filter((line) => line !== '')).toEqual([
      'harvesting: 30 of 100 stations, 30.0 MB of 100.0 MB, 1.0 MB/s, about 70 s left\n',
      'harvesting: 60 of 100 stations, 60.0 MB of 100.0 MB, 1.0 MB/s, about 40 s left\n',
    ]);
    progress.end();
    expect(log.raw()).toBe('');
  });

  it('keeps an id from forging a line', () => {
    const log = fake(false);
    const progress = log.progress();
    log.clock.now += 60_000;
    progress.event({ type: 'download', done: 1, total: 2, bytes: 0, name: 'x\nharvest: fine\u001b[31m' });
    const raw = log.raw();
    expect(raw.split('\n')).toHaveLength(2);
    expect(raw).not.toContain('\u001b');
  });

  it('is nothing at all where it is to be quiet; messages still are', () => {
    for (const terminal of [true, false]) {
      const stream = fake(terminal);
      const progress = stream.progress(true);
      stream.clock.now += 100_000;
      progress.event(planned(1, 1000));
      stream.clock.now += 100_000;
      progress.event(finished(0, 'A', 1000));
      expect(stream.raw()).toBe('');
      progress.message('harvest: no');
      expect(stream.text()).toBe('harvest: no\n');
      progress.end();
      expect(stream.raw()).toBe('');
    }
  });
});

it('sizes are told in the unit that fits', () => {
  expect([0, 999_499, 1_000_000, 27_900_000_000].map(size)).toEqual(['0 kB', '999 kB', '1.0 MB', '27.90 GB']);
});
