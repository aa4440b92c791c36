/** What the counts of a reader mean. Each format lists its reasons in `reasons.ts`; the report, the page and the docs read that list. */

/**
 * What came of that which is counted: it made no row (`left out`), it is in the file with another value or time or place than the
 * archive's (`changed`), or it is there as it was and only worth knowing (`noted`).
 */
export type Effect = 'left out' | 'changed' | 'noted';

/** One reason of a source. */
export interface Reason {
  /** As it is counted, without the name of the dataset: `air_temperature.qa-removed`. Stable. */
  readonly code: string;
  readonly effect: Effect;
  /** One plain sentence for the user: what it is, and what became of it. */
  readonly sentence: string;
}
