/** Wind barbs: a shaft into the wind with half feathers of 5, feathers of 10 and pennants of 50 knots (WMO-No. 485). */
import { type BarbShape, barbShape, isClear, outlineOf, type Segment } from './barb-shape.js';
import { type Drawing, short } from './drawing.js';
import { INK } from './palette.js';
import type { Wind } from './sounding.js';

/** In font sizes: length of a shaft, least distance of the feet of two barbs, and of their lines. */
const SHAFT = 1.85;
const FEET_APART = 1.9;
const LINES_APART = 0.25;

/**
 * Draws barbs along a vertical line, from the lowest up: of the winds those whose barbs touch none below them, so that fewer are drawn
 * where the wind is along the line or turns.
 *
 * @param isSouthern feathers point to low pressure: to the left of the wind on the northern hemisphere, to the right on the southern
 */
export function drawBarbs(
  parent: Drawing,
  winds: readonly Wind[],
  column: { x: number; y: (wind: Wind) => number; top: number; bottom: number; fontSize: number },
  isSouthern: boolean,
): void {
  const group = parent
    .append('g')
    .attr('stroke', INK)
    .attr('stroke-width', 1)
    .attr('stroke-linecap', 'round') as Drawing;
  const { fontSize } = column;
  // Two shafts with their feathers reach no farther to each other than this.
  const reach = fontSize * SHAFT * 2.6;
  let drawn: { y: number; outline: Segment[] }[] = [];
  for (const wind of winds) {
    const y = column.y(wind);
    if (!(y >= column.top && y <= column.bottom)) continue;
    if (drawn.some((other) => Math.abs(other.y - y) < fontSize * FEET_APART)) continue;
    const shape = barbShape(wind.speed, fontSize * SHAFT, isSouthern);
    const outline = outlineOf(shape, wind, y);
    if (!drawn.every((other) => isClear(outline, other.outline, fontSize * LINES_APART))) continue;
    drawn = [...drawn.filter((other) => Math.abs(other.y - y) < reach), { y, outline }];
    drawBarb(group, { x: column.x, y }, shape, wind.direction);
  }
}

function drawBarb(
  group: Drawing,
  { x, y }: { x: number; y: number },
  { lines, pennants, calm }: BarbShape,
  direction: number,
): void {
  if (calm > 0) {
    group
      .append('circle')
      .attr('cx', short(x))
      .attr('cy', short(y))
      .attr('r', short(calm))
      .attr('fill', 'none');
    return;
  }
  const barb = group
    .append('g')
    .attr('transform', `translate(${short(x)},${short(y)}) rotate(${short(direction % 360)})`);
  const path = lines.map((line) => line.map(short)).map(([x0, y0, x1, y1]) => `M${x0},${y0}L${x1},${y1}`);
  barb.append('path').attr('d', path.join('')).attr('fill', 'none');
  const flags = pennants.map((corners) => `M${corners.map((corner) => corner.map(short)).join('L')}Z`);
  if (flags.length > 0)
    barb.append('path').attr('d', flags.join('')).attr('fill', INK).attr('stroke-width', 0.5);
}
