import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCodeTable } from '../../src/cdm/code-table.js';
import { parseDefinition } from '../../src/cdm/definitions.js';
import { PACKAGED_TABLES } from '../../src/cdm/extensions.js';
import type { TableWarning } from '../../src/cdm/index.js';
import { formatKind, parseKind } from '../../src/cdm/kinds.js';
import { parseTablesSpec } from '../../src/cdm/spec.js';
import { TablesError, UsageError } from '../../src/errors.js';
import { mutate, seededRandom } from '../support/mutate.js';

const MUTATIONS = 2000 * (process.env.NIGHTLY === undefined ? 1 : 10);
const SEPARATORS = new TextEncoder().encode('\t,"\n\r# \\05-[]()\u0000');

function corpus(part: 'tables' | 'table_definitions'): { name: string; bytes: Uint8Array }[] {
  const folder = join(PACKAGED_TABLES, 'bundled', part);
  const files = readdirSync(folder).sort();
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const name = file.replace(/\..*/, '');
    const tabbed = text.replaceAll(',', '\t');
    return [text, tabbed].map((content) => ({ name, bytes: new TextEncoder().encode(content) }));
  });
}

/** Runs the reader on every mutation; each gives a result that holds its promises, or a TablesError that names the file. */
function fuzz<T>(
  files: readonly { name: string; bytes: Uint8Array }[],
  read: (name: string, bytes: Uint8Array, warnings: TableWarning[]) => T,
  check: (result: T) => void,
): { results: number; errors: number } {
  const random = seededRandom(20_260_127);
  const counts = { results: 0, errors: 0 };
  for (let round = 0; round < MUTATIONS / 2; round += 1) {
    const file = files[Math.floor(random() * files.length)];
    if (file === undefined) continue;
    const bytes = mutate(file.bytes, random, SEPARATORS);
    const warnings: TableWarning[] = [];
    try {
      check(read(file.name, bytes, warnings));
      counts.results += 1;
    } catch (error) {
      if (!(error instanceof TablesError)) throw error;
      expect(error.position.file).toBe('f');
      counts.errors += 1;
    }
    for (const { line } of warnings) expect(line).toBeGreaterThan(0);
  }
  return counts;
}

describe('mutated table files', () => {
  it('of codes give rows as wide as the header, or a typed error', () => {
    const started = performance.now();
    const counts = fuzz(
      corpus('tables'),
      (name, bytes, warnings) => parseCodeTable(name, bytes, 'f', undefined, warnings),
      ({ columns, rows }) => {
        for (const { code, values } of rows) {
          if (values.length !== columns.length || !Number.isSafeInteger(code)) {
            throw new Error(`a row of ${values.length} fields under ${columns.length} titles, code ${code}`);
          }
          if (values.some((value) => value === undefined || value === '')) throw new Error('a hole in a row');
        }
      },
    );
    expect(counts.results).toBeGreaterThan(MUTATIONS / 4);
    expect(counts.errors).toBeGreaterThan(10);
    expect(performance.now() - started).toBeLessThan(MUTATIONS * 5);
  });

  it('of definitions give elements with known kinds and different names, or a typed error', () => {
    const counts = fuzz(
      corpus('table_definitions'),
      (name, bytes, warnings) => parseDefinition(name, bytes, 'f', warnings),
      ({ elements }) => {
        expect(elements.length).toBeGreaterThan(0);
        expect(new Set(elements.map(({ name }) => name)).size).toBe(elements.length);
        for (const { kind } of elements) expect(parseKind(formatKind(kind))).toEqual(kind);
      },
    );
    expect(counts.results).toBeGreaterThan(50);
    expect(counts.errors).toBeGreaterThan(50);
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
