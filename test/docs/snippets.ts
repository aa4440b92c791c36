/** The fenced blocks of the documentation that readers copy and run. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../cli/built.js';

/** The languages of blocks that are run, with the ending of a file of each. */
export const LANGUAGES = { python: 'py', r: 'R', sql: 'sql', sh: 'sh' } as const;

export type Language = keyof typeof LANGUAGES;

/** A block of a page. */
export interface Snippet {
  /** Path of the page from the root of the project. */
  page: string;
  /** Line of the page on which the block begins, counted from 1. */
  line: number;
  language: Language;
  code: string;
  /** What the page says that comes out: the block `text` that follows at once. Null where it says nothing. */
  output: string | null;
}

/** Every page for users, by its path from the root: README.md and `docs`, without the record of decisions. */
export function pages(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const paths = docs.filter((name) => name.endsWith('.md') && !name.startsWith('decisions'));
  return ['README.md', ...paths.map((name) => `docs/${name}`).sort()];
}

export function pageText(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** Fenced blocks of a page by their language, '' for none. */
export function fencedBlocks(text: string): { line: number; language: string; body: string; end: number }[] {
  const lineOf = (index: number): number => text.slice(0, index).split('\n').length;
  return Array.from(
    text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm),
    ({ 0: all, 1: language, 2: body, index }) => ({
      line: lineOf(index),
      language: language ?? '',
      body: body ?? '',
      end: index + all.length,
    }),
  );
}

/** The blocks of a page that are run. */
export function snippetsOf(page: string, text = pageText(page)): Snippet[] {
  const blocks = fencedBlocks(text);
  return blocks.flatMap(({ line, language, body, end }, i) => {
    if (!isLanguage(language)) return [];
    const next = blocks[i + 1];
    const follows = next?.language === 'text' && /^\n\s*```text\n/.test(text.slice(end));
    return [{ page, line, language, code: body, output: follows ? next.body : null }];
  });
}

/** Replaces the block of text below a block of code by what the code printed. */
export function setOutput(page: string, code: string, printed: string): void {
  const text = pageText(page);
  const from = text.indexOf('```text\n', text.indexOf(code)) + '```text\n'.length;
  const kept = printed.trimEnd().replaceAll(/ +$/gm, '');
  const to = text.indexOf('```', from);
  writeFileSync(join(ROOT, page), `${text.slice(0, from)}${kept}\n${text.slice(to)}`);
}

function isLanguage(language: string): language is Language {
  return Object.hasOwn(LANGUAGES, language);
}
