/** `harvest schedule`: wrong words are told at once, and what it says while it waits. */
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scheduleCommand } from '../../src/cli/schedule.js';
import { exitCodeOf } from '../../src/errors.js';
import { systemClock } from '../../src/run/schedule.js';
import { runCli } from './built.js';
import { harvestWords } from './words.js';
import { createWorkspace } from './workspace.js';

const space = createWorkspace();
/** A time that is far away: nothing is harvested here. */
const CRON = '59 23 31 12 *';
const MISSING = space.path('no-such-list.txt');
const WRONG: [string, string[], string, number][] = [
  ['no source', [], 'NO_SOURCE', 2],
  ['an unknown source', ['--source', 'nope'], 'UNKNOWN_SOURCE', 2],
  ['no worker', ['--source', 'igra2', '--workers', '0'], 'NOT_A_NUMBER', 2],
  ['no report to keep', ['--source', 'igra2', '--keep-reports', '0'], 'NOT_A_NUMBER', 2],
  ['a shard beyond the last', ['--source', 'igra2', '--shard', '9/4'], 'INVALID_SHARD', 2],
  ['a mirror that is none', ['--source', 'igra2', '--mirror', 'nonsense'], 'BAD_MIRROR', 2],
  ['a bad first day', ['--source', 'igra2', '--from', '2019-02-30'], 'NOT_A_DATE', 2],
  ['inputs of all datasets', ['--source', 'all', '--input', 'x'], 'INPUT_OF_ALL', 2],
  [
    'a file of stations without one',
    ['--source', 'igra2', '--stations', space.write('none.txt', '# none\n')],
    'NO_STATIONS',
    2,
  ],
  ['a file of stations that is missing', ['--source', 'igra2', '--stations', MISSING], 'ENOENT', 6],
];

afterEach(() => vi.restoreAllMocks());

/** Starts the command and ends it with the signal of Ctrl-C once it waits for its time. */
async function scheduled(words: readonly string[]): Promise<{ code: number; stderr: string }> {
  let stderr = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += String(chunk);
    return true;
  });
  const sleep = vi.spyOn(systemClock, 'sleep');
  const ended = scheduleCommand({ ...harvestWords(words), cron: CRON });
  await vi.waitFor(() => expect(sleep).toHaveBeenCalled(), { timeout: 10_000 });
  process.emit('SIGINT', 'SIGINT');
  const code = await ended;
  vi.restoreAllMocks();
  return { code, stderr };
}

describe('a schedule of wrong words', () => {
  it.each(WRONG)('(%s) is refused at once', async (_, words, code, exitCode) => {
    vi.spyOn(systemClock, 'sleep').mockRejectedValue(new Error('it waits for its time'));
    const error: unknown = await scheduleCommand({ ...harvestWords(words), cron: CRON }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code });
    expect(exitCodeOf(error)).toBe(exitCode);
  });

  it('ends with the exit code and the message of a harvest, and promises nothing', {
    timeout: 30_000,
  }, async () => {
    const [source, stations, cron] = await Promise.all([
      runCli(['schedule', CRON, '--source', 'nope']),
      runCli(['schedule', CRON, '--source', 'igra2', '--stations', MISSING]),
      runCli(['schedule', '61 * * * *', '--source', 'igra2']),
    ]);
    expect(source).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('[UNKNOWN_SOURCE]'),
    });
    expect(stations).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining(MISSING) });
    expect(cron).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('[INVALID_SCHEDULE]'),
    });
    for (const { stderr } of [source, stations, cron]) {
      expect(stderr.match(/^harvest: /gm)).toHaveLength(1);
      expect(stderr).not.toContain('next harvest');
    }
  });
});

describe('a schedule that waits', () => {
  const words = ['--source', 'igra2', '--offline', '--workdir', join(space.folder, 'work')];

  it('says when it will harvest, and ends with exit code 0', async () => {
    const { code, stderr } = await scheduled(words);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z next harvest at \d{4}-12-31T23:59:00Z\n$/,
    );
  });

  it('says nothing with --quiet', async () => {
    expect(await scheduled([...words, '--quiet'])).toEqual({ code: 0, stderr: '' });
  });
});
