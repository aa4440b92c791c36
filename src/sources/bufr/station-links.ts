/**
 * Stations with two names: a message that gives a WMO number and a WIGOS id of another form says that both are of one station, so
 * that messages of the same file with that WIGOS id alone are of the station with the number.
 */

/** WMO numbers by WIGOS id, as the messages of a file tell them. */
export interface StationLinks {
  /** Takes down that one station has both names. */
  add(wigosId: string, wmoNumber: string): void;
  /** The number of the station with this WIGOS id; null where no message tells it, or several tell different ones. */
  numberOf(wigosId: string): string | null;
}

export function createStationLinks(): StationLinks {
  const numbers = new Map<string, string | null>();
  return {
    add(wigosId, wmoNumber) {
      const known = numbers.get(wigosId);
      numbers.set(wigosId, known === undefined || known === wmoNumber ? wmoNumber : null);
    },
    numberOf: (wigosId) => numbers.get(wigosId) ?? null,
  };
}

/** Moves what is listed of a WIGOS id (offsets of messages, ascending) to the number that it goes with. */
export function joinLinked(parts: Map<string, number[]>, links: StationLinks): void {
  for (const [id, offsets] of [...parts]) {
    const number = links.numberOf(id);
    if (number === null) continue;
    const all = new Set([...(parts.get(number) ?? []), ...offsets]);
    parts.set(
      number,
      [...all].sort((a, b) => a - b),
    );
    parts.delete(id);
  }
}
