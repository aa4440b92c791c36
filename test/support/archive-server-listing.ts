/** Folder listings as the archives' web servers write them. */

/** One file or subfolder (`name` then ends in a slash) of a listed folder. */
export interface ListedRow {
  name: string;
  modified: Date;
  bytes: number;
}

/** `table` is the form of NCEI today (Apache `HTMLTable`), `pre` the one of its older servers. */
export type ListingStyle = 'table' | 'pre';

/** The HTML of a listing: heading, sortable column titles, parent folder, rows, and nothing after `</html>`. */
export function writeListing(folder: string, rows: readonly ListedRow[], style: ListingStyle): string {
  const parent = folder.replace(/[^/]+\/$/, '');
  const head = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">
<html>
 <head>
  <title>Index of ${escapeHtml(folder.replace(/\/$/, ''))}</title>
 </head>
 <body>
<h1>Index of ${escapeHtml(folder.replace(/\/$/, ''))}</h1>
`;
  const body = style === 'table' ? tableBody(parent, rows) : preBody(parent, rows);
  return `${head}${body}</body></html>\n`;
}

function tableBody(parent: string, rows: readonly ListedRow[]): string {
  const lines = rows.map(
    ({ name, modified, bytes }) =>
      `<tr><td><a href="${encodeURI(name)}">${escapeHtml(name)}</a></td><td align="right">${listedTime(modified)}  </td>` +
      `<td align="right">${listedSize(name, bytes).padStart(4)}</td><td>&nbsp;</td></tr>\n`,
  );
  return `  <table>
   <tr><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th><th><a href="?C=S;O=A">Size</a></th><th><a href="?C=D;O=A">Description</a></th></tr>
   <tr><th colspan="4"><hr></th></tr>
<tr><td><a href="${encodeURI(parent)}">Parent Directory</a></td><td>&nbsp;</td><td align="right">  - </td><td>&nbsp;</td></tr>
${lines.join('')}   <tr><th colspan="4"><hr></th></tr>
</table>
`;
}

function preBody(parent: string, rows: readonly ListedRow[]): string {
  const lines = rows.map(({ name, modified, bytes }) => {
    const label = name.length > 23 ? `${name.slice(0, 20)}..&gt;` : escapeHtml(name);
    return (
      `<img src="/icons/compressed.gif" alt="[   ]"> <a href="${encodeURI(name)}">${label}</a>` +
      `${' '.repeat(Math.max(1, 25 - name.length))}${listedTime(modified)}  ${listedSize(name, bytes).padStart(4)}  \n`
    );
  });
  return `<pre><img src="/icons/blank.gif" alt="Icon "> <a href="?C=N;O=D">Name</a>                    <a href="?C=M;O=A">Last modified</a>      <a href="?C=S;O=A">Size</a>  <a href="?C=D;O=A">Description</a><hr><img src="/icons/back.gif" alt="[PARENTDIR]"> <a href="${encodeURI(parent)}">Parent Directory</a>                             -   \n${lines.join('')}<hr></pre>\n`;
}

/** `YYYY-MM-DD HH:MM`, as Apache writes it (here in UTC). */
export function listedTime(modified: Date): string {
  return modified.toISOString().slice(0, 16).replace('T', ' ');
}

/** Size as Apache writes it: bytes below 1024, else with one decimal below ten, in K, M or G. */
export function listedSize(name: string, bytes: number): string {
  if (name.endsWith('/')) return '-';
  if (bytes < 1024) return String(bytes);
  let size = bytes / 1024;
  for (const unit of ['K', 'M', 'G']) {
    if (size < 9.95) return `${size.toFixed(1)}${unit}`;
    if (size < 1023.5) return `${Math.round(size)}${unit}`;
    size /= 1024;
  }
  return `${size.toFixed(1)}T`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
