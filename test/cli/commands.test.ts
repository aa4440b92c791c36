/** The list of commands, their modules, and the page that is made of them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeCommandsDoc } from '../../scripts/make-commands-doc.js';
import { nameOf } from '../../src/cli/command.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { pageText } from '../docs/snippets.js';
import { ROOT } from './built.js';

it('every module of a command is in the list, once', () => {
  const modules = readdirSync(join(ROOT, 'src/cli/commands')).map((name) => name.replace(/\.ts$/, ''));
  const names = COMMANDS.map((listed) => nameOf(listed).replace('$0', 'harvest'));
  expect(names.toSorted()).toEqual(modules.toSorted());
});

describe.each(COMMANDS)('$usage', ({ usage, load }) => {
  it('describes the words that its usage names, and no others', async () => {
    const { positionals } = await load();
    const named = Array.from(usage.matchAll(/[<[](\w+)(\.\.)?[>\]]/g), ([, name, several]) => ({
      name,
      several,
    }));
    expect(Object.keys(positionals)).toEqual(named.map(({ name }) => name));
    for (const [i, word] of Object.values(positionals).entries())
      expect(word.array === true).toBe(named[i]?.several !== undefined);
  });

  it('says of each option what it is for', async () => {
    const { options } = await load();
    for (const [name, option] of Object.entries(options)) {
      expect(option.type !== undefined || option.choices !== undefined, name).toBe(true);
      if (name !== 'json') expect(option.describe, name).toMatch(/\w{2}/);
    }
  });
});

it('README.md names every command', () => {
  const readme = pageText('README.md');
  const named = COMMANDS.map(nameOf).filter((name) => name !== '$0');
  expect(named.filter((name) => !readme.includes(`harvest ${name}`))).toEqual([]);
});

it('docs/commands.md is what the script makes', async () => {
  expect(pageText('docs/commands.md') === (await makeCommandsDoc())).toBe(true);
});
