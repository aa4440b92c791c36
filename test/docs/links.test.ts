/** Every link of the documentation leads somewhere, and the index leads to every page. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../cli/built.js';
import { pages, pageText } from './snippets.js';

const decisions = readdirSync(join(ROOT, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
const everywhere = [...pages(), 'CONTRIBUTING.md', ...decisions];

/** Links of a page to files of the project: the path from the root, and the anchor, '' for none. */
function linksOf(page: string): { path: string; anchor: string }[] {
  const text = pageText(page).replaceAll(/^```[\s\S]*?^```$/gm, '');
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [to = '', anchor = ''] = target.split('#');
      return { path: to === '' ? page : normalize(join(dirname(page), to)), anchor };
    });
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  const text = pageText(page).replaceAll(/^```[\s\S]*?^```$/gm, '');
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

describe.each(everywhere)('%s', (page) => {
  it('links to files and headings that are there', () => {
    for (const { path, anchor } of linksOf(page)) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
      if (anchor !== '') expect(anchorsOf(path), path).toContain(anchor);
    }
  });
});

it('the index leads to every page, in one step or two', () => {
  const reached = new Set(['README.md', 'docs/README.md']);
  for (const { path } of linksOf('docs/README.md')) {
    reached.add(path);
    if (path.endsWith('.md') && existsSync(join(ROOT, path)))
      for (const next of linksOf(path)) reached.add(next.path);
  }
  expect(pages().filter((page) => !reached.has(page))).toEqual([]);
});
