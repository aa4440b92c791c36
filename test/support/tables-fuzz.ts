/** Mutated table files for the readers of `src/cdm`: of code tables and of definitions, comma and tab separated. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseCodeTable } from '../../src/cdm/code-table.js';
import { parseDefinition } from '../../src/cdm/definitions.js';
import { PACKAGED_TABLES } from '../../src/cdm/extensions.js';
import type { TableWarning } from '../../src/cdm/index.js';
import { formatKind, parseKind } from '../../src/cdm/kinds.js';
import { TablesError } from '../../src/errors.js';
import { cpuMilliseconds } from './cpu-time.js';
import { mutate, seededRandom } from './mutate.js';

const SEPARATORS = new TextEncoder().encode('\t,"\n\r# \\05-[]()\u0000');
/** A hang, however slow the machine (ms of computing for one mutant). */
const MAX_MILLISECONDS = 1000;

/** How many mutants gave a result, and how many a typed error. */
export interface TableFuzz {
  results: number;
  errors: number;
}

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

/** Runs the reader on every mutant; each gives a result that holds its promises, or a TablesError that names the file. */
function fuzz<T>(
  mutants: number,
  files: readonly { name: string; bytes: Uint8Array }[],
  read: (name: string, bytes: Uint8Array, warnings: TableWarning[]) => T,
  check: (result: T) => void,
): TableFuzz {
  const random = seededRandom(20_260_127);
  const counts = { results: 0, errors: 0 };
  for (let i = 0; i < mutants; i++) {
    const file = files[Math.floor(random() * files.length)];
    if (file === undefined) throw new Error('there are no tables');
    const bytes = mutate(file.bytes, random, SEPARATORS);
    const warnings: TableWarning[] = [];
    const started = cpuMilliseconds();
    try {
      check(read(file.name, bytes, warnings));
      counts.results += 1;
    } catch (error) {
      if (!(error instanceof TablesError)) throw error;
      expect(error.position.file).toBe('f');
      counts.errors += 1;
    }
    expect(cpuMilliseconds() - started).toBeLessThan(MAX_MILLISECONDS);
    for (const { line } of warnings) expect(line).toBeGreaterThan(0);
  }
  return counts;
}

/** Code tables: rows are as wide as the header. */
export function fuzzCodeTables(mutants: number): TableFuzz {
  return fuzz(
    mutants,
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
}

/** Definitions: elements have known kinds and different names. */
export function fuzzDefinitions(mutants: number): TableFuzz {
  return fuzz(
    mutants,
    corpus('table_definitions'),
    (name, bytes, warnings) => parseDefinition(name, bytes, 'f', warnings),
    ({ elements }) => {
      expect(elements.length).toBeGreaterThan(0);
      expect(new Set(elements.map(({ name }) => name)).size).toBe(elements.length);
      for (const { kind } of elements) expect(parseKind(formatKind(kind))).toEqual(kind);
    },
  );
}
