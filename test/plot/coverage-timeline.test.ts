import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { coverageTimeline } from '../../src/plot/coverage-timeline.js';
import { EUROPE, makePeriod, makePeriods, WORLD } from './periods.js';
import { textBoxes, textFaults } from './text-boxes.js';

const texts = (svg: string): string[] => textBoxes(svg).boxes.map(({ text }) => text);

describe('the coverage timeline', () => {
  it.each([600, 800, 1600])('has no texts that overlap or leave the page at a width of %d', (width) => {
    for (const count of [0, 1, 2, 30, 60, 61, 3000])
      expect(textFaults(coverageTimeline(makePeriods(count, WORLD), { width })), `${count} stations`).toEqual(
        [],
      );
    for (const height of [300, 700])
      expect(textFaults(coverageTimeline(makePeriods(30, EUROPE), { width, height })), `${height}`).toEqual(
        [],
      );
  });

  it('has a bar for each station and dataset, with a cell for each year that has launches', () => {
    const svg = coverageTimeline(
      [
        makePeriod({
          id: 'b',
          name: 'B',
          launchesByYear: new Map([
            [2000, 100],
            [2002, 50],
            [2003, 0],
          ]),
        }),
        makePeriod({ id: 'a', name: '', launchesByYear: new Map([[1990, 100]]) }),
        makePeriod({ id: 'b', name: '', dataset: 'ncar', launchesByYear: new Map([[2001, 7]]) }),
      ],
      { width: 800 },
    );
    const bars = [...svg.matchAll(/<g><title>([^<]*)<\/title>((?:<rect[^>]*\/>)*)<\/g>/g)];
    expect(bars.map(([, title, cells]) => [title, cells?.match(/<rect/g)?.length])).toEqual([
      ['a, igra2: 1990, 100 launches', 1],
      ['B (b), igra2: 2000 to 2003, 150 launches', 2],
      ['b, ncar: 2001, 7 launches', 1],
    ]);
    // The name of another dataset's entry serves.
    expect(texts(svg)).toEqual(expect.arrayContaining(['a · igra2', 'B · igra2', 'B · ncar']));
    const fill = /fill="(rgb[^"]*)"/;
    const [first, , last] = bars.map(([, , cells]) => fill.exec(cells ?? '')?.[1]);
    expect(first).toBeDefined();
    expect(first).not.toBe(last);
  });

  it('cuts the name of the station, never the dataset that tells its bars apart', () => {
    const datasets = ['era5_1', 'era5_1759', 'era5_1761', 'era5_3188', 'igra2'];
    const stations = datasets.map((dataset) => makePeriod({ name: 'A MODERN LAND STATION', dataset }));
    const found = texts(coverageTimeline(stations, { width: 600 })).filter((text) => text.includes(' · '));
    expect(found.map((text) => text.split(' · ')[1])).toEqual(datasets);
    for (const text of found) expect(text).toMatch(/^A MODERN LA/);
    expect(found.filter((text) => text.includes('… · '))).not.toEqual([]);
    // A dataset as long as no dataset is leaves room for the station, and stays on the page.
    const long = makePeriod({ dataset: 'x'.repeat(300) });
    const svg = coverageTimeline([long, makePeriod({})], { width: 600 });
    expect(textFaults(svg)).toEqual([]);
    expect(texts(svg).filter((text) => text.startsWith('WIEN'))).toHaveLength(2);
  });

  it('has numbers by year for many stations: a station of two datasets counts once, with the larger of its numbers', () => {
    const many = Array.from({ length: 70 }, (_, i) =>
      makePeriod({
        id: `s${i}`,
        launchesByYear: new Map([[1980, 10], ...(i < 5 ? [[1981, 1] as const] : [])]),
      }),
    );
    const again = makePeriod({ id: 's0', dataset: 'ncar', launchesByYear: new Map([[1980, 25]]) });
    const svg = coverageTimeline([...many, again], { width: 800 });
    expect(texts(svg)).toContain('Launches of 70 stations, 1980 to 1981');
    const bars = [...svg.matchAll(/<rect[^>]*><title>(\d+): ([\d,]+)<\/title>/g)].map(([, year, n]) => [
      year,
      n,
    ]);
    expect(bars).toEqual([
      ['1980', '70'],
      ['1981', '5'],
      ['1980', '715'],
      ['1981', '5'],
    ]);
  });

  it('goes over to numbers by year where the bars do not fit into the height', () => {
    const stations = makePeriods(30, EUROPE);
    expect(texts(coverageTimeline(stations, { width: 800, height: 900 }))).not.toContain('launches, by year');
    expect(texts(coverageTimeline(stations, { width: 800, height: 400 }))).toContain('launches, by year');
  });

  it('has nothing to draw for stations without launches, and says so', () => {
    expect(texts(coverageTimeline([], { width: 800 }))).toContain('No stations');
    const empty = makePeriod({ launchesByYear: new Map(), first: Number.NaN, last: Number.NaN });
    expect(texts(coverageTimeline([empty], { width: 800 }))).toContain('no launches');
  });

  it('has its own ids, and is well-formed whatever a station is called', () => {
    const svg = coverageTimeline(
      ['<b>', '&', '"', '\u0001', ']]>'].map((name) => makePeriod({ id: name, name, dataset: name })),
      { width: 800 },
    );
    expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(800);
    const ids = [...svg.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['coverage-timeline-title', 'coverage-timeline-description']);
  });
});
