/** That no code knows a group of feedback by its name, or its departures by theirs: a file says itself what it has. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, ROOT } from './cli/built.js';

const SRC = join(ROOT, 'src');
const files = filesBelow(SRC, '.ts').map((path) => ({
  name: relative(SRC, path),
  text: readFileSync(path, 'utf8'),
}));

/** Files with a text that fits, comments included. */
function having(pattern: RegExp): string[] {
  return files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
}

describe('names of feedback', () => {
  it('are no part of the code: era5fb stands in the descriptors alone, and in the name of its table', () => {
    expect(having(/era5fb_table/).length).toBeGreaterThan(0);
    // An example in the help of a command.
    expect(having(/era5fb(?!_table)/)).toEqual(['cli/commands/export.ts']);
  });

  it('of columns of departures are known to the form of old files, and to how columns are compressed', () => {
    expect(having(/(?:fg|an)_depar@/).filter((name) => !name.startsWith('sources/'))).toEqual([
      'output/encoding.ts',
      'reading/feedback-groups.ts',
      'records/feedback.ts',
    ]);
  });

  it('of attributes are read in one place', () => {
    expect(having(/OF_GROUP|OF_COLUMN|departure_from|departure_columns|feedback_of/)).toEqual([
      'reading/feedback-described.ts',
      'records/feedback-attributes.ts',
    ]);
  });
});
