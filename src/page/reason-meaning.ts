/** What is said of a reason. */
import type { Effect } from '../sources/reason.js';

/** One reason in words. */
export interface ReasonMeaning {
  effect: Effect;
  /** One sentence. */
  text: string;
}
