/** Codes of the errors of charts; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const PLOT_CODES = {
  InputError: {
    NO_DEPARTURES: 'The file has no departures to draw. `harvest sources` says which datasets have them.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    plot: typeof PLOT_CODES;
  }
}
