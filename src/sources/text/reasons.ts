/** The reasons that all formats of fixed columns count. */
import type { WhyNoRow } from '../quantity-reasons.js';
import { reasonsWith } from '../reason.js';

/** Why a field is no value: those that a format may have, in the order of the slots. */
export const WHYS = [
  'missing',
  'qa-removed',
  'unreadable',
  'out-of-range',
  'used-as-coordinate',
  'no-coordinate',
] as const satisfies readonly WhyNoRow[];

/** What the machine for reports and the rules of headers count. */
export const TEXT_REASONS = [
  ...reasonsWith('left out', {
    'line.unrecognised': 'A line that is neither the beginning of a report nor a level.',
    'line.malformed': 'A line with values that cannot be read: left out.',
    'level.cut-off': 'The last level of a file that breaks off: left out.',
    'level.of-skipped-report': 'Belongs to a report that was left out.',
    'report.truncated':
      'The report breaks off before the number of levels that it announces, and was left out.',
    'report.header-unreadable': 'The line that begins a report cannot be read: the report was left out.',
    'report.date-invalid': 'The date of the report does not exist: it was left out.',
    'report.other-station': 'A report of another station in the file of this one: left out.',
  }),
  ...reasonsWith('changed', {
    'time.missing-set-to-local-midday':
      'The report has a date and no time of day: it stands at midday in local solar time.',
  }),
  ...reasonsWith('noted', {
    'report.numlev-disagrees':
      'The report has another number of levels than its header says; the levels that are there are used.',
    'position.missing': 'The report has no position; its rows have none either.',
  }),
];

/** A code of `TEXT_REASONS`. */
export type TextCode = (typeof TEXT_REASONS)[number]['code'];
