/** The texts of charts as Chromium lays them out: the boxes that the other tests reckon with are those that a reader sees. */
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverageTimeline } from '../../src/plot/coverage-timeline.js';
import { indicesOf } from '../../src/plot/indices.js';
import { skewt } from '../../src/plot/skewt.js';
import { curvesOf } from '../../src/plot/sounding.js';
import { stationMap } from '../../src/plot/station-map.js';
import { windProfile } from '../../src/plot/wind-profile.js';
import { browserTitle, skipBrowser, startBrowser } from '../page/chromium.js';
import { FACTS, makeLaunch, makeLevels } from './launches.js';
import { EUROPE, makePeriods } from './periods.js';
import { textBoxes } from './text-boxes.js';

/** Left and right end of each text of a page, in pixels. */
const MEASURE = `[...document.querySelectorAll('text')].map((text) => {
  const box = text.getBoundingClientRect();
  return [text.textContent, box.left, box.right, (box.top + box.bottom) / 2];
})`;

describe.skipIf(skipBrowser())(browserTitle('texts in a browser'), () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => await browser?.close());

  const launch = makeLaunch(makeLevels(80, 31_000));
  const curves = curvesOf(launch, false);
  const charts: [string, (width: number) => string][] = [
    ['skew-T', (width) => skewt(launch.header, FACTS, curves, indicesOf(curves), { width })],
    ['wind profile', (width) => windProfile(launch.header, FACTS, curves, { width })],
    ['map', (width) => stationMap(makePeriods(30, EUROPE), { width })],
    ['timeline', (width) => coverageTimeline(makePeriods(30, EUROPE), { width })],
  ];

  it.each(charts.flatMap(([name, draw]) => [800, 1600].map((width) => [name, width, draw] as const)))(
    'of a %s are where they are reckoned to be, at a width of %d',
    async (_, width, draw) => {
      const svg = draw(width);
      const page = await browser.newPage();
      await page.setContent(`<!doctype html><body style="margin:0">${svg}</body>`);
      const measured = (await page.evaluate(MEASURE)) as [string, number, number, number][];
      await page.close();
      const reckoned = textBoxes(svg).boxes;
      expect(measured.map(([text]) => text)).toEqual(reckoned.map(({ text }) => text));
      for (const [i, [text, left, right, middle]] of measured.entries()) {
        const box = reckoned[i];
        // Kerning, and the rim of labels on the map.
        const room = 3 + 0.02 * (right - left);
        expect(Math.abs(left - (box?.left ?? 0)), `left of ${text}`).toBeLessThan(room);
        expect(Math.abs(right - (box?.right ?? 0)), `right of ${text}`).toBeLessThan(room);
        expect(
          Math.abs(middle - ((box?.top ?? 0) + (box?.bottom ?? 0)) / 2),
          `middle of ${text}`,
        ).toBeLessThan(4);
      }
    },
  );
});
