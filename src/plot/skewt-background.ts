/** The lines of an empty skew-T: isobars, isotherms, dry and moist adiabats, lines of constant mixing ratio, and their axes. */
import { range } from 'd3-array';
import { line } from 'd3-shape';
import { dryAdiabat, moistAdiabat } from '../atmosphere/adiabats.js';
import { REFERENCE_PRESSURE, ZERO_CELSIUS } from '../atmosphere/constants.js';
import { dewPointFromMixingRatio } from '../atmosphere/humidity.js';
import { type Drawing, label, short, spacedByRank } from './drawing.js';
import { COLOUR, INK } from './palette.js';
import { createPlacedText } from './placed-text.js';
import { ISOBARS, pressureRank, pressureSteps, type SkewtFrame } from './skewt-frame.js';

/** How each kind of line is drawn, for the diagram and its legend. */
export const LINE_STYLE = {
  isotherm: { stroke: '#9a9a9a', width: 0.6, dash: '' },
  dryAdiabat: { stroke: COLOUR.orange, width: 0.7, dash: '' },
  moistAdiabat: { stroke: COLOUR.green, width: 0.7, dash: '6 3' },
  mixingRatio: { stroke: COLOUR.purple, width: 1, dash: '2 2.5' },
} as const;

/** Lines of constant mixing ratio, g/kg, and how far up they go, Pa. */
const MIXING_RATIOS = [0.1, 0.4, 1, 2, 4, 7, 10, 16, 24, 32];
const MIXING_TOP = 45_000;
/** Where moist adiabats can no longer be told from dry ones, Pa. */
const MOIST_TOP = 20_000;

type Style = (typeof LINE_STYLE)[keyof typeof LINE_STYLE];

/** The line of points (x, y) in pixels. */
export const pathOf = line().digits(1);

/** @param prefix of the id of the clip path that keeps lines in the box */
export function drawBackground(chart: Drawing, frame: SkewtFrame, prefix: string, fontSize: number): Drawing {
  const { box } = frame;
  chart
    .append('clipPath')
    .attr('id', `${prefix}-box`)
    .append('rect')
    .attr('x', box.x)
    .attr('y', box.y)
    .attr('width', box.width)
    .attr('height', box.height);
  const inside = chart.append('g').attr('clip-path', `url(#${prefix}-box)`).attr('fill', 'none') as Drawing;
  drawIsotherms(inside, frame);
  drawAdiabats(inside, frame);
  const ends = drawMixingRatios(inside, frame);
  drawIsobars(chart, inside, frame, fontSize);
  const size = fontSize * 0.8;
  const labels = createPlacedText(box, size * 0.6);
  for (const { x, y, text } of ends)
    labels.place(chart, text, [{ x, y: y - size * 0.8, anchor: 'middle' }], {
      size,
      fill: '#8a4a74',
      halo: true,
    });
  chart
    .append('rect')
    .attr('x', box.x)
    .attr('y', box.y)
    .attr('width', box.width)
    .attr('height', box.height)
    .attr('fill', 'none')
    .attr('stroke', INK);
  drawTemperatures(chart, frame, fontSize);
  return inside;
}

function strokeOf(path: Drawing, { stroke, width, dash }: Style): Drawing {
  path.attr('stroke', stroke).attr('stroke-width', width);
  if (dash !== '') path.attr('stroke-dasharray', dash);
  return path;
}

function drawIsotherms(inside: Drawing, frame: SkewtFrame): void {
  const group = strokeOf(inside.append('g') as Drawing, LINE_STYLE.isotherm);
  for (let celsius = -150; celsius <= 60; celsius += 10) {
    const t = celsius + ZERO_CELSIUS;
    const isotherm = group
      .append('line')
      .attr('x1', short(frame.x(t, frame.bottom)))
      .attr('y1', short(frame.y(frame.bottom)))
      .attr('x2', short(frame.x(t, frame.top)))
      .attr('y2', short(frame.y(frame.top)));
    if (celsius === 0) isotherm.attr('stroke', '#444444').attr('stroke-width', 1.2);
  }
}

function drawAdiabats(inside: Drawing, frame: SkewtFrame): void {
  const dry = strokeOf(inside.append('g') as Drawing, LINE_STYLE.dryAdiabat);
  const steps = pressureSteps(frame.bottom, frame.top, 60);
  for (const theta of [...range(230, 460, 20), ...range(460, 1100, 40)])
    dry
      .append('path')
      .attr('d', pathOf(steps.map((p) => [frame.x(dryAdiabat(p, theta), p), frame.y(p)])) ?? '');
  const moist = strokeOf(inside.append('g') as Drawing, LINE_STYLE.moistAdiabat);
  const moistSteps = pressureSteps(frame.bottom, Math.max(frame.top, MOIST_TOP), 60);
  for (const celsius of range(-20, 41, 5)) {
    const temperatures = moistAdiabat(moistSteps, REFERENCE_PRESSURE, celsius + ZERO_CELSIUS);
    moist
      .append('path')
      .attr('d', pathOf(moistSteps.map((p, i) => [frame.x(temperatures[i] as number, p), frame.y(p)])) ?? '');
  }
}

function drawMixingRatios(inside: Drawing, frame: SkewtFrame): { x: number; y: number; text: string }[] {
  const group = strokeOf(inside.append('g') as Drawing, LINE_STYLE.mixingRatio);
  const upper = Math.max(frame.top, MIXING_TOP);
  const steps = pressureSteps(frame.bottom, upper, 20);
  return MIXING_RATIOS.map((gramsPerKilogram) => {
    const x = (p: number): number => frame.x(dewPointFromMixingRatio(p, gramsPerKilogram / 1000), p);
    group.append('path').attr('d', pathOf(steps.map((p) => [x(p), frame.y(p)])) ?? '');
    return { x: x(upper), y: frame.y(upper), text: `${gramsPerKilogram}` };
  });
}

function drawIsobars(chart: Drawing, inside: Drawing, frame: SkewtFrame, fontSize: number): void {
  const { box } = frame;
  const isobars = inside.append('g').attr('stroke', '#9a9a9a').attr('stroke-width', 0.6);
  const pressures = ISOBARS.filter((p) => p >= frame.top && p <= frame.bottom);
  for (const pressure of pressures)
    isobars
      .append('line')
      .attr('x1', box.x)
      .attr('x2', short(box.x + box.width))
      .attr('y1', short(frame.y(pressure)))
      .attr('y2', short(frame.y(pressure)));
  for (const pressure of spacedByRank(pressures, frame.y, fontSize * 1.35, pressureRank))
    label(chart, box.x - fontSize * 0.5, frame.y(pressure), `${pressure / 100}`, {
      anchor: 'end',
      size: fontSize,
    });
  label(chart, fontSize * 1.1, box.y + box.height / 2, 'pressure (hPa)', {
    anchor: 'middle',
    size: fontSize,
    rotate: -90,
  });
}

/** Isotherms by their temperature where they leave the box: below, and above for those that never come down. */
function drawTemperatures(chart: Drawing, frame: SkewtFrame, fontSize: number): void {
  const { box } = frame;
  const edges = [
    { pressure: frame.bottom, y: box.y + box.height, away: 1 },
    { pressure: frame.top, y: box.y, away: -1 },
  ];
  for (const { pressure, y, away } of edges) {
    const last = frame.temperatureAt(box.x + box.width, pressure) - ZERO_CELSIUS;
    const first = Math.ceil((frame.temperatureAt(box.x, pressure) - ZERO_CELSIUS) / 10) * 10;
    const every = ((box.width / (last - first)) * 10) / fontSize < 3 ? 20 : 10;
    for (let celsius = first; celsius <= last + 0.01; celsius += 10) {
      if (celsius % every !== 0) continue;
      const x = frame.x(celsius + ZERO_CELSIUS, pressure);
      chart
        .append('line')
        .attr('x1', short(x))
        .attr('x2', short(x))
        .attr('y1', short(y))
        .attr('y2', short(y + away * fontSize * 0.35))
        .attr('stroke', INK);
      label(chart, x, y + away * fontSize * 1.05, minus(celsius), { anchor: 'middle', size: fontSize });
    }
  }
  label(chart, box.x + box.width / 2, box.y + box.height + fontSize * 2.5, 'temperature (°C)', {
    anchor: 'middle',
    size: fontSize,
  });
}

/** A number with a minus sign as wide as a plus, and none before a zero. */
export function minus(value: number | string): string {
  return Number(value) === 0 ? String(value).replace('-', '') : String(value).replace('-', '−');
}
