/** What is said of a reason. */

/**
 * What came of that which is counted: it made no row (`left out`), it is in the file with another value or time or place than the
 * archive's (`changed`), or it is there as it was and only worth knowing (`noted`).
 */
export type Effect = 'left out' | 'changed' | 'noted';

/** One reason in words. */
export interface ReasonMeaning {
  effect: Effect;
  /** One sentence. */
  text: string;
}
