/** What the counts of a reader mean. Each format lists its reasons in `reasons.ts`; the page, the docs and the tests read that list. */
export { type CodedReason, type Effect, type Reason, reasonsWith } from '../records/reason.js';
