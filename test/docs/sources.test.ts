/** docs/sources: what the pages say of an archive is what its descriptor says, and they name every counter and no other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { QUANTITIES as BUFR } from '../../src/sources/bufr/levels-roles.js';
import { QUANTITIES as IGRA2 } from '../../src/sources/igra2/counters.js';
import { QUANTITIES as ODB } from '../../src/sources/odb/quantities.js';
import { sources } from '../../src/sources/registry.js';
import { QUANTITIES as UADB } from '../../src/sources/uadb/counters.js';
import { ROOT } from '../cli/built.js';
import {
  counters,
  droppedCounters,
  generalCounters,
  namedIn,
  notNamed,
  reasonsOf,
  type SourcePage,
} from './counters.js';
import { pages, pageText } from './snippets.js';
import { quoted, tableRows } from './tables.js';

/** By page: the datasets and the quantities in the names of counters. */
const PAGES: Readonly<Record<string, SourcePage>> = {
  'docs/sources/igra2.md': { datasets: ['igra2'], quantities: IGRA2 },
  'docs/sources/ncar.md': { datasets: ['ncar'], quantities: UADB },
  'docs/sources/era5.md': {
    datasets: ['era5_1', 'era5_2', 'era5_1759', 'era5_1761', 'era5_3188'],
    quantities: ODB.map(({ name }) => name),
  },
  'docs/sources/bufr.md': { datasets: ['bufr'], quantities: BUFR },
};

const DATASETS = Object.values(PAGES).flatMap(({ datasets }) => datasets);
const REASONS = new Map(
  await Promise.all(DATASETS.map(async (dataset) => [dataset, await reasonsOf(dataset)] as const)),
);

/** The counters that a page names, as patterns; where it is of no source, of all of them. */
function namedOn(page: string): Map<string, RegExp> {
  const { quantities = ['[a-z_]+'] } = PAGES[page] ?? {};
  return namedIn(pageText(page), { datasets: DATASETS, quantities });
}

/** The counters that the datasets of a page have. */
function countersOn({ datasets }: SourcePage): string[] {
  return datasets.flatMap((dataset) => counters(dataset, REASONS.get(dataset) ?? []));
}

it('has a page for every dataset', () => {
  expect([...sources.keys()].filter((id) => !DATASETS.includes(id))).toEqual([]);
  for (const page of Object.keys(PAGES))
    expect(pageText('docs/sources/README.md')).toContain(page.slice('docs/sources/'.length));
});

describe.each(Object.entries(PAGES))('%s', (page, { datasets, quantities }) => {
  const text = pageText(page).replaceAll(/\s+/g, ' ');

  it.each(datasets)('says of %s what the descriptor says', (dataset) => {
    const descriptor = JSON.parse(readFileSync(join(ROOT, 'sources', `${dataset}.json`), 'utf8'));
    const fields = [
      'title',
      'provider',
      'homepage',
      'period',
      'size',
      'licence',
      'citation',
      'stationIdRule',
    ];
    expect(fields.filter((field) => !text.includes(`| ${descriptor[field]} |`))).toEqual([]);
    const patterns: string[] = descriptor.filePatterns;
    expect(patterns.filter((pattern) => !text.includes(`\`${pattern}\``))).toEqual([]);
  });

  it('lists the quantities of the counters', () => {
    const paragraph =
      pageText(page)
        .split('\n\n')
        .find((part) => part.includes('`<quantity>` is one of')) ?? '';
    const after = paragraph.slice(paragraph.indexOf('`<quantity>` is one of') + '`<quantity>`'.length);
    expect(quoted(after.split(/[;.]/, 1)[0] ?? '')).toEqual([...quantities]);
  });

  it('names every counter of the reader in its list', () => {
    const own = countersOn({ datasets, quantities });
    expect(notNamed(pageText(page), { datasets: DATASETS, quantities }, own)).toEqual([]);
    expect(own.length).toBeGreaterThan(40 * datasets.length);
  });
});

describe.each(Object.entries(PAGES))('%s', (page, about) => {
  it('calls those counters dropped that count fields without a row', () => {
    const patterns = namedOn(page);
    const all = countersOn(about);
    const dropped = new Set(
      about.datasets.flatMap((dataset) => droppedCounters(dataset, REASONS.get(dataset) ?? [], about)),
    );
    for (const [names = '', kind = ''] of tableRows(pageText(page), 'counter', 'kind'))
      for (const name of quoted(names)) {
        const own = all.filter((counter) => patterns.get(name)?.test(counter));
        expect(['dropped', 'noted', 'skipped'], name).toContain(kind);
        if (own.some((counter) => dropped.has(counter))) expect(kind, name).toBe('dropped');
        else if (kind === 'dropped') expect(name).toMatch(/\.row\./);
      }
  });
});

it('docs/sources/README.md names the counters of every dataset', () => {
  const named = [...namedOn('docs/sources/README.md').values()];
  const common = DATASETS.flatMap(generalCounters);
  expect(common.filter((counter) => !named.some((pattern) => pattern.test(counter)))).toEqual([]);
  expect(common.length).toBeGreaterThan(5 * DATASETS.length);
});

it('every counter that a page names exists', () => {
  const known = DATASETS.flatMap((dataset) => [
    ...generalCounters(dataset),
    ...counters(dataset, REASONS.get(dataset) ?? []),
  ]);
  for (const page of pages()) {
    const unknown = [...namedOn(page)].filter(
      ([, pattern]) => !known.some((counter) => pattern.test(counter)),
    );
    expect(
      unknown.map(([name]) => name),
      page,
    ).toEqual([]);
  }
});

it('the lists hold for the damaged files of the corpus', () => {
  const corpus: Record<string, Record<string, { noted?: object; dropped?: object }>> = JSON.parse(
    readFileSync(join(ROOT, 'test/corpus/expected.json'), 'utf8'),
  );
  const seen = new Set(
    Object.values(corpus).flatMap((files) =>
      Object.values(files).flatMap(({ noted = {}, dropped = {} }) => [
        ...Object.keys(noted),
        ...Object.keys(dropped),
      ]),
    ),
  );
  const named = ['docs/sources/README.md', ...Object.keys(PAGES)].flatMap((page) => [
    ...namedOn(page).values(),
  ]);
  expect(seen.size).toBeGreaterThan(100);
  expect([...seen].filter((counter) => !named.some((pattern) => pattern.test(counter)))).toEqual([]);
});
