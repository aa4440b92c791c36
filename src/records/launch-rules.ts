/** How an archive spreads a launch over reports. */

/** Which reports of a source tell of one launch. */
export interface LaunchRules {
  /** Reports with one record time in different files are one report. */
  joinFiles?: boolean;
  /** Reports with one record time and one `number` are fragments of one report. */
  joinNumbered?: boolean;
  /** Reports of these kinds that follow each other by less than `seconds` are one launch sent again: the fullest stays. */
  resent?: { kinds: ReadonlySet<number>; seconds: number };
}
