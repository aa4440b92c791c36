/** Parts that sections are made of: the section with its heading, and tables that a screen reader can walk. */
import { type Html, type HtmlValue, html } from '../html.js';

/** A section of the page, a landmark with its heading. `id` is a word of the program, not of the data. */
export function section(id: string, title: string, ...body: HtmlValue[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`;
}

/** One column of a table. */
export interface Column<T> {
  title: string;
  cell: (row: T) => HtmlValue;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** Not to be broken into lines: dates. */
  whole?: boolean;
  /** What to sort by where the text of the cell does not do. */
  sortBy?: (row: T) => number | string;
}

export interface TableOptions<T> {
  /** Unique on the page, a word of the program. */
  id: string;
  caption: string;
  /** The first column is the heading of its row. */
  columns: readonly Column<T>[];
  rows: readonly T[];
  /** The reader may sort it, and filter it by a text. */
  sortable?: boolean;
  filter?: boolean;
  /** Rows that are shown at most; the others are counted in a line below. */
  most?: number;
}

/** A table in a frame of its own that scrolls where the window is too narrow, by the keyboard too. */
export function table<T>(options: TableOptions<T>): Html {
  const { id, caption, columns, rows, sortable = false, filter = false, most = Infinity } = options;
  const shown = rows.slice(0, most);
  const more = rows.length - shown.length;
  return html`<div class="frame" role="group" aria-labelledby="${id}-caption" tabindex="0">
<table${mark('data-sortable', sortable)}${mark('data-filter', filter)}>
<caption id="${id}-caption"><span>${caption}</span></caption>
<thead><tr>${columns.map(heading)}</tr></thead>
<tbody>
${shown.map((row) => html`<tr>${columns.map((column, i) => cell(column, row, i === 0))}</tr>\n`)}</tbody>
</table></div>${more > 0 ? html`<p class="more">and ${more} more</p>` : null}`;
}

function heading<T>({ title, numeric = false }: Column<T>): Html {
  return numeric ? html`<th scope="col" class="n">${title}</th>` : html`<th scope="col">${title}</th>`;
}

function cell<T>(
  { cell: content, numeric = false, whole = false, sortBy }: Column<T>,
  row: T,
  isHeading: boolean,
): Html {
  const value = sortBy === undefined ? null : html` data-v="${sortBy(row)}"`;
  const kind = numeric ? html` class="n"` : whole ? html` class="whole"` : null;
  if (isHeading) return html`<th scope="row"${kind}${value}>${content(row)}</th>`;
  return html`<td${kind}${value}>${content(row)}</td>`;
}

function mark(name: 'data-sortable' | 'data-filter', is: boolean): Html | null {
  return is ? html` ${name}` : null;
}

/** Names of up to so many characters are not broken into lines. */
const SHORT_NAME = 28;

/** A name out of the data: of a station, a dataset, a file, a reason. */
export function code(name: string): Html {
  return name.length <= SHORT_NAME ? html`<code class="whole">${name}</code>` : html`<code>${name}</code>`;
}

/** A part that opens when it is asked for. */
export function details(summary: HtmlValue, body: HtmlValue, open = false): Html {
  return open
    ? html`<details open><summary>${summary}</summary>${body}</details>`
    : html`<details><summary>${summary}</summary>${body}</details>`;
}
