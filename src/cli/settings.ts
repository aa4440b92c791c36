/**
 * Options from the environment (`HARVEST_WORKERS=4`) and from `harvest.config.json` in the current folder (`{"workers": 4}`), put behind
 * the words of the command line where those do not name them: flags win over variables, variables over the file.
 */

import { readFileSync } from 'node:fs';
import { asStorageError, isSystemError, UsageError } from '../errors.js';
import { fields } from '../shape.js';
import type { Command, CommandOption } from './command.js';
import { HARVEST_OPTIONS } from './commands/harvest.js';

/** Every setting: those of a harvest. Other commands take some of them. */
const SETTINGS: ReadonlyMap<string, CommandOption> = new Map(
  Object.entries<CommandOption>(HARVEST_OPTIONS).filter(([, { isSetting }]) => isSetting === true),
);
const ON = new Set(['1', 'true', 'yes', 'on']);
const OFF = new Set(['0', 'false', 'no', 'off']);
const CONFIG_FILE = 'harvest.config.json';

/**
 * The words of a command with its settings.
 *
 * @throws UsageError for a file that is no JSON object, an option that it cannot set, or a value that is none
 */
export function withSettings(
  words: readonly string[],
  { options }: Command,
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  const given = (name: string): boolean =>
    words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const config = readConfig();
  const added: string[] = [];
  for (const name of SETTINGS.keys()) {
    if (options[name]?.isSetting !== true || given(name)) continue;
    const variable = env[`HARVEST_${name.toUpperCase().replaceAll('-', '_')}`];
    const value = variable === undefined || variable === '' ? config.get(name) : fromText(name, variable);
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value])
      added.push(`--${name}=${one}`);
  }
  const end = words.indexOf('--');
  return end === -1 ? [...words, ...added] : [...words.slice(0, end), ...added, ...words.slice(end)];
}

const isFlag = (name: string): boolean => SETTINGS.get(name)?.type === 'boolean';
const isList = (name: string): boolean => SETTINGS.get(name)?.array === true;

function fromText(name: string, text: string): string | string[] {
  if (isFlag(name)) {
    const value = text.trim().toLowerCase();
    if (ON.has(value) || OFF.has(value)) return String(ON.has(value));
    throw new UsageError('SETTING', `the setting ${name} is on or off, not ${JSON.stringify(text)}`, {
      field: name,
      hint: 'Write 1 or 0, true or false, yes or no, on or off.',
    });
  }
  return isList(name) ? text.split(/[\s,]+/).filter((part) => part !== '') : text;
}

function readConfig(): Map<string, string | string[]> {
  const content = parsed();
  const settings = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries(content)) {
    if (!SETTINGS.has(name)) {
      throw new UsageError('CONFIG', `${CONFIG_FILE}: there is no setting ${JSON.stringify(name)}`, {
        file: CONFIG_FILE,
        field: name,
        hint: `Settings: ${[...SETTINGS.keys()].sort().join(', ')}.`,
      });
    }
    settings.set(name, settingOf(name, value));
  }
  return settings;
}

function parsed(): object {
  let text: string;
  try {
    text = readFileSync(CONFIG_FILE, 'utf8');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return {};
    throw asStorageError(error, 'cannot read', CONFIG_FILE);
  }
  try {
    const content: unknown = JSON.parse(text);
    if (fields(content)) return content;
  } catch {
    // Told below, as for a file that holds something else.
  }
  throw new UsageError('CONFIG', `${CONFIG_FILE} is not a JSON object`, {
    file: CONFIG_FILE,
    hint: 'For example {"workdir": "/data/soundings", "workers": 4}.',
  });
}

function settingOf(name: string, value: unknown): string | string[] {
  if (['string', 'number', 'boolean'].includes(typeof value)) return fromText(name, String(value));
  if (isList(name) && Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new UsageError('CONFIG', `${CONFIG_FILE}: ${name} has no usable value`, {
    file: CONFIG_FILE,
    field: name,
    hint: isList(name) ? 'Write a text or a list of texts.' : 'Write a text, a number, true or false.',
  });
}
