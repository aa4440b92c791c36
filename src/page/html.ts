/** Writing HTML: a tagged template that escapes what is put into it, and nothing else. */

/** Text that is HTML already. Made by `html` and `trusted` alone. */
export interface Html {
  readonly markup: string;
}

/** What a template takes: texts and numbers are escaped, lists are joined, `null` is left out. */
export type HtmlValue = string | number | Html | null | readonly HtmlValue[];

/** HTML with values in it, each escaped for text and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0] ?? '';
  for (const [i, value] of values.entries()) markup += markupOf(value) + (strings[i + 1] ?? '');
  return { markup };
}

/** Markup that the program itself has made: a chart, the style sheet. Never text out of a file. */
export function trusted(markup: string): Html {
  return { markup };
}

function markupOf(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  if (isList(value)) return value.map(markupOf).join('');
  return value.markup;
}

function isList(value: Html | readonly HtmlValue[]): value is readonly HtmlValue[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Characters that a page must not hold, or that would make it look other than it is: control characters, halves of surrogate
 * pairs, and the marks that turn the direction of all text that follows.
 */
const UNFIT = /[\p{Cc}\p{Cs}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text as HTML; characters that are unfit for a page become visible, as `\x1b` or `\u202e`. */
function escapeText(text: string): string {
  return text
    .replace(UNFIT, (character) => {
      if (character === '\n' || character === '\t') return ' ';
      const code = character.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
    })
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
