/** A headless Chromium for tests of pages: Debian's, or the one that CHROMIUM names. */
import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why tests in the browser are skipped; null where it is there. */
const ABSENT: string | null = existsSync(PATH) ? null : `${PATH} is not installed`;

/** Title of a describe block that needs the browser, with the reason where it is skipped. */
export function browserTitle(title: string): string {
  return ABSENT === null ? title : `${title} (skipped: ${ABSENT})`;
}

/** True where the tests are to be skipped; throws in CI, where the browser must be there. */
export function skipBrowser(): boolean {
  if (ABSENT !== null && process.env.CI === 'true') throw new Error(`CI=true, but ${ABSENT}`);
  return ABSENT !== null;
}

export function startBrowser(): Promise<Browser> {
  // Without its sandbox, which root may not have.
  return puppeteer.launch({ executablePath: PATH, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface PageView {
  page: Page;
  /** What the page wrote to the console, threw, and asked for beside itself. */
  noise: string[];
}

/** The page of a file, in a window of this size. */
export async function openPage(
  browser: Browser,
  path: string,
  { width = 800, dark = false, javaScript = true } = {},
): Promise<PageView> {
  const page = await browser.newPage();
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${String(error)}`));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== `file://${path}` && !request.url().startsWith('data:'))
      noise.push(`request: ${request.url()}`);
  });
  await page.setJavaScriptEnabled(javaScript);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(`file://${path}`);
  return { page, noise };
}
