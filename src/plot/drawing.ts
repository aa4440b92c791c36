/**
 * Charts of station files: a launch as a skew-T, what a station has over its life, departures from the first guess, and the stations
 * of a folder on a map and over time. A chart is a function from plain values to one `<svg>` element as text; axes, shapes and
 * projections are those of D3 on a document of its own, text is measured in the font that ends up in a PNG.
 */
import type { Axis } from 'd3-axis';
import { type BaseType, type Selection, select } from 'd3-selection';
import { DOMParser } from 'linkedom';
import { FONT_FAMILY } from './font.js';
import { INK } from './palette.js';

/** An element of a chart to which others are appended. */
export type Drawing = Selection<BaseType, unknown, null, undefined>;

/** Size of a chart in CSS pixels, and of its text. */
export interface ChartSize {
  width: number;
  height: number;
  /** Of the tick labels; titles are larger. */
  fontSize: number;
}

/** What a chart is called and what it shows, for those who cannot see it; `prefix` keeps its ids apart from those of others. */
export interface ChartText {
  prefix: string;
  title: string;
  description: string;
}

/** Text grows with the width of a chart, but slower: 11.3 pixels at 800, 12 at 1000, 14.2 at 1600. */
export function fontSizeFor(width: number): number {
  return Math.round(Math.max(10.5, 8.4 + width * 0.0036) * 10) / 10;
}

/** An empty white chart. */
export function createChart({ width, height, fontSize }: ChartSize, text: ChartText): Drawing {
  const document = new DOMParser().parseFromString(
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'image/svg+xml',
  );
  const chart: Drawing = select(document.documentElement as BaseType);
  chart
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('width', width)
    .attr('height', height)
    .attr('role', 'img')
    .attr('aria-labelledby', `${text.prefix}-title ${text.prefix}-description`)
    .attr('font-family', FONT_FAMILY)
    .attr('font-size', fontSize)
    .attr('fill', INK);
  chart.append('title').attr('id', `${text.prefix}-title`).text(legible(text.title));
  chart.append('desc').attr('id', `${text.prefix}-description`).text(legible(text.description));
  chart.append('rect').attr('width', width).attr('height', height).attr('fill', '#ffffff');
  return chart;
}

/** The chart as one `<svg>` element. */
export function svgText(chart: Drawing): string {
  return String(chart.node());
}

export interface LabelStyle {
  anchor?: 'start' | 'middle' | 'end';
  size?: number;
  bold?: boolean;
  fill?: string;
  /** Degrees clockwise about the anchor. */
  rotate?: number;
  /** A white rim, for text over lines. */
  halo?: boolean;
}

/** A text whose middle is at height `y`. */
export function label(parent: Drawing, x: number, y: number, text: string, style: LabelStyle = {}): Drawing {
  const place = `translate(${short(x)},${short(y)})`;
  const element = parent
    .append('text')
    .attr('transform', style.rotate === undefined ? place : `${place} rotate(${style.rotate})`)
    .attr('dy', '0.36em')
    .text(legible(text));
  if (style.anchor !== undefined) element.attr('text-anchor', style.anchor);
  if (style.size !== undefined) element.attr('font-size', style.size);
  if (style.bold === true) element.attr('font-weight', 'bold');
  if (style.fill !== undefined) element.attr('fill', style.fill);
  if (style.halo === true)
    element
      .attr('stroke', '#ffffff')
      .attr('stroke-width', '0.28em')
      .attr('stroke-linejoin', 'round')
      .attr('paint-order', 'stroke');
  return element as Drawing;
}

/** An axis of D3 in the style of the charts, at a place of the chart. */
export function drawAxis<Domain>(
  parent: Drawing,
  place: { x: number; y: number },
  axis: Axis<Domain>,
  fontSize: number,
): Drawing {
  const group = parent.append('g').attr('transform', `translate(${short(place.x)},${short(place.y)})`);
  // The axis asks for an element of a browser's document: that of the chart offers all it uses.
  group.call(axis.tickPadding(fontSize * 0.35).tickSizeOuter(0) as unknown as (selection: Drawing) => void);
  group.attr('font-size', fontSize).attr('font-family', null);
  group.selectAll('line, path').attr('stroke', INK);
  group.selectAll('text').attr('fill', INK);
  return group as Drawing;
}

/** Of values along an axis those whose labels keep `least` pixels between their middles, from the first on. */
export function spaced<Value>(
  values: readonly Value[],
  position: (value: Value) => number,
  least: number,
): Value[] {
  let last = Number.NaN;
  return values.filter((value) => {
    const at = position(value);
    if (!Number.isFinite(at) || Math.abs(at - last) < least) return false;
    last = at;
    return true;
  });
}

/** As `spaced`, but values of a lower rank go before others; the result is in the order of the values. */
export function spacedByRank<Value>(
  values: readonly Value[],
  position: (value: Value) => number,
  least: number,
  rank: (value: Value) => number,
): Value[] {
  const kept = new Map<Value, number>();
  for (const value of [...values].sort((a, b) => rank(a) - rank(b))) {
    const at = position(value);
    if (Number.isFinite(at) && [...kept.values()].every((other) => Math.abs(at - other) >= least))
      kept.set(value, at);
  }
  return values.filter((value) => kept.has(value));
}

/** Coordinates with two decimals: finer than any printer, and short. */
export function short(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Text without the characters that XML does not allow, whatever the source wrote, on one line. */
export function legible(text: string): string {
  return [...text.replace(/\s+/gu, ' ')]
    .filter((character) => {
      const code = character.codePointAt(0) ?? 0;
      const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
      return !isControl && !(code >= 0xd800 && code < 0xe000) && !isDirectional(code) && code < 0xfffe;
    })
    .join('')
    .trim();
}

/** Marks that turn the direction of what follows. */
function isDirectional(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}
