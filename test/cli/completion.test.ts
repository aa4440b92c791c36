/** The scripts of `harvest completion`, asked by the shells that they are for. */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { completionScript, type Shell } from '../../src/cli/completion.js';
import { sources } from '../../src/sources/registry.js';
import { runCli } from './built.js';
import { createWorkspace } from './workspace.js';

const space = createWorkspace();
const DATASETS = [...sources.keys()].sort();

const paths = new Map<Shell, string>();
beforeAll(async () => {
  for (const shell of ['bash', 'zsh'] as const)
    paths.set(shell, space.write(`completion.${shell}`, await completionScript(shell, COMMANDS)));
});

/** What bash offers for the last of these words, as it calls the function of a completion. */
function offered(...words: string[]): string[] {
  const script = `source "$0"; COMP_WORDS=(harvest "$@"); COMP_CWORD=$#; _harvest; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--norc', '-c', script, paths.get('bash')!, ...words],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('in bash', () => {
  it('completes commands', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['schedule', 'show', 'export', 'completion']));
    expect(offered('')).toHaveLength(COMMANDS.length - 1);
    expect(offered('s')).toEqual(['schedule', 'status', 'sources', 'show']);
  });

  it('completes the options of the command that is called', () => {
    expect(offered('--re')).toEqual(['--record-time']);
    expect(offered('plot', 'x.nc', '--w')).toEqual(['--width', '--with-failed']);
    expect(offered('schedule', '17 3 * * *', '--ti')).toEqual(['--timezone']);
    expect(offered('show', '--')).toContain('--help');
    expect(offered('--json', 'status', '--')).toEqual([
      '--workdir',
      '--output',
      '--json',
      '--help',
      '--version',
    ]);
  });

  it('takes the value of an option for no command', () => {
    expect(offered('--workdir', 'status', '--pro')).toEqual(['--profile']);
    // bash takes the = for a word.
    expect(offered('--workdir', '=', 'status', 'plot', '--k')).toEqual(['--kind']);
    expect(offered('--workdir', '')).toEqual([]);
  });

  it.each<[string, string[], string[]]>([
    ['datasets', ['--source', ''], [...DATASETS, 'all']],
    ['datasets of a command', ['sources', ''], DATASETS],
    ['kinds', ['plot', '--kind', ''], ['skewt', 'availability', 'departures', 'map', 'timeline']],
    ['forms', ['export', 'x.nc', '--form', ''], ['long', 'wide', 'core']],
    ['editions', ['--tables', 'g'], ['glamod']],
    ['kinds of levels', ['show', 'x.nc', '--levels', 'st'], ['standard']],
    ['actions', ['tables', 'l'], ['list']],
    ['shells', ['completion', ''], ['bash', 'zsh']],
  ])('completes %s', (_, words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  it('completes a value behind =, which bash takes for a word', () => {
    expect(offered('export', '--form', '=')).toEqual(['long', 'wide', 'core']);
    expect(offered('export', '--form', '=', 'w')).toEqual(['wide']);
    // Where COMP_WORDBREAKS was changed.
    expect(offered('export', '--form=w')).toEqual(['--form=wide']);
  });

  it('leaves the rest to names of files', () => {
    expect(offered('show', '')).toEqual([]);
    expect(offered('export', '--output', 'x')).toEqual([]);
    const { stdout } = spawnSync(
      'bash',
      ['--norc', '-c', 'source "$0"; complete -p harvest', paths.get('bash')!],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toBe('complete -o default -F _harvest harvest\n');
  });

  it('knows every option of every command, and every choice', async () => {
    for (const { usage, load } of COMMANDS) {
      const command = usage === '$0' ? [] : [usage.split(' ', 1)[0]!];
      const { options } = await load();
      expect(offered(...command, '--')).toEqual([
        ...Object.keys(options).map((name) => `--${name}`),
        '--help',
        '--version',
      ]);
      for (const [name, { choices }] of Object.entries(options))
        if (choices !== undefined) expect(offered(...command, `--${name}`, '')).toEqual(choices);
    }
  });
});

const NO_ZSH = spawnSync('zsh', ['--version']).error !== undefined;
if (NO_ZSH && process.env.CI === 'true') throw new Error('CI=true, but there is no zsh');

/** Types words and a tab into zsh; a function in place of harvest says which words came. */
const TYPED = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=''; harvest() { print -r -- \\"<\\\${(j: :)@}>\\" }; autoload -U compinit; compinit -u -D; source $0; print READ''Y"
zpty -r shell line '*READY*'
for words in "$@"; do
  zpty -w shell "harvest $words"$'\\t'
  zpty -r shell line '*<*>*'
  print -r -- \${\${line##*<}%%>*}
done
`;

describe.skipIf(NO_ZSH)(`in zsh${NO_ZSH ? ': there is no zsh' : ''}`, () => {
  it('completes what is typed', () => {
    const typed = [
      'sche',
      '--source ig',
      'plot --kind av',
      'export --form=w',
      'show x.nc --heights ge',
      'tables di',
    ];
    const { stdout } = spawnSync('zsh', ['-f', '-c', TYPED, paths.get('zsh')!, ...typed], {
      encoding: 'utf8',
    });
    expect(stdout.trimEnd().split('\n')).toEqual([
      'schedule',
      '--source igra2',
      'plot --kind availability',
      'export --form=wide',
      'show x.nc --heights geopotential',
      'tables diff',
    ]);
  });
});

it('is what the command prints', async () => {
  const [bash, named, zsh, wrong] = await Promise.all([
    runCli(['completion']),
    runCli(['completion', 'bash']),
    runCli(['completion', 'zsh']),
    runCli(['completion', 'fish']),
  ]);
  expect(bash).toEqual({
    code: 0,
    signal: null,
    stderr: '',
    stdout: await completionScript('bash', COMMANDS),
  });
  expect(named.stdout).toBe(bash.stdout);
  expect(zsh.stdout).toBe(await completionScript('zsh', COMMANDS));
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/"bash", "zsh".*\[USAGE\]/);
});
