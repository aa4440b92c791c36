/**
 * The reasons that belong to no source: what is left out, joined or noted of soundings whatever archive they are of. They are counted
 * here, where rows are matched, and in the run of a station; each by `generalReason`, so that one that is not listed does not compile.
 */
import type { LaunchRules } from './launch-rules.js';
import { type Reason, reasonsWith } from './reason.js';

const LEFT_OUT = {
  'row.exact-duplicate': 'The report has the same value at the same level twice; one of them is kept.',
  'row.outside-period': 'Outside the period that was asked for with --from and --to.',
  'row.repeated': 'Belongs to a report that the input holds more than once, all values equal.',
  'report.outside-period': 'A report outside the period that was asked for with --from and --to.',
  'report.under-one-header':
    'A report at the time of another one, whose header it shares: the profile cuon has one header for each time.',
  'report.repeated': 'A report that the input holds more than once, all values equal: taken once.',
} as const;

const NOTED = {
  'report.shares-time': 'Two reports of the station have the same time; both are kept.',
} as const;

/** Of sources whose archive cuts launches in parts. */
const JOINED = {
  'report.joined': 'Parts of one launch that the archive keeps apart were put together.',
} as const;

/** Of sources whose archive may have a launch twice. */
const SENT_AGAIN = {
  'row.of-report-sent-again': 'Belongs to a report that was sent again later; the fuller of the two is kept.',
  'report.sent-again': 'A report that was sent again later: the fuller of the two is kept.',
} as const;

/** The codes of all reasons that belong to no source. */
export type GeneralCode =
  | keyof typeof LEFT_OUT
  | keyof typeof NOTED
  | keyof typeof JOINED
  | keyof typeof SENT_AGAIN;

/** The name under which a reason is counted. */
export function generalReason(dataset: string, code: GeneralCode): string {
  return `${dataset}.${code}`;
}

/** The reasons that are counted of every dataset. */
export const GENERAL_REASONS: readonly Reason[] = [
  ...reasonsWith('left out', LEFT_OUT),
  ...reasonsWith('noted', NOTED),
];

/** The reasons that are counted besides where reports are joined to launches by the rules of the source. */
export function launchReasons(rules: LaunchRules | undefined): Reason[] {
  const joins = rules?.joinFiles === true || rules?.joinNumbered === true;
  return [
    ...(joins ? reasonsWith('changed', JOINED) : []),
    ...(rules?.resent === undefined ? [] : reasonsWith('left out', SENT_AGAIN)),
  ];
}
