/** The counters of sources, from their lists of reasons, and the counters that a page of the docs names. */
import { GENERAL_REASONS, launchReasons } from '../../src/records/reasons.js';
import type { Reason } from '../../src/sources/reason.js';
import { loadSource } from '../../src/sources/registry.js';
import { quoted } from './tables.js';

/** What a page is about: its datasets, and the quantities in the names of their counters. */
export interface SourcePage {
  datasets: readonly string[];
  quantities: readonly string[];
}

/** What stands in place of the angle brackets of a code. */
const EXAMPLES: Readonly<Record<string, string>> = { '<n>': '119', '<descriptor>': '011061' };

/** The reasons of a dataset that its page has to name: its own, and those of its rules for launches. */
export async function reasonsOf(dataset: string): Promise<Reason[]> {
  const source = await loadSource(dataset);
  return [...(await source.reasons()), ...launchReasons(source.launches)];
}

/** The names under which reasons are counted, with a number where the code has angle brackets. */
export function counters(dataset: string, reasons: readonly Reason[]): string[] {
  return reasons.map(({ code }) =>
    `${dataset}.${code}`.replace(/<[a-z]+>/, (placeholder) => EXAMPLES[placeholder] ?? placeholder),
  );
}

/** The counters of every dataset. */
export function generalCounters(dataset: string): string[] {
  return counters(dataset, GENERAL_REASONS);
}

/** Counters of fields that made no row: those of a quantity, known to the tables or not, that left something out. */
export function droppedCounters(
  dataset: string,
  reasons: readonly Reason[],
  { quantities }: SourcePage,
): string[] {
  const prefixes = [...quantities, 'varno'].map((quantity) => `${quantity}.`);
  return counters(
    dataset,
    reasons.filter(
      ({ code, effect }) => effect === 'left out' && prefixes.some((prefix) => code.startsWith(prefix)),
    ),
  );
}

/** The counters that a page names, each as a pattern. */
export function namedIn(text: string, { datasets, quantities }: SourcePage): Map<string, RegExp> {
  const isCounter = new RegExp(`^(?:${datasets.join('|')}|<dataset>)\\.[a-z<]`);
  const names = quoted(text).filter((name) => isCounter.test(name));
  return new Map(
    names.map((name) => {
      const pattern = name
        .replaceAll('.', '\\.')
        .replaceAll('<dataset>', `(?:${datasets.join('|')})`)
        .replaceAll('<quantity>', `(?:${quantities.join('|')})`)
        .replaceAll('<descriptor>', '\\d{6}')
        .replaceAll('<n>', '(?:\\d+|null|invalid)');
      return [name, new RegExp(`^${pattern}$`)];
    }),
  );
}

/** Counters of a source that the list `All counters` of its page does not name. */
export function notNamed(text: string, page: SourcePage, names: readonly string[]): string[] {
  const [, list = ''] = text.split('## All counters');
  const patterns = [...namedIn(list, page).values()];
  return names.filter((counter) => !patterns.some((pattern) => pattern.test(counter)));
}
