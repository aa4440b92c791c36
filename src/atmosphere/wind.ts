/** Wind: directions are those from which it blows, in degrees clockwise from north. */

/** Metres per second in a knot: a nautical mile, 1852 m, an hour. */
const KNOT = 1852 / 3600;

/** Eastward and northward component, in the unit of the speed. */
export function windComponents(speed: number, direction: number): { eastward: number; northward: number } {
  const angle = (direction * Math.PI) / 180;
  return { eastward: -speed * Math.sin(angle), northward: -speed * Math.cos(angle) };
}

/** Speed, and direction above 0 up to 360 as WMO codes it; 0 for calm. */
export function windVector(eastward: number, northward: number): { speed: number; direction: number } {
  const speed = Math.hypot(eastward, northward);
  if (speed === 0) return { speed, direction: 0 };
  const angle = (Math.atan2(-eastward, -northward) * 180) / Math.PI;
  return { speed, direction: angle <= 0 ? angle + 360 : angle };
}

export function knots(metresPerSecond: number): number {
  return metresPerSecond / KNOT;
}

/** Flags of a wind barb: pennants of 50, feathers of 10 and half feathers of 5 knots. */
export interface BarbFlags {
  pennants: number;
  full: number;
  half: number;
}

/**
 * The barb of a speed in m/s, to the nearest 5 knots (WMO-No. 485, plotting of winds); where all three are 0, calm is drawn as a circle. Ten
 * pennants, 500 knots, are the most.
 */
export function barbOf(speedMs: number): BarbFlags {
  const fives = Math.max(0, Math.min(100, Math.round(knots(speedMs) / 5)));
  return { pennants: Math.floor(fives / 10), full: Math.floor((fives % 10) / 2), half: fives % 2 };
}
