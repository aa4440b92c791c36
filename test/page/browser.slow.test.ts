/** The page in a browser: quiet, accessible, of one window's width, and all of it within reach of the keyboard. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectFolder } from '../../src/page/collect.js';
import { renderPage } from '../../src/page/page.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { browserTitle, openPage, skipBrowser, startBrowser } from './chromium.js';
import { temporaryFolder, troubledFolder } from './folders.js';
import { HOSTILE, madeUpOverview } from './overviews.js';

describe.skipIf(skipBrowser())(browserTitle('the page in a browser'), () => {
  const folder = temporaryFolder();
  const paths = new Map<string, string>();
  const pathOf = (name: string): string => paths.get(name) ?? '';
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
    const troubled = await troubledFolder();
    const overviews = {
      demo: await collectFolder(join(await demoOutputs(), 'output'), { made: '2026-11-21T12:00:00Z' }),
      troubled: await collectFolder(troubled.path, { made: '2026-11-21T12:00:00Z' }),
      ordinary: madeUpOverview(30),
      hostile: madeUpOverview(3, HOSTILE),
      large: madeUpOverview(3000),
    };
    for (const [name, overview] of Object.entries(overviews)) {
      const path = join(folder, `${name}.html`);
      writeFileSync(path, await renderPage(overview));
      paths.set(name, path);
    }
  });
  afterAll(async () => await browser?.close());

  const pages = ['demo', 'troubled', 'hostile', 'ordinary', 'large'];

  it.each(pages)('asks for nothing and says nothing: %s', async (name) => {
    const { page, noise } = await openPage(browser, pathOf(name));
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
    expect(noise).toEqual([]);
    await page.close();
  });

  it('runs no script that was put into it', async () => {
    const path = join(folder, 'injected.html');
    const text = readFileSync(pathOf('ordinary'), 'utf8');
    writeFileSync(
      path,
      text.replace('</main>', '<script>alert(1)</script><b onclick="alert(1)">x</b></main>'),
    );
    const { page, noise } = await openPage(browser, path);
    expect(noise.filter((line) => line.startsWith('dialog'))).toEqual([]);
    expect(noise.join('\n')).toContain('Content Security Policy');
    await page.close();
  });

  it.each(pages.slice(0, 3).flatMap((name) => [320, 800, 1600].map((width) => [name, width] as const)))(
    'needs no scrolling to the side: %s at %i pixels',
    async (name, width) => {
      const { page } = await openPage(browser, pathOf(name), { width });
      await page.evaluate(OPEN_ALL);
      expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBe(width);
      // Nothing that is no table or chart reaches over the edge and is cut.
      expect(await page.evaluate(CUT_OFF)).toEqual([]);
      await page.close();
    },
  );

  it.each(
    pages
      .slice(0, 3)
      .flatMap((name) =>
        [320, 1200].flatMap((width) => [false, true].map((dark) => ({ name, width, dark }))),
      ),
  )('has no fault that axe knows: $name at $width pixels, dark: $dark', async ({ name, width, dark }) => {
    const { page } = await openPage(browser, pathOf(name), { width, dark });
    await page.evaluate(OPEN_ALL);
    const faults = await faultsOf(page);
    expect(faults).toEqual([]);
    await page.close();
  });

  it.each(pages.slice(0, 3).flatMap((name) => [800, 1600].map((width) => [name, width] as const)))(
    'has no text over another in its charts: %s at %i pixels',
    async (name, width) => {
      const { page } = await openPage(browser, pathOf(name), { width });
      const { texts, overlaps } = await measured<{ texts: number; overlaps: string[] }>(page, OVERLAPS);
      expect(overlaps).toEqual([]);
      expect(texts).toBeGreaterThan(15);
      await page.close();
    },
  );

  it('can be walked by the keyboard, everything that does something once, and every stop is visible', async () => {
    const { page } = await openPage(browser, pathOf('troubled'), { width: 320 });
    const expected = await measured<number>(page, COUNT_STOPS);
    expect(expected).toBeGreaterThan(30);
    const stops: string[] = [];
    for (let i = 0; i < expected + 5; i++) {
      await page.keyboard.press('Tab');
      const stop = await measured<{ name: string; visible: boolean } | null>(page, STOP);
      if (stop === null) break;
      expect(stop, stop.name).toMatchObject({ visible: true });
      stops.push(stop.name);
    }
    expect(stops).toHaveLength(expected);
    expect(new Set(stops).size).toBe(expected);
    expect(stops[0]).toContain('Skip to the content');
    await page.close();
  });

  it('sorts and filters its tables by the keyboard, and tells it', async () => {
    const { page } = await openPage(browser, pathOf('ordinary'));
    const firstCells = (column: number): Promise<string[]> =>
      measured(
        page,
        `[...document.querySelectorAll('#stations tbody tr:not([hidden])')].map((row) => row.cells[${column}].textContent)`,
      );
    const launches = 7;
    const heading = await page.$(`#stations thead th:nth-child(${launches + 1}) button`);
    await heading?.focus();
    await page.keyboard.press('Enter');
    const numbers = (await firstCells(launches)).map((text) => Number(text.replaceAll(',', '')));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers).toHaveLength(30);
    expect(await measured(page, `document.querySelector('#stations th[aria-sort]').ariaSort`)).toBe(
      'ascending',
    );
    await page.keyboard.press('Space');
    expect((await firstCells(launches))[0]).toBe(Math.max(...numbers).toLocaleString('en'));
    await (await page.$('#filter-0'))?.type('number 1');
    expect(await firstCells(2)).toHaveLength(11);
    expect(await measured(page, `document.querySelector('[role=status]').textContent`)).toBe('11 of 30 rows');
    await page.close();
  });

  it('shows everything without its script, and opens on paper what is folded together', async () => {
    const { page } = await openPage(browser, pathOf('ordinary'), { javaScript: false });
    const text = await measured<string>(page, 'document.body.innerText');
    expect(text).toContain('STATION NUMBER 29');
    await page.close();
    const { page: printed } = await openPage(browser, pathOf('demo'));
    await printed.emulateMediaType('print');
    await printed.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await measured<number>(printed, `document.querySelectorAll('details:not([open])').length`)).toBe(
      0,
    );
    await printed.setViewport({ width: 720, height: 1000 });
    expect(await measured<number>(printed, 'document.scrollingElement.scrollWidth')).toBe(720);
    await printed.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(
      await measured<number>(printed, `document.querySelectorAll('details:not([open])').length`),
    ).toBeGreaterThan(1);
    await printed.close();
  });

  async function measured<T>(page: { evaluate(code: string): Promise<unknown> }, code: string): Promise<T> {
    return (await page.evaluate(code)) as T;
  }

  async function faultsOf(page: { evaluate(code: string): Promise<unknown> }): Promise<string[]> {
    await page.evaluate(axe.source);
    return await measured(
      page,
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`,
    );
  }
});

const OPEN_ALL = `for (const part of document.querySelectorAll('details')) part.open = true`;

const CUT_OFF = `[...document.querySelectorAll('body *')]
  .filter((element) => !element.closest('.frame, .chart, .skip, svg') && element.getBoundingClientRect().right > innerWidth + 0.5)
  .map((element) => element.outerHTML.slice(0, 200))`;

const OVERLAPS = `(() => {
  const overlaps = [];
  let count = 0;
  for (const svg of document.querySelectorAll('.chart svg')) {
    const edge = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
    count += boxes.length;
    boxes.forEach(([a, p], i) => {
      if (p.left < edge.left - 0.5 || p.right > edge.right + 0.5 || p.top < edge.top - 0.5 || p.bottom > edge.bottom + 0.5)
        overlaps.push(a + ' leaves the chart');
      for (const [b, q] of boxes.slice(i + 1)) {
        const width = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const height = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        // The boxes have the line's height; letters fill about seven tenths of it.
        if (width > 0.5 && height > 0.3 * Math.min(p.height, q.height)) overlaps.push(a + ' / ' + b);
      }
    });
  }
  return { texts: count, overlaps };
})()`;

/** What can be focused and is not folded away. */
const COUNT_STOPS = `[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
  .filter((element) => element.checkVisibility() && (element.tagName !== 'SUMMARY' || element.parentElement.matches('details'))).length`;

const STOP = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const all = [...document.querySelectorAll('*')];
  const { width, height } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const marked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  return { name: all.indexOf(element) + ' ' + element.textContent.slice(0, 40), visible: marked && width > 0 && height > 0 };
})()`;
