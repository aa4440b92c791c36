/** All faults that are planted. */
import { CLAIMS } from './claims.js';
import type { Fault } from './fault.js';
import { FEEDBACK } from './feedback.js';
import { KEYS } from './keys.js';
import { LAYOUT } from './layout.js';
import { LEVELS } from './levels.js';
import { ORDER } from './order.js';
import { STATIONS } from './station.js';
import { VALUES } from './values.js';

export type { Fault } from './fault.js';

export const FAULTS: readonly Fault[] = [
  ...ORDER,
  ...KEYS,
  ...LAYOUT,
  ...VALUES,
  ...LEVELS,
  ...CLAIMS,
  ...STATIONS,
  ...FEEDBACK,
];
