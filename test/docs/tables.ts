/** Tables of Markdown, for tests that compare what a page lists with what there is. */

/** The cells of the rows of a table, without the head: the first table of `text` whose head begins with these cells. */
export function tableRows(text: string, ...head: readonly string[]): string[][] {
  const rows = text.split('\n').map((line) => (line.startsWith('|') ? cellsOf(line) : null));
  const at = rows.findIndex((cells) => cells !== null && head.every((cell, i) => cells[i] === cell));
  if (at < 0) throw new Error(`there is no table with the head ${head.join(' | ')}`);
  const body: string[][] = [];
  for (const cells of rows.slice(at + 2)) {
    if (cells === null) break;
    body.push(cells);
  }
  return body;
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** What stands in backticks. */
export function quoted(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, text]) => text ?? '');
}
