/** What the reader counts, in words. */
import { droppedReasons } from '../../../src/sources/quantity-reasons.js';
import { type Reason, reasonsWith } from '../../../src/sources/reason.js';

const LEFT_OUT = { 'line.malformed': 'A line that is none of the archive: left out.' } as const;

/** The codes that the reader may count: another one does not compile. */
export type ExampleCode = keyof typeof LEFT_OUT | 'air_temperature.missing';

/** The name under which a reason is counted. */
export function nameOf(code: ExampleCode): string {
  return `example.${code}`;
}

export const REASONS: readonly Reason[] = [
  ...droppedReasons(['air_temperature'], ['missing']),
  ...reasonsWith('left out', LEFT_OUT),
];
