/** What a count means: the one shape of reasons, whoever counts them. */

/**
 * What came of that which is counted: it made no row (`left out`), it is in the file with another value or time or place than the
 * archive's (`changed`), or it is there as it was and only worth knowing (`noted`).
 */
export type Effect = 'left out' | 'changed' | 'noted';

/** One reason. */
export interface Reason {
  /**
   * As it is counted, without the name of the dataset: `air_temperature.qa-removed`. Stable. A part in angle brackets stands for a
   * number or a code of the archive: `varno.<n>.unknown`.
   */
  readonly code: string;
  readonly effect: Effect;
  /** One plain sentence for the user: what it is, and what became of it. It may have the part in angle brackets of its code. */
  readonly sentence: string;
}

/** A reason whose code is known to the types, so that no counter can have another one. */
export interface CodedReason<Code extends string> extends Reason {
  readonly code: Code;
}

/** The reasons in `sentences`, by their codes, which all have one effect. */
export function reasonsWith<Code extends string>(
  effect: Effect,
  sentences: Readonly<Record<Code, string>>,
): CodedReason<Code>[] {
  return Object.entries<string>(sentences).map(([code, sentence]) => ({
    code: code as Code,
    effect,
    sentence,
  }));
}

const PLACEHOLDER = /<[a-z]+>/;

/** Finds the reason of a code; of a code with a number in it, the reason has the number in place of the angle brackets. */
export function createReasonFinder(reasons: readonly Reason[]): (code: string) => Reason | undefined {
  const known = new Map(reasons.map((reason) => [reason.code, reason]));
  const open = reasons
    .filter(({ code }) => PLACEHOLDER.test(code))
    .map((reason) => {
      const [before = '', after = ''] = reason.code.split(PLACEHOLDER);
      return { before, after, reason };
    });
  return (code) => {
    const exact = known.get(code);
    if (exact !== undefined) return exact;
    for (const { before, after, reason } of open) {
      if (!code.startsWith(before) || !code.endsWith(after)) continue;
      const found = code.slice(before.length, code.length - after.length);
      if (/^\w+$/.test(found))
        return { ...reason, code, sentence: reason.sentence.replace(PLACEHOLDER, found) };
    }
    return undefined;
  };
}
