import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { stationMap } from '../../src/plot/station-map.js';
import type { StationPeriod } from '../../src/plot/station-period.js';
import { EUROPE, makePeriod, makePeriods, WORLD } from './periods.js';
import { textBoxes, textFaults } from './text-boxes.js';

/** Centres of the marks: the circles that have a title. */
function marks(svg: string): { x: number; y: number; r: number; fill: string; title: string }[] {
  const circle = /<circle([^>]*)><title>([^<]*)<\/title>/g;
  return [...svg.matchAll(circle)].map(([, attributes = '', title = '']) => {
    const value = (name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    return {
      x: Number(value('cx')),
      y: Number(value('cy')),
      r: Number(value('r')),
      fill: value('fill'),
      title,
    };
  });
}

describe('the map of stations', () => {
  it.each([600, 800, 1600])('has no texts that overlap or leave the page at a width of %d', (width) => {
    const sets: [string, StationPeriod[]][] = [
      ['none', []],
      ['thirty', makePeriods(30, EUROPE)],
      ['the world', makePeriods(100, WORLD)],
    ];
    if (width === 800)
      sets.push(
        ['one', makePeriods(1, EUROPE)],
        ['crowded', makePeriods(50, [10, 47, 11, 48])],
        ['across the date line', makePeriods(20, [170, -30, 190, 0])],
        ['around the pole', makePeriods(20, [-180, 70, 180, 88])],
      );
    for (const [name, stations] of sets)
      expect(textFaults(stationMap(stations, { width })), name).toEqual([]);
  });

  it('marks each station once, sized by its launches and coloured by its first year', () => {
    const year = (first: number, launches: number): Partial<StationPeriod> => ({
      launchesByYear: new Map([[first, launches]]),
    });
    const svg = stationMap(
      [
        makePeriod({ id: 'a', name: 'A', latitude: 45, ...year(1920, 10) }),
        makePeriod({ id: 'b', name: 'B', latitude: 50, ...year(1920, 1000) }),
        makePeriod({ id: 'c', name: 'C', latitude: 55, ...year(2000, 1000) }),
        makePeriod({ id: 'c', name: '', latitude: 55, dataset: 'ncar', ...year(2010, 400) }),
      ],
      { width: 800 },
    );
    const found = marks(svg);
    expect(found.map(({ title }) => title).sort()).toEqual([
      'A (a): 1920, 10 launches',
      'B (b): 1920, 1,000 launches',
      'C (c): 2000 to 2010, 1,000 launches',
    ]);
    const [a, b, c] = ['A', 'B', 'C'].map((name) => found.find(({ title }) => title.startsWith(name)));
    expect(a?.r).toBeLessThan(b?.r ?? 0);
    expect(b?.r).toBe(c?.r);
    expect(a?.fill).toBe(b?.fill);
    expect(a?.fill).not.toBe(c?.fill);
    // North is up, and all are on the same meridian, the middle of the map.
    expect(a?.y).toBeGreaterThan(b?.y ?? 0);
    expect(b?.y).toBeGreaterThan(c?.y ?? 0);
    expect(a?.x).toBeCloseTo(400, 0);
    expect(textBoxes(svg).boxes.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['3 stations, 1920 to 2010', 'datasets: igra2, ncar', 'A', 'B', 'C']),
    );
  });

  it('draws every station of thousands, all within the page', () => {
    const svg = stationMap(makePeriods(3000, WORLD), { width: 800 });
    const found = marks(svg);
    expect(textFaults(svg)).toEqual([]);
    expect(found).toHaveLength(3000);
    expect(found.every(({ x, y }) => x > 0 && x < 800 && y > 0 && y < 480)).toBe(true);
  });

  it('counts stations without a place, and shows the others', () => {
    const svg = stationMap(
      [
        makePeriod({}),
        makePeriod({ id: 'SHIP', latitude: Number.NaN }),
        makePeriod({ id: 'X', longitude: 999 }),
      ],
      { width: 800 },
    );
    expect(marks(svg)).toHaveLength(1);
    expect(svg).toContain('3 stations, 2000');
    expect(svg).toContain('2 stations without a fixed place not shown');
  });

  it('says how many stations are not shown before the datasets, whose list may be cut', () => {
    const datasets = ['bufr', 'era5_1', 'era5_1759', 'era5_1761', 'era5_3188', 'igra2', 'ncar'];
    const svg = stationMap(
      [
        ...datasets.map((dataset) => makePeriod({ dataset })),
        makePeriod({ id: 'SHIP', latitude: Number.NaN }),
      ],
      { width: 600 },
    );
    const [, subtitle = ''] = textBoxes(svg).boxes.map(({ text }) => text);
    expect(subtitle).toMatch(/^1 station without a fixed place not shown; datasets: bufr, era5_1,.*…$/);
  });

  it('shows stations across the date line beside each other', () => {
    const svg = stationMap(
      [
        makePeriod({ id: 'a', longitude: 179, latitude: -10 }),
        makePeriod({ id: 'b', longitude: -179, latitude: -10 }),
      ],
      { width: 800 },
    );
    const [a, b] = marks(svg);
    expect(Math.abs((a?.x ?? 0) - (b?.x ?? 0))).toBeLessThan(300);
  });

  it('has the size that it is given, its own ids, and a title and description', () => {
    const svg = stationMap([makePeriod({})], { width: 700, height: 500 });
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 700 500"/);
    expect(svg).toMatch(/<\/svg>$/);
    const ids = [...svg.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id?.startsWith('station-map-'))).toBe(true);
    expect(svg).toContain('<title id="station-map-title">Map: 1 station, 2000</title>');
    expect(svg).toMatch(/<desc id="station-map-description">[^<]*WIEN/);
  });

  it('is well-formed whatever a station is called, and runs nothing', () => {
    const names = [
      '<script>alert(1)</script>',
      '"><image href="x" onerror="y"/>',
      ']]>&amp;&#x0;',
      '\u0000\u0007\u001b[31m\ufffe\ud800',
      '\u202eABC\u2066',
      'A'.repeat(5000),
      'line\nbreak\ttab',
    ];
    const svg = stationMap(
      names.map((name, i) => makePeriod({ id: name + i, name, dataset: name, latitude: 40 + i })),
      { width: 800 },
    );
    // resvg reads strict XML, and throws for anything else.
    expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(800);
    expect(svg).not.toMatch(/<script|<image|onerror="y"\/>/);
    expect(svg).not.toMatch(/[\u202e\u2066]/u);
    expect(textFaults(svg)).toEqual([]);
  });
});
