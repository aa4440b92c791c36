/** Geopotential heights in kilometres along a pressure axis. */
import { scaleLinear } from 'd3-scale';
import { type Drawing, label, short, spaced } from './drawing.js';
import { INK } from './palette.js';

/** Ticks to the right of `x` at whole kilometres between two pressures (Pa), with what they are above. */
export function drawHeights(
  chart: Drawing,
  axis: { x: number; bottom: number; top: number; y: (pressurePa: number) => number; fontSize: number },
  heightAt: (pressurePa: number) => number,
): void {
  const { x, y, fontSize, bottom, top } = axis;
  const [lowest, highest] = [heightAt(bottom), heightAt(top)];
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return;
  const most = Math.max(2, Math.floor((y(bottom) - y(top)) / (fontSize * 3)));
  const ticks = scaleLinear()
    .domain([lowest / 1000, highest / 1000])
    .ticks(Math.min(most, 20));
  label(chart, x + fontSize * 0.1, y(top) - fontSize * 2.5, 'height (gpkm)', {
    anchor: 'middle',
    size: fontSize,
  });
  const position = (kilometres: number): number => y(pressureAt(kilometres * 1000, bottom, top, heightAt));
  for (const kilometres of spaced(ticks, position, fontSize * 1.35)) {
    const at = position(kilometres);
    chart
      .append('line')
      .attr('x1', short(x))
      .attr('x2', short(x + fontSize * 0.35))
      .attr('y1', short(at))
      .attr('y2', short(at))
      .attr('stroke', INK);
    label(chart, x + fontSize * 0.6, at, `${kilometres}`, { size: fontSize });
  }
}

/** The pressure between two at which a height is reached, by halving. */
function pressureAt(
  heightM: number,
  bottom: number,
  top: number,
  heightAt: (pressurePa: number) => number,
): number {
  let [low, high] = [Math.log(bottom), Math.log(top)];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (heightAt(Math.exp(middle)) < heightM) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
