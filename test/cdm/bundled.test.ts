import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PACKAGED_TABLES } from '../../src/cdm/extensions.js';
import {
  type CdmEdition,
  checkDrift,
  codeRow,
  diffEditions,
  loadEdition,
  openTables,
} from '../../src/cdm/index.js';
import { describeWithEditions, GLAMOD, WRITTEN } from './editions-support.js';

const FOLDER = join(PACKAGED_TABLES, 'bundled');
const NO_CACHE = { cacheDir: '/nonexistent' };

describe('the bundled snapshot', () => {
  let bundled: CdmEdition;
  beforeAll(async () => {
    bundled = await openTables('bundled', { ...NO_CACHE, contract: WRITTEN });
  });

  it('opens without cache or network, names its origin and has no malformed row', () => {
    expect(bundled).toMatchObject({
      name: 'bundled',
      repository: 'https://github.com/glamod/common_data_model',
      commit: '4261905',
      warnings: [],
    });
    expect(bundled.definitions.size).toBe(88);
    expect(bundled.tables.size).toBe(69);
  });

  it('fulfils what is written', () => {
    expect(checkDrift(bundled, WRITTEN)).toEqual([]);
    expect(codeRow(bundled, 'observed_variable', 126).values).toContain('air temperature');
    expect(codeRow(bundled, 'units', 5).values).toEqual(['5', 'kelvin', 'K', 'NULL']);
    expect(codeRow(bundled, 'time_reference', 2).values).toEqual(['2', 'Radio clock']);
  });

  it('is small and holds facts, no prose', () => {
    const files = readdirSync(FOLDER, { recursive: true }).map((file) => join(FOLDER, String(file)));
    const bytes = files
      .filter((file) => statSync(file).isFile())
      .reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(150_000);
    for (const { elements } of bundled.definitions.values()) {
      for (const { description, extension } of elements) if (!extension) expect(description).toBe('');
    }
    const prose = [...bundled.tables.values()].flatMap(({ columns, rows }) => {
      const index = columns.indexOf('description');
      return index < 0 ? [] : rows.flatMap(({ values }) => values[index] ?? []);
    });
    expect(Math.max(...prose.map(({ length }) => length))).toBeLessThanOrEqual(60);
  });

  it('is pinned: a change of its files is a change of this hash', () => {
    expect(bundled.sha256).toBe('7327b036ef8a26a27c76d3ec629821be2df581a6cd82a286908b67a801ac32c5');
  });
});

describeWithEditions('the bundled snapshot and its origin', () => {
  it('have the same elements, kinds, links, codes and names', async () => {
    const origin = await loadEdition(GLAMOD);
    const bundled = await loadEdition(FOLDER);
    const differences = diffEditions(origin, bundled);
    expect(differences.filter(({ change }) => change !== 'code-changed')).toEqual([]);
    for (const [name, { elements }] of origin.definitions) {
      const links = (list: typeof elements) => list.map((element) => [element.name, element.externalTable]);
      expect(links(bundled.definitions.get(name)?.elements ?? [])).toEqual(links(elements));
    }
    for (const [name, { columns, rows }] of origin.tables) {
      const index = columns.findIndex((column) => column === 'name' || column === 'abbreviation');
      const column = (list: typeof rows) => list.map(({ values }) => (index < 0 ? null : values[index]));
      expect(column(bundled.tables.get(name)?.rows ?? [])).toEqual(column(rows));
    }
  });
});
