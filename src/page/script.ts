/**
 * What a little script adds to the page: tables that can be sorted by a heading and filtered by a text; a table that fits the window is no
 * stop of the tab key; the parts that are folded together are open on paper. Without it everything is there to read.
 */
export const SCRIPT = `
for (const table of document.querySelectorAll('table[data-sortable]')) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    const keyOf = (row) => {
      const cell = row.cells[column];
      const text = cell.dataset.v ?? cell.textContent.trim();
      const number = Number(text.replaceAll(',', ''));
      return text === '' || Number.isNaN(number) ? text : number;
    };
    button.addEventListener('click', () => {
      const up = heading.ariaSort !== 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.ariaSort = up ? 'ascending' : 'descending';
      const missing = (key) => key === '\\u2013' || key === 'NaN' || key === '';
      const compare = (a, b) => {
        if (missing(a) || missing(b)) return missing(a) - missing(b);
        const order = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === 'number' ? -1 : 1;
        return up ? order : -order;
      };
      const rows = [...body.rows].map((row) => [keyOf(row), row]);
      body.append(...rows.sort(([a], [b]) => compare(a, b)).map(([, row]) => row));
    });
  });
}
document.querySelectorAll('table[data-filter]').forEach((table, n) => {
  const rows = [...table.tBodies[0].rows];
  const form = document.createElement('div');
  form.className = 'filter';
  const label = document.createElement('label');
  label.textContent = 'Show rows with';
  label.htmlFor = 'filter-' + n;
  const input = document.createElement('input');
  input.id = 'filter-' + n;
  input.type = 'search';
  const told = document.createElement('span');
  told.setAttribute('role', 'status');
  form.append(label, input, told);
  table.parentElement.before(form);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !texts[i].includes(wanted);
      if (!row.hidden) shown++;
    });
    told.textContent = wanted === '' ? '' : shown + ' of ' + rows.length + ' rows';
  });
});
const fit = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute('tabindex');
  }
});
for (const frame of document.querySelectorAll('.frame, .chart')) fit.observe(frame);
const folded = [];
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('details:not([open])')) {
    part.open = true;
    folded.push(part);
  }
});
addEventListener('afterprint', () => {
  for (const part of folded.splice(0)) part.open = false;
});
`;
