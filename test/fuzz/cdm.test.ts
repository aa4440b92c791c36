import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCodeTable } from '../../src/cdm/code-table.js';
import { parseTablesSpec } from '../../src/cdm/spec.js';
import { TablesError, UsageError } from '../../src/errors.js';
import { fuzzCodeTables, fuzzDefinitions } from '../support/tables-fuzz.js';

const MUTANTS = 1000;

describe('mutated table files', () => {
  it('of codes give rows as wide as the header, or a typed error', () => {
    const { results, errors } = fuzzCodeTables(MUTANTS);
    expect(results).toBeGreaterThan(MUTANTS / 2);
    expect(errors).toBeGreaterThan(10);
  });

  it('of definitions give elements with known kinds and different names, or a typed error', () => {
    const { results, errors } = fuzzDefinitions(MUTANTS);
    expect(results).toBeGreaterThan(50);
    expect(errors).toBeGreaterThan(50);
  });

  it('that are one long line, one long field or half a million separators end in time', () => {
    const texts = [
      '\t'.repeat(500_000),
      `a,b\n${'"'.repeat(100_001)}`,
      `a\tb\n1${' '.repeat(200_000)}x`,
      'a,b\n'.repeat(60_000),
    ];
    const started = performance.now();
    for (const text of texts) {
      const read = () => parseCodeTable('t', new TextEncoder().encode(text), 'f', undefined, []);
      try {
        read();
      } catch (error) {
        expect(error).toBeInstanceOf(TablesError);
      }
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('any --tables value', () => {
  it('means the bundle, a folder, an https repository, or is a usage error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl({ withQueryParameters: true, withFragments: true }),
          fc
            .tuple(fc.constantFrom('glamod@', 'https://a.b/', 'file://', 'ext::', '-', 'git@'), fc.string())
            .map((parts) => parts.join('')),
        ),
        (spec) => {
          try {
            const parsed = parseTablesSpec(spec);
            if (parsed.kind === 'folder') expect(parsed.folder).toMatch(/^[^-]/);
            if (parsed.kind === 'repository') {
              expect(parsed.url).toMatch(/^https:\/\/[^\s@?#]+$/);
              expect(parsed.commit ?? '0'.repeat(40)).toMatch(/^[0-9a-f]{40}$/);
              expect(parsed.name).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        },
      ),
      { seed: 7, numRuns: 1000 },
    );
  });
});
