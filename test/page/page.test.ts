/** The page as a document: what it says, that it holds together, and that nothing of a file gets out of its place. */
import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../src/page/page.js';
import { loadMeanings } from '../../src/page/reasons.js';
import { HOSTILE, madeUpOverview } from './overviews.js';

const meaningOf = await loadMeanings(['igra2']);
const plain = parse(await renderPage(madeUpOverview(40)));
const hostile = parse(await renderPage(madeUpOverview(3, HOSTILE)));

function parse(text: string) {
  const { document } = parseHTML(text);
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return { text, document, all, words: (selector: string) => all(selector).map((e) => e.textContent ?? '') };
}

function cells(row: {
  querySelectorAll(selector: string): Iterable<{ textContent: string | null }>;
}): string[] {
  return [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '');
}

describe('the page', () => {
  it('says how much there is', () => {
    const { stations } = madeUpOverview(40);
    const lastYear = Math.max(...stations.flatMap(({ launchesByYear }) => [...launchesByYear.keys()]));
    const launches = stations.reduce((sum, station) => sum + station.launches, 0).toLocaleString('en');
    expect(plain.words('.tiles strong')).toEqual(['40', launches, `1905 to ${lastYear}`, '40', '0']);
    expect(plain.words('section#datasets tbody tr')).toHaveLength(1);
    expect(plain.words('section#datasets .terms dd')).toEqual([
      'Provider',
      'Licence',
      'Citation',
      '2',
      'https://example.org/a https://example.org/b ',
    ]);
    const row = plain.document.querySelector('#stations tbody tr');
    expect(row && cells(row).slice(0, 2)).toEqual(['0-20000-0-10000', 'igra2']);
    expect(plain.all('#stations tbody tr')).toHaveLength(40);
    expect(plain.all('#largest tbody tr')).toHaveLength(20);
  });

  it('explains every count, and says that the values add up', async () => {
    const [row] = plain.all('#counts details tbody tr');
    const reason = 'igra2.air_temperature.qa-removed';
    expect(row && cells(row).slice(0, 3)).toEqual([reason, meaningOf(reason, true).text, '12,345']);
    expect(plain.words('#counts p.good')).toEqual(['They add up for every dataset.']);
    const [dataset, ...others] = madeUpOverview(1).datasets;
    if (dataset === undefined) throw new Error('there is a dataset');
    const less = { ...dataset, counts: { ...dataset.counts, fields: dataset.counts.fields + 1 } };
    const off = parse(await renderPage({ ...madeUpOverview(1), datasets: [less, ...others] }));
    expect(off.words('#counts p.bad').join('')).toMatch(/^They do not add up for igra2/);
  });

  it('lists failures with what to do, and says where none are known', async () => {
    expect(plain.words('#troubles p')).toEqual([
      'No failures: every file can be read.',
      'There are no run reports beside these files: what failed while they were made is not known here.',
    ]);
    const overview = madeUpOverview(1);
    const failed = parse(
      await renderPage({
        ...overview,
        troubles: [
          {
            kind: 'unreadable station file',
            dataset: 'igra2',
            subject: 'a.nc',
            message: 'It is cut.',
            hint: 'Remove it.',
          },
          ...Array.from({ length: 250 }, (_, i) => ({
            ...{
              kind: 'station failed' as const,
              dataset: 'igra2',
              subject: `S${i}`,
              message: 'no',
              hint: '',
            },
          })),
        ],
        skipped: [
          {
            ...{ dataset: 'igra2', reason: 'igra2.report.truncated', count: 7 },
            examples: [
              { file: 'x.txt', byteOffset: 1234567, reason: 'igra2.report.truncated', detail: 'cut' },
            ],
          },
        ],
      }),
    );
    const rows = failed.all('#troubles tbody tr').map(cells);
    expect(rows[0]).toEqual(['a.nc', 'igra2', 'It is cut.', 'Remove it.']);
    expect(rows).toHaveLength(1 + 200 + 1 + 1);
    expect(failed.words('#troubles .more')).toEqual(['and 50 more']);
    expect(rows.at(-2)).toEqual([
      'igra2.report.truncated',
      'The report breaks off before the number of levels that it announces, and was left out.',
      '7',
    ]);
    expect(rows.at(-1)).toEqual(['x.txt', '1,234,567', 'cut', 'igra2.report.truncated']);
    expect(failed.words('.tiles strong').at(-1)).toBe('251');
  });

  it.each([
    ['ordinary', plain],
    ['hostile', hostile],
  ])('of an %s folder holds together', (_, page) => {
    const ids = page.all('[id]').map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of page.all('[aria-labelledby], a[href^="#"], [clip-path], use'))
      for (const id of referencesOf(element)) expect(ids).toContain(id);
    expect(page.words('h1')).toHaveLength(1);
    const levels = page.all('h1, h2, h3, h4').map((heading) => Number(heading.tagName.slice(1)));
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
    for (const table of page.all('table')) {
      expect(table.querySelector('caption')?.textContent).not.toBe('');
      expect(table.querySelectorAll('th:not([scope])')).toHaveLength(0);
      const widths = [...table.querySelectorAll('tr')].map((row) => row.children.length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(page.document.documentElement.getAttribute('lang')).toBe('en');
    expect(page.all('main, header, nav, footer').map(({ tagName }) => tagName)).toEqual([
      'HEADER',
      'NAV',
      'MAIN',
      'FOOTER',
    ]);
  });

  it('loads nothing and lets no script run but its own', () => {
    for (const page of [plain, hostile]) {
      expect(page.all('script, link, iframe, img, object, embed, base, form').map((e) => e.tagName)).toEqual([
        'LINK',
        'SCRIPT',
      ]);
      const loads = page
        .all('[src], [href], [srcset], [data], [poster], [background]')
        .map((e) =>
          ['src', 'href', 'srcset', 'data', 'poster', 'background'].map((name) => e.getAttribute(name)),
        );
      expect(loads.flat().filter((to) => to !== null && to !== 'data:,' && !to.startsWith('#'))).toEqual([]);
      expect(page.words('style').join('')).not.toMatch(/url\(|@import/);
      const policy = page.document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
      const script = page.document.querySelector('script')?.textContent ?? '';
      expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
      expect(policy).toContain("default-src 'none'");
    }
  });

  it('shows hostile texts as texts, wherever they are', () => {
    const names = hostile.document.querySelectorAll('*');
    const handlers = [...names].flatMap((element) =>
      [...element.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => name),
    );
    expect(handlers).toEqual([]);
    expect(hostile.text).not.toContain('<img');
    expect(hostile.text).not.toMatch(/[\0\u202e]/);
    // In the title, the head, the charts, and each section.
    const shown = HOSTILE.replace('\u202e', '\\u202e').replace('\0', '\\x00');
    expect(hostile.words('title')[0]).toBe(`Radiosonde harvest: ${shown}`);
    for (const section of ['troubles', 'datasets', 'counts', 'largest', 'stations', 'provenance'])
      expect(hostile.words(`section#${section}`)[0]).toContain(shown);
  });

  it('of 3,000 stations has less than 2 MB', async () => {
    const page = await renderPage(madeUpOverview(3000));
    expect(Buffer.byteLength(page)).toBeLessThan(2e6);
    expect(page).toContain('All 3,000, by dataset');
  });

  it('of a folder with reports alone has no charts and no tables of nothing', async () => {
    const overview = madeUpOverview(0);
    const page = parse(await renderPage({ ...overview, datasets: [], editions: [], programs: [] }));
    expect(page.words('.tiles strong')).toEqual(['0', '0', '–', '0', '0']);
    expect(page.all('svg')).toHaveLength(0);
    expect(page.words('nav a')).toEqual(['Failures', 'Where it comes from', 'Words']);
  });
});

function referencesOf(element: { getAttribute(name: string): string | null }): string[] {
  const [labels, link, clip] = ['aria-labelledby', 'href', 'clip-path'].map((name) =>
    element.getAttribute(name),
  );
  return [
    ...(labels?.split(' ') ?? []),
    ...(link?.startsWith('#') ? [link.slice(1)] : []),
    ...(/url\(#(.+)\)/.exec(clip ?? '')?.slice(1) ?? []),
  ];
}
