/** Faults: feedback that stands beside the place, the time, the coordinate or the station of another observation. */
import { at, textAt } from '../planted.js';
import type { Fault } from './fault.js';

function feedback(variable: string, row: number, change: ReturnType<typeof at>): Omit<Fault, 'what'> {
  return {
    in: 'era5',
    change: { values: { [`era5fb/${variable}`]: change } },
    found: { kind: 'feedback', table: 'era5fb', variable, row },
  };
}

export const FEEDBACK: readonly Fault[] = [
  { what: 'the feedback lies north of its row', ...feedback('lat@hdr', 7, at(7, 48.26)) },
  {
    what: 'the feedback lies in the western hemisphere',
    ...feedback(
      'lon@hdr',
      9,
      at(9, (east) => -east),
    ),
  },
  {
    what: 'the feedback is of the next day',
    ...feedback(
      'date@hdr',
      11,
      at(11, (date) => date + 1),
    ),
  },
  { what: 'the feedback is of another hour', ...feedback('time@hdr', 40, at(40, 30_000)) },
  {
    what: 'the feedback is of another level',
    ...feedback(
      'vertco_reference_1@body',
      3,
      at(3, (z) => z + 1),
    ),
  },
  { what: 'the coordinate of the feedback is a geopotential', ...feedback('vertco_type@body', 5, at(5, 2)) },
  { what: 'the feedback is of another station', ...feedback('statid@hdr', 6, textAt(6, '   11036')) },
];
