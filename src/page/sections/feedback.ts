/** The feedback of the files: what each group is of, and which departures it has. */
import { number } from '../format.js';
import { type Html, html } from '../html.js';
import type { FeedbackOverview, FolderOverview } from '../overview.js';
import { code, section, table } from './parts.js';

export function feedback({ feedback: list }: FolderOverview): Html | null {
  if (list.length === 0) return null;
  return section(
    'feedback',
    'Feedback',
    html`<p>What a reanalysis or a forecast says of each observation: departures are observation minus model.</p>`,
    table<FeedbackOverview>({
      id: 'feedback-groups',
      caption: 'Groups of feedback in the files',
      columns: [
        { title: 'Group', cell: ({ group }) => code(group) },
        { title: 'Dataset', cell: ({ dataset }) => code(dataset) },
        { title: 'Of', cell: ({ of }) => (of === '' ? 'not said' : of) },
        { title: 'Run', cell: ({ run }) => (run === '' ? '–' : run) },
        {
          title: 'Departures from',
          cell: ({ departures }) => (departures.length === 0 ? 'none' : departures.join(', ')),
        },
        { title: 'Files', cell: ({ files }) => number(files), numeric: true },
      ],
      rows: list,
    }),
  );
}
