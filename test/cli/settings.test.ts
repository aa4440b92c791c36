/** Settings from `harvest.config.json` and the environment: which one wins, and what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { calledCommand } from '../../src/cli/given-words.js';
import { withSettings } from '../../src/cli/settings.js';
import { UsageError } from '../../src/errors.js';
import { listing, runCli } from './built.js';
import { createWorkspace, stationBytes } from './workspace.js';

const space = createWorkspace();
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'harvest-settings-'));
const config = join(folder, 'harvest.config.json');
beforeEach(() => {
  process.chdir(folder);
  rmSync(config, { force: true });
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

function write(content: unknown): void {
  writeFileSync(config, typeof content === 'string' ? content : JSON.stringify(content));
}

/** The commands by their lines in the list, loaded beforehand. */
const loaded = new Map(
  await Promise.all(COMMANDS.map(async (listed) => [listed, await listed.load()] as const)),
);

function called(words: readonly string[]): Command {
  return loaded.get(calledCommand(words))!;
}

/** What the settings add to the words. */
function added(words: readonly string[], env: Readonly<Record<string, string>> = {}): string[] {
  const all = withSettings(words, called(words), env);
  expect(all.slice(0, words.length)).toEqual(words);
  return all.slice(words.length);
}

describe('settings of a harvest', () => {
  it('are none without a file and without variables', () => {
    expect(added(['--source', 'igra2'])).toEqual([]);
    expect(added(['--source', 'igra2'], { HOME: '/root', HARVEST_IGRA2_TOKEN: 'secret' })).toEqual([]);
  });

  it('come from the file, texts, numbers and flags alike', () => {
    write({ workdir: '/data', workers: 4, offline: true, profile: 'cuon', 'record-time': 'nominal' });
    expect(added(['--source', 'igra2']).sort()).toEqual([
      '--offline=true',
      '--profile=cuon',
      '--record-time=nominal',
      '--workdir=/data',
      '--workers=4',
    ]);
  });

  it('come from variables, in capitals, with _ for -', () => {
    const env = { HARVEST_KEEP_REPORTS: '7', HARVEST_TABLES: 'bundled', HARVEST_SHARD: '2/4' };
    expect(added([], env).sort()).toEqual(['--keep-reports=7', '--shard=2/4', '--tables=bundled']);
  });

  it('are taken from the command line before the environment, and from there before the file', () => {
    write({ workdir: '/file', workers: 1, tables: 'cdm-obs' });
    const env = { HARVEST_WORKDIR: '/variable', HARVEST_WORKERS: '2' };
    expect(added(['--workers', '3'], env).sort()).toEqual(['--tables=cdm-obs', '--workdir=/variable']);
    expect(added(['--workers=3', '--workdir=/words'], env)).toEqual(['--tables=cdm-obs']);
  });

  it('that are an empty variable count as not set', () => {
    write({ workers: 5 });
    expect(added([], { HARVEST_WORKERS: '' })).toEqual(['--workers=5']);
  });

  it('stand before the words that follow --', () => {
    const words = ['--source', 'igra2', '--', 'x'];
    expect(withSettings(words, called(words), { HARVEST_WORKERS: '2' })).toEqual([
      '--source',
      'igra2',
      '--workers=2',
      '--',
      'x',
    ]);
  });

  it('name several mirrors, as a list in the file and as one text in a variable', () => {
    write({ mirror: ['igra2=https://a.example.org/', 'uadb=https://b.example.org/'] });
    const both = ['--mirror=igra2=https://a.example.org/', '--mirror=uadb=https://b.example.org/'];
    expect(added([])).toEqual(both);
    expect(
      added([], { HARVEST_MIRROR: 'igra2=https://a.example.org/, uadb=https://b.example.org/' }),
    ).toEqual(both);
  });
});

describe('settings of other commands', () => {
  it('are only those that they know', () => {
    write({ workdir: '/data', output: '/out', workers: 4, tables: 'bundled' });
    expect(added(['status']).sort()).toEqual(['--output=/out', '--workdir=/data']);
    expect(added(['report', '--json']).sort()).toEqual(['--output=/out', '--workdir=/data']);
    expect(added(['tables', 'list']).sort()).toEqual(['--tables=bundled', '--workdir=/data']);
    expect(added(['sources'])).toEqual([]);
    expect(added(['inspect', 'x.zip'])).toEqual([]);
    for (const command of ['show', 'explain', 'verify', 'plot', 'export'])
      expect(added([command, 'x.nc'])).toEqual([]);
  });

  it('of a schedule are those of a harvest', () => {
    write({ source: 'igra2', 'keep-reports': 30 });
    expect(added(['schedule', '17 3 * * *']).sort()).toEqual(['--keep-reports=30', '--source=igra2']);
  });

  it('do not depend on words that are values', () => {
    write({ workers: 4 });
    expect(added(['--source', 'igra2', '--workdir', 'status'])).toEqual(['--workers=4']);
    expect(added(['--input', 'show', 'plot', '--source', 'igra2'])).toEqual(['--workers=4']);
  });

  it('are found where options of the command stand before it', () => {
    write({ workdir: '/data' });
    expect(added(['--json', 'status'])).toEqual(['--workdir=/data']);
    expect(added(['--csv', 'show', 'x.nc', '--time', 'last'])).toEqual([]);
  });
});

describe('a file of settings that cannot be used', () => {
  it.each<[string, unknown, string | undefined, RegExp]>([
    ['a name that is none', { worker: 4 }, 'worker', /there is no setting "worker"/],
    ['a name of another style', { recordTime: 'launch' }, 'recordTime', /there is no setting "recordTime"/],
    ['an option that only a command has', { force: true }, 'force', /there is no setting "force"/],
    ['a list where one value stands', { workers: [1, 2] }, 'workers', /workers has no usable value/],
    ['nothing', { workdir: null }, 'workdir', /workdir has no usable value/],
    ['a list of other things', { mirror: [1] }, 'mirror', /mirror has no usable value/],
    ['a list', [], undefined, /is not a JSON object/],
    ['no JSON', '{workers: 4}', undefined, /is not a JSON object/],
    ['an empty file', '', undefined, /is not a JSON object/],
  ])('%s', (_, content, field, text) => {
    write(content);
    let error: unknown;
    try {
      withSettings([], called([]), {});
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ code: 'CONFIG', message: expect.stringMatching(text) });
    expect(error).toMatchObject({ position: { file: 'harvest.config.json', ...(field && { field }) } });
  });

  it('a folder of that name is an error of storage', () => {
    expect(() => {
      process.chdir('/');
      process.chdir(space.folder);
      space.write('harvest.config.json/x', '');
      withSettings([], called([]), {});
    }).toThrow(expect.objectContaining({ code: 'EISDIR' }));
    rmSync(space.path('harvest.config.json'), { recursive: true });
  });
});

describe.concurrent('settings as the command line takes them', () => {
  const input = space.write('in/station.txt', stationBytes('USM00072558', 2));

  it('from the file, with the environment and the words before it', async () => {
    const settings = {
      source: 'igra2',
      tables: 'bundled',
      workdir: 'from-file',
      output: 'from-file',
      workers: 1,
    };
    space.write('a/harvest.config.json', JSON.stringify(settings));
    const outcome = await runCli(['--input', input, '--output', 'from-words', '--quiet'], {
      cwd: space.path('a'),
      env: { HARVEST_WORKDIR: 'from-variable', HARVEST_OUTPUT: 'lost' },
    });
    expect(outcome).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const made = listing(space.path('a')).map((name) => name.split('/')[0]);
    expect([...new Set(made)].sort()).toEqual(['from-variable', 'from-words', 'harvest.config.json']);
  });

  it.each([
    ['HARVEST_WORKERS', 'many'],
    ['HARVEST_WORKERS', '0'],
    ['HARVEST_WORKERS', '1.5'],
    ['HARVEST_KEEP_REPORTS', '-1'],
    ['HARVEST_PROFILE', 'era5'],
    ['HARVEST_SPLIT', 'month'],
    ['HARVEST_SHARD', '5/4'],
    ['HARVEST_OFFLINE', 'perhaps'],
  ])('%s=%s is a usage error', async (name, value) => {
    const outcome = await runCli(
      ['--source', 'igra2', '--tables', 'bundled', '--input', input, '--dry-run'],
      {
        cwd: space.path('in'),
        env: { [name]: value },
      },
    );
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/^harvest: .*\[[A-Z_]+\]$/m);
  });

  it.each(['1', 'true'])('HARVEST_OFFLINE=%s keeps it off the network', async (value) => {
    const outcome = await runCli(
      [
        '--source',
        'igra2',
        '--workdir',
        space.path(`offline-${value}`),
        '--mirror',
        'igra2=http://127.0.0.1:9/',
      ],
      { cwd: space.path('in'), env: { HARVEST_OFFLINE: value } },
    );
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('[NO_INPUT]');
  });
});
