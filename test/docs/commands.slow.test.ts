/** Every call of `harvest` in the text of the documentation: the command exists, and so do its options. */
import { beforeAll, expect, it } from 'vitest';
import { runCli } from '../cli/built.js';
import { fencedBlocks, pages, pageText } from './snippets.js';

interface Call {
  page: string;
  text: string;
  /** '' for a harvest. */
  command: string;
  options: string[];
}

/** Calls in backticks, and on lines of blocks without a language or of shell. */
function callsOf(page: string): Call[] {
  const text = pageText(page);
  const blocks = fencedBlocks(text).filter(({ language }) => language === '' || language === 'sh');
  const lines = blocks.flatMap(({ body }) => body.split('\n'));
  const inline = Array.from(
    text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`]+)`/g),
    ([, code]) => code ?? '',
  );
  return [...lines, ...inline].flatMap((line) => {
    const [, words = ''] =
      /^(?:npx )?harvest ((?:[a-z]|--[a-z]).*)$/.exec(line.trim().replaceAll(/\s+/g, ' ')) ?? [];
    if (words === '') return [];
    const call = words.replace(/ (?:#|\|) .*$/, '');
    const [, command = ''] = /^([a-z]+)(?: |$)/.exec(call) ?? [];
    return [{ page, text: line.trim(), command, options: call.match(/--[a-z][a-z-]*/g) ?? [] }];
  });
}

const calls = [...pages(), 'CONTRIBUTING.md'].flatMap(callsOf);
const helps = new Map<string, string>();

beforeAll(async () => {
  for (const command of new Set(calls.map((call) => call.command))) {
    const { stdout } = await runCli([...(command === '' ? [] : [command]), '--help']);
    helps.set(command, stdout);
  }
});

it.each(calls)('$page: $text', (call) => {
  const help = helps.get(call.command);
  if (call.command !== '') expect(help?.split('\n', 1)[0]).toMatch(new RegExp(`^harvest ${call.command}\\b`));
  const known = new Set(help?.match(/--[a-z][a-z-]*/g));
  // What yargs calls --no-<option> in its help, people write in either form.
  const has = (option: string): boolean => known.has(option) || known.has(option.replace('--', '--no-'));
  expect(call.options.filter((option) => !has(option))).toEqual([]);
});

it('there are many', () => {
  expect(calls.length).toBeGreaterThan(40);
});
