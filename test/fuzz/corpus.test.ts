/** Damaged inputs that once showed something of their own: each gives what it gave when it was kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORPUS, CORPUS_SOURCES, type CorpusFormat, corpusInputs, corpusOutcome } from '../support/corpus.js';

const expected: Record<string, Record<string, unknown>> = JSON.parse(
  readFileSync(join(CORPUS, 'expected.json'), 'utf8'),
);

describe.each(Object.keys(CORPUS_SOURCES) as CorpusFormat[])('the corpus of %s', (format) => {
  const inputs = corpusInputs(format);

  it('is there, and every input has its outcome', () => {
    expect(inputs.size).toBeGreaterThan(8);
    expect([...inputs.keys()].sort()).toEqual(Object.keys(expected[format] ?? {}).sort());
  });

  it('gives what it gave when it was kept', async () => {
    for (const [name, bytes] of inputs)
      expect(await corpusOutcome(format, bytes), name).toEqual(expected[format]?.[name]);
  });
});
