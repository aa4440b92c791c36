/** A launch as a skew-T log-p diagram. */
import type { LaunchHeader } from '../reading/launch.js';
import { createChart, type Drawing, fontSizeFor, short, svgText } from './drawing.js';
import { drawHeading, type FileFacts, HEADING_LINES, launchText, stationTitle, timeText } from './heading.js';
import { drawHeights } from './height-axis.js';
import type { Indices } from './indices.js';
import { drawBackground, pathOf } from './skewt-background.js';
import { fitFrame, type SkewtFrame } from './skewt-frame.js';
import { type CurveStyle, curveStyle, drawPanel, PANEL_WIDTH } from './skewt-panel.js';
import type { LaunchCurves, Point } from './sounding.js';
import { drawBarbs } from './wind-barbs.js';

const PREFIX = 'skewt';

export interface SkewtOptions {
  width: number;
  height?: number | undefined;
  /** Pressure at the top in Pa; as high as the launch goes where it is left out. */
  top?: number | undefined;
}

/**
 * The diagram as one `<svg>` element: temperature, dew point and the lifted surface parcel over the lines of the diagram, wind barbs
 * and heights beside it. A launch without temperature gives an empty diagram with its winds: `windProfile` shows more of it.
 */
export function skewt(
  header: LaunchHeader,
  facts: FileFacts,
  curves: LaunchCurves,
  indices: Indices,
  options: SkewtOptions,
): string {
  const { width } = options;
  // The panel beside the diagram is 46 lines high.
  const fontSize = Math.min(fontSizeFor(width), (options.height ?? Number.POSITIVE_INFINITY) / 46);
  const left = fontSize * 5.2;
  const right = fontSize * (3.2 + 5 + 1 + PANEL_WIDTH);
  const [head, foot] = [fontSize * (HEADING_LINES + 3.2), fontSize * 3.6];
  const boxWidth = Math.max(width - left - right, 100);
  const height = Math.round(options.height ?? head + foot + Math.max(boxWidth, fontSize * 38));
  const box = { x: left, y: head, width: boxWidth, height: Math.max(height - head - foot, 100) };
  const title = `${stationTitle(facts)}, ${timeText(header.time)}`;
  const chart = createChart(
    { width, height, fontSize },
    {
      prefix: PREFIX,
      title: `Skew-T log-p diagram: ${title}`,
      description: `${curves.temperature.length} levels with temperature and ${curves.winds.length} winds of the launch at ${launchText(header)}.`,
    },
  );
  drawHeading(chart, { title: stationTitle(facts), subtitle: [launchText(header)], facts }, width, fontSize);
  const frame = fitFrame([curves.temperature, curves.dewPoint], box, options.top ?? Number.NaN);
  const inside = drawBackground(chart, frame, PREFIX, fontSize);
  const style = curveStyle(fontSize);
  drawCurve(inside, frame, parcelCurve(indices), style.parcel);
  drawCurve(inside, frame, curves.dewPoint, style.dewPoint);
  drawCurve(inside, frame, curves.temperature, style.temperature);
  const edge = box.x + box.width;
  const { y, top, bottom } = frame;
  drawHeights(chart, { x: edge, bottom, top, y, fontSize }, curves.heightAt);
  drawBarbs(
    chart,
    curves.winds,
    {
      x: edge + fontSize * 5.4,
      y: (wind) => y(wind.pressure),
      top: box.y,
      bottom: box.y + box.height,
      fontSize,
    },
    header.latitude < 0,
  );
  drawPanel(chart, { x: edge + fontSize * 8.8, y: box.y, fontSize }, curves, indices);
  return svgText(chart);
}

/** The path of the surface parcel up to its equilibrium level, else up to 200 hPa. */
function parcelCurve({ surface }: Indices): Point[] {
  if (surface === null) return [];
  const { path, el } = surface;
  const top = Number.isNaN(el) ? 20_000 : el * 0.98;
  return Array.from(path.pressure, (pressure, i) => ({
    pressure,
    value: path.temperature[i] ?? Number.NaN,
  })).filter(({ pressure }) => pressure >= top);
}

/** A curve, and its points as well where they are so few that a line alone could hide them. */
function drawCurve(
  inside: Drawing,
  frame: SkewtFrame,
  points: readonly Point[],
  { stroke, width, dash }: CurveStyle,
): void {
  const pixels = thinned(
    points.map(({ pressure, value }) => [frame.x(value, pressure), frame.y(pressure)] as [number, number]),
  );
  const curve = inside
    .append('path')
    .attr('d', pathOf(pixels) ?? '')
    .attr('stroke', stroke)
    .attr('stroke-width', width)
    .attr('stroke-linejoin', 'round');
  if (dash !== '') curve.attr('stroke-dasharray', dash);
  if (points.length > 12) return;
  for (const [x, y] of pixels)
    inside
      .append('circle')
      .attr('cx', short(x))
      .attr('cy', short(y))
      .attr('r', short(width * 1.3))
      .attr('fill', stroke);
}

/** Without the points that lie on the same pixel as the one before. */
function thinned(pixels: readonly [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const pixel of pixels) {
    const last = kept[kept.length - 1];
    if (last === undefined || Math.hypot(pixel[0] - last[0], pixel[1] - last[1]) > 0.4) kept.push(pixel);
  }
  return kept;
}
