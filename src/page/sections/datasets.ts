/** The datasets: how much there is of each, under which terms, and how to cite it. */
import { bytes, day, number } from '../format.js';
import { type Html, html } from '../html.js';
import type { DatasetOverview, FolderOverview } from '../overview.js';
import { code, section, table } from './parts.js';

export function datasets({ datasets: list }: FolderOverview): Html | null {
  if (list.length === 0) return null;
  return section(
    'datasets',
    'Datasets',
    table({
      id: 'datasets-size',
      caption: 'What there is of each dataset',
      columns: [
        { title: 'Dataset', cell: ({ id }) => code(id) },
        { title: 'Stations', cell: ({ stations }) => number(stations), numeric: true },
        { title: 'Files', cell: ({ files }) => number(files), numeric: true },
        { title: 'Launches', cell: ({ launches }) => number(launches), numeric: true },
        { title: 'Observations', cell: ({ rows }) => number(rows), numeric: true },
        {
          title: 'Size',
          cell: (dataset) => bytes(dataset.bytes),
          numeric: true,
          sortBy: (dataset) => dataset.bytes,
        },
        { title: 'First launch', cell: ({ first }) => day(first), whole: true },
        { title: 'Last launch', cell: ({ last }) => day(last), whole: true },
      ],
      rows: list,
      sortable: true,
    }),
    html`<h3>Terms and citation</h3>`,
    list.map(terms),
  );
}

function terms(dataset: DatasetOverview): Html {
  const { id, source, institution, licence, references, productVersion } = dataset;
  const [citation = '', ...addresses] = references.split(/; (?=https?:)/);
  const given = (label: string, text: string): Html | null =>
    text === '' ? null : html`<dt>${label}</dt><dd>${text}</dd>`;
  return html`<article class="terms"><h4><code>${id}</code> ${source}</h4><dl>
${given('Provider', institution)}${given('Licence', licence)}${given('Citation', citation)}${given('Version', productVersion)}
${addresses.length > 0 ? html`<dt>References</dt><dd>${addresses.map((address) => html`<span class="address">${address}</span> `)}</dd>` : null}
</dl></article>`;
}
