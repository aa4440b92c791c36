/** What the reader of the made-up archive counts. */
import { droppedReasons, notedReasons } from '../../../src/sources/quantity-reasons.js';
import { TEXT_REASONS } from '../../../src/sources/text/reasons.js';

/** The fields of a level that become rows, in the order of their codes. */
export const QUANTITIES = ['geopotential_height', 'air_temperature'] as const;

const MARKS = ['missing', 'unreadable', 'out-of-range'] as const;

/** Every reason that the reader counts. */
export const REASONS = [
  ...droppedReasons(QUANTITIES, MARKS),
  ...droppedReasons(['geopotential_height'], ['used-as-coordinate']),
  ...droppedReasons(['air_temperature'], ['no-coordinate']),
  ...notedReasons(['pressure'], MARKS),
  ...TEXT_REASONS,
];
