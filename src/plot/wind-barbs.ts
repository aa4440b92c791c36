/** Wind barbs: a shaft into the wind with half feathers of 5, feathers of 10 and pennants of 50 knots (WMO-No. 485). */
import { barbOf } from '../atmosphere/wind.js';
import { type Drawing, short, spaced } from './drawing.js';
import { INK } from './palette.js';
import type { Wind } from './sounding.js';

/**
 * Draws barbs along a vertical line, as many as stand clear of each other, from the lowest up.
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
    .attr('stroke-linecap', 'round');
  const shaft = column.fontSize * 2.1;
  const within = winds.filter((wind) => column.y(wind) >= column.top && column.y(wind) <= column.bottom);
  for (const wind of spaced(within, column.y, column.fontSize * 1.9))
    drawBarb(group as Drawing, column.x, column.y(wind), shaft, wind, isSouthern);
}

function drawBarb(
  group: Drawing,
  x: number,
  y: number,
  shaft: number,
  { speed, direction }: Wind,
  isSouthern: boolean,
): void {
  const { pennants, full, half } = barbOf(speed);
  if (pennants + full + half === 0) {
    group
      .append('circle')
      .attr('cx', short(x))
      .attr('cy', short(y))
      .attr('r', short(shaft * 0.14))
      .attr('fill', 'none');
    return;
  }
  const step = shaft * 0.13;
  const feather = shaft * 0.42;
  // Drawn for a wind from the north, then turned: the shaft points up, feathers to the right, as seen along the wind to its left.
  const side = isSouthern ? -1 : 1;
  let at = -shaft;
  const shapes: string[] = [`M0,0V${short(-shaft)}`];
  const flags: string[] = [];
  for (let i = 0; i < pennants; i++, at += step * 1.7)
    flags.push(
      `M0,${short(at)}L${short(side * feather)},${short(at + step * 0.3)}L0,${short(at + step * 1.5)}Z`,
    );
  if (pennants > 0) at += step * 0.4;
  for (let i = 0; i < full; i++, at += step)
    shapes.push(`M0,${short(at)}L${short(side * feather)},${short(at - step * 0.9)}`);
  // A lone half feather stands off the end, so that it is not taken for a full one.
  if (pennants + full === 0) at += step;
  if (half > 0) shapes.push(`M0,${short(at)}L${short((side * feather) / 2)},${short(at - step * 0.45)}`);
  const barb = group
    .append('g')
    .attr('transform', `translate(${short(x)},${short(y)}) rotate(${short(direction % 360)})`);
  barb.append('path').attr('d', shapes.join('')).attr('fill', 'none');
  if (flags.length > 0)
    barb.append('path').attr('d', flags.join('')).attr('fill', INK).attr('stroke-width', 0.5);
}
