/** The lines of a wind barb, and whether two barbs touch. */
import { barbOf } from '../atmosphere/wind.js';
import type { Wind } from './sounding.js';

/** A straight line in pixels. */
export type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

/** A barb about its foot, for a wind from the north: the shaft points up. Nothing but `calm` where it is calm. */
export interface BarbShape {
  /** Shaft first, then full feathers, then the half one. */
  lines: Segment[];
  /** Corners of the pennants. */
  pennants: (readonly [number, number])[][];
  /** Radius of the circle of a calm, else 0. */
  calm: number;
}

/**
 * @param shaft length in pixels
 * @param isSouthern feathers point to low pressure: to the left of the wind on the northern hemisphere, to the right on the southern
 */
export function barbShape(speedMs: number, shaft: number, isSouthern: boolean): BarbShape {
  const { pennants, full, half } = barbOf(speedMs);
  if (pennants + full + half === 0) return { lines: [], pennants: [], calm: shaft * 0.14 };
  const step = shaft * 0.13;
  // To the right of a shaft that points up is, as seen along the wind, to its left.
  const feather = shaft * 0.42 * (isSouthern ? -1 : 1);
  const shape: BarbShape = { lines: [[0, 0, 0, -shaft]], pennants: [], calm: 0 };
  let at = -shaft;
  for (let i = 0; i < pennants; i++, at += step * 1.7)
    shape.pennants.push([
      [0, at],
      [feather, at + step * 0.3],
      [0, at + step * 1.5],
    ]);
  if (pennants > 0) at += step * 0.4;
  for (let i = 0; i < full; i++, at += step) shape.lines.push([0, at, feather, at - step * 0.9]);
  // A lone half feather stands off the end, so that it is not taken for a full one.
  if (pennants + full === 0) at += step;
  if (half > 0) shape.lines.push([0, at, feather / 2, at - step * 0.45]);
  return shape;
}

/** The outline of a barb on the page, with its foot at (0, y) and turned to where the wind comes from. */
export function outlineOf(shape: BarbShape, { direction }: Wind, y: number): Segment[] {
  const angle = (direction * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const ring = (corners: readonly (readonly [number, number])[]): Segment[] =>
    corners.map(([x, yy], i) => [x, yy, ...(corners[(i + 1) % corners.length] as readonly [number, number])]);
  const circle = Array.from({ length: 8 }, (_, i): [number, number] => [
    shape.calm * Math.cos((i * Math.PI) / 4),
    shape.calm * Math.sin((i * Math.PI) / 4),
  ]);
  const lines = [
    ...shape.lines,
    ...shape.pennants.flatMap((corners) => ring(corners)),
    ...(shape.calm > 0 ? ring(circle) : []),
  ];
  return lines.map(([x0, y0, x1, y1]) => [
    x0 * cos - y0 * sin,
    x0 * sin + y0 * cos + y,
    x1 * cos - y1 * sin,
    x1 * sin + y1 * cos + y,
  ]);
}

/** Whether each line of one outline is at least so many pixels from each of the other. */
export function isClear(a: readonly Segment[], b: readonly Segment[], least: number): boolean {
  return a.every((one) => b.every((other) => distance(one, other) >= least));
}

function distance(a: Segment, b: Segment): number {
  if (crosses(a, b) && crosses(b, a)) return 0;
  return Math.min(
    toPoint(a, b[0], b[1]),
    toPoint(a, b[2], b[3]),
    toPoint(b, a[0], a[1]),
    toPoint(b, a[2], a[3]),
  );
}

/** Whether the ends of `b` are on different sides of the line through `a`. */
function crosses([x0, y0, x1, y1]: Segment, b: Segment): boolean {
  const side = (x: number, y: number): number => (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
  return side(b[0], b[1]) * side(b[2], b[3]) < 0;
}

function toPoint([x0, y0, x1, y1]: Segment, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const share = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}
