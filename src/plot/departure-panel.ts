/** One panel of departures: curves of a variable or two over pressure, with the number of values beside them. */
import { max } from 'd3-array';
import { axisBottom } from 'd3-axis';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { OBSERVED_VARIABLE as V } from '../records/variables.js';
import type { DepartureProfile } from './departure-statistics.js';
import { type Drawing, drawAxis, label, short, spacedByRank } from './drawing.js';
import { textWidth } from './font.js';
import { COLOUR, FAINT, INK } from './palette.js';
import { minus, pathOf } from './skewt-background.js';
import { ISOBARS, pressureRank } from './skewt-frame.js';
import { grouped } from './years.js';

/** One variable of a panel; `scale` makes the axis' unit of the CDM's. */
export interface Curve {
  code: number;
  colour: string;
  name: string;
  /** Where there is no room for the name. */
  short: string;
  scale: number;
}

export const PANELS: readonly { title: string; unit: string; curves: readonly Curve[] }[] = [
  {
    title: 'temperature',
    unit: 'K',
    curves: [{ code: V.airTemperature, colour: COLOUR.vermilion, name: 'temperature', short: 'T', scale: 1 }],
  },
  {
    title: 'relative humidity',
    unit: '%',
    curves: [
      { code: V.relativeHumidity, colour: COLOUR.blue, name: 'relative humidity', short: 'RH', scale: 1 },
    ],
  },
  {
    title: 'specific humidity',
    unit: 'g/kg',
    curves: [
      { code: V.specificHumidity, colour: COLOUR.blue, name: 'specific humidity', short: 'q', scale: 1000 },
    ],
  },
  {
    title: 'wind',
    unit: 'm/s',
    curves: [
      { code: V.eastwardWind, colour: COLOUR.blue, name: 'eastward', short: 'u', scale: 1 },
      { code: V.northwardWind, colour: COLOUR.orange, name: 'northward', short: 'v', scale: 1 },
    ],
  },
];

export interface Panel {
  from: number;
  to: number;
  top: number;
  bottom: number;
  /** Pixel of the logarithm of a pressure in Pa. */
  y: ScaleLinear<number, number>;
  fontSize: number;
  /** Id of the clip path that keeps curves in the panel. */
  clipId: string;
  /** Room for the numbers beside the panel, 0 for none. */
  counts: number;
}

export function drawPanel(
  chart: Drawing,
  { title, unit, curves }: (typeof PANELS)[number],
  of: (code: number) => DepartureProfile | undefined,
  panel: Panel,
): void {
  const { from, to, top, bottom, y, fontSize } = panel;
  const x = scaleLinear().domain(domainOf(curves, of)).nice(6).range([from, to]);
  const grid = chart.append('g').attr('stroke', FAINT).attr('stroke-width', 0.6);
  for (const pressure of isobarsWithin(y))
    grid
      .append('line')
      .attr('x1', short(from))
      .attr('x2', short(to))
      .attr('y1', short(y(Math.log(pressure))))
      .attr('y2', short(y(Math.log(pressure))));
  chart
    .append('line')
    .attr('x1', short(x(0)))
    .attr('x2', short(x(0)))
    .attr('y1', short(top))
    .attr('y2', short(bottom))
    .attr('stroke', INK)
    .attr('stroke-width', 0.8);
  const axis = axisBottom(x)
    .tickValues(ticksOf(x, fontSize))
    .tickFormat((value) => minus(Number(value)))
    .tickSize(fontSize * 0.35);
  drawAxis(chart, { x: 0, y: bottom }, axis, fontSize);
  label(chart, (from + to) / 2, bottom + fontSize * 2.6, `${title} (${unit})`, {
    anchor: 'middle',
    size: fontSize,
  });
  drawNames(chart, curves, of, panel);
  const inside = drawClip(chart, panel);
  for (const curve of curves) drawCurve(inside, curve, of(curve.code), x, y, fontSize);
  if (panel.counts > 0) drawCounts(chart, of(curves[0]?.code ?? 0) ?? of(curves[1]?.code ?? 0), panel);
}

/** What is drawn in it ends at the edges of the panel. */
function drawClip(chart: Drawing, { clipId, from, to, top, bottom }: Panel): Drawing {
  chart
    .append('clipPath')
    .attr('id', clipId)
    .append('rect')
    .attr('x', short(from))
    .attr('y', short(top))
    .attr('width', short(to - from))
    .attr('height', short(bottom - top));
  return chart.append('g').attr('clip-path', `url(#${clipId})`) as Drawing;
}

/** As many ticks as have room for their labels. */
function ticksOf(x: ScaleLinear<number, number>, fontSize: number): number[] {
  const [from = 0, to = 0] = x.range();
  for (let count = Math.ceil((to - from) / (fontSize * 4)); count > 1; count--) {
    const ticks = x.ticks(count);
    const widest = max(ticks, (tick) => textWidth(minus(tick), fontSize)) ?? 0;
    if (x(ticks[1] ?? 0) - x(ticks[0] ?? 0) > widest + fontSize * 0.8) return ticks;
  }
  return [0];
}

/** Above a panel of several curves: what its colours are. */
function drawNames(
  chart: Drawing,
  curves: readonly Curve[],
  of: (code: number) => DepartureProfile | undefined,
  { from, to, top, fontSize, counts }: Panel,
): void {
  if (counts > 0)
    label(chart, to + counts, top - fontSize, 'count', { anchor: 'end', size: fontSize * 0.85 });
  if (curves.length < 2) return;
  const isNarrow = to - from < fontSize * 13;
  let x = from;
  for (const { code, colour, name: long, short: brief } of curves) {
    const name = isNarrow ? brief : long;
    if (of(code) === undefined) continue;
    chart
      .append('circle')
      .attr('cx', short(x + fontSize * 0.35))
      .attr('cy', short(top - fontSize))
      .attr('r', short(fontSize * 0.35))
      .attr('fill', colour);
    label(chart, x + fontSize, top - fontSize, name, { size: fontSize });
    x += fontSize * 2 + textWidth(name, fontSize);
  }
}

function drawCurve(
  chart: Drawing,
  { colour, scale }: Curve,
  profile: DepartureProfile | undefined,
  x: ScaleLinear<number, number>,
  y: ScaleLinear<number, number>,
  fontSize: number,
): void {
  if (profile === undefined) return;
  const pixels = (value: (level: DepartureProfile['levels'][number]) => number): [number, number][] =>
    profile.levels
      .filter((level) => Number.isFinite(value(level)))
      .map((level) => [x(value(level) * scale), y(Math.log(level.pressure))]);
  const means = pixels(({ mean }) => mean);
  const deviations = pixels(({ deviation }) => deviation);
  const path = (points: [number, number][]): Drawing =>
    chart
      .append('path')
      .attr('d', pathOf(points) ?? '')
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', 1.6) as Drawing;
  path(means);
  path(deviations).attr('stroke-dasharray', '5 3');
  if (means.length > 200) return;
  for (const [cx, cy] of means)
    chart
      .append('circle')
      .attr('cx', short(cx))
      .attr('cy', short(cy))
      .attr('r', short(fontSize * 0.2))
      .attr('fill', colour);
}

/** Numbers of values beside their levels, as many as there is room for: first where the axis has its labels. */
function drawCounts(
  chart: Drawing,
  profile: DepartureProfile | undefined,
  { to, y, fontSize, counts }: Panel,
): void {
  const size = fontSize * 0.85;
  const at = ({ pressure }: { pressure: number }): number => y(Math.log(pressure));
  const [top = 0, bottom = 0] = y.domain();
  const within = (profile?.levels ?? []).filter(
    ({ pressure }) => Math.log(pressure) >= top && Math.log(pressure) <= bottom,
  );
  for (const level of spacedByRank(within, at, size * 1.25, ({ pressure }) => pressureRank(pressure)))
    label(chart, to + counts, at(level), grouped(level.count), { anchor: 'end', size });
}

export function isobarsWithin(y: ScaleLinear<number, number>): number[] {
  const [top = 0, bottom = 0] = y.domain();
  return ISOBARS.filter((pressure) => Math.log(pressure) >= top && Math.log(pressure) <= bottom);
}

/** As wide to both sides of zero as the means; the standard deviations are positive. */
function domainOf(
  curves: readonly Curve[],
  of: (code: number) => DepartureProfile | undefined,
): [number, number] {
  const extreme = (value: (level: DepartureProfile['levels'][number]) => number): number =>
    max(curves, ({ code, scale }) => max(of(code)?.levels ?? [], (level) => value(level) * scale)) ?? 0;
  const mean = extreme((level) => Math.abs(level.mean));
  const right =
    Math.max(
      mean,
      extreme(({ deviation }) => deviation),
    ) * 1.05;
  return right > 0 ? [-Math.max(mean * 1.05, right / 3), right] : [-1, 1];
}
