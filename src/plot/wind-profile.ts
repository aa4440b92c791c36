/** A launch without temperature, such as a pilot balloon: speed and direction of the wind over height. */
import { extent, max } from 'd3-array';
import { axisBottom, axisLeft } from 'd3-axis';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { LaunchHeader } from '../reading/launch.js';
import { createChart, type Drawing, drawAxis, fontSizeFor, label, short, svgText } from './drawing.js';
import { drawHeading, type FileFacts, HEADING_LINES, launchText, stationTitle, timeText } from './heading.js';
import { COLOUR, FAINT } from './palette.js';
import { pathOf } from './skewt-background.js';
import type { LaunchCurves, Wind } from './sounding.js';
import { drawBarbs } from './wind-barbs.js';
import { counted } from './years.js';

const PREFIX = 'wind-profile';

/** The winds with their geopotential heights in km; heights of pressures by the launch or the standard atmosphere. */
type Level = Wind & { kilometres: number };

/** The diagram as one `<svg>` element, also of a launch without any wind. */
export function windProfile(
  header: LaunchHeader,
  facts: FileFacts,
  curves: LaunchCurves,
  options: { width: number; height?: number | undefined },
): string {
  const { width } = options;
  const fontSize = fontSizeFor(width);
  const [left, right] = [fontSize * 5, fontSize * 6.5];
  const [head, foot] = [fontSize * (HEADING_LINES + 2.4), fontSize * 7];
  const height = Math.round(options.height ?? head + foot + Math.max(width * 0.5, fontSize * 24));
  const gap = fontSize * 4.5;
  const panel = (width - left - right - gap) / 2;
  const area: Area = { top: head, bottom: Math.max(height - foot, head + 40), fontSize };
  const levels = levelsOf(curves);
  const chart = createChart(
    { width, height, fontSize },
    {
      prefix: PREFIX,
      title: `Wind profile: ${stationTitle(facts)}, ${timeText(header.time)}`,
      description: `${levels.length} winds of the launch at ${launchText(header)}; it has no temperatures.`,
    },
  );
  drawHeading(chart, { title: stationTitle(facts), subtitle: [launchText(header)], facts }, width, fontSize);
  const y = scaleLinear().domain(heightDomain(levels)).range([area.bottom, area.top]);
  const ticks = Math.max(3, Math.floor((area.bottom - area.top) / (fontSize * 4)));
  drawAxis(
    chart,
    { x: left, y: 0 },
    axisLeft(y)
      .ticks(ticks)
      .tickSize(fontSize * 0.35),
    fontSize,
  );
  const grid = chart.append('g').attr('stroke', FAINT).attr('stroke-width', 0.6);
  for (const kilometres of y.ticks(ticks))
    for (const x of [left, left + panel + gap])
      grid
        .append('line')
        .attr('x1', short(x))
        .attr('x2', short(x + panel))
        .attr('y1', short(y(kilometres)))
        .attr('y2', short(y(kilometres)));
  label(chart, fontSize * 1.1, (area.top + area.bottom) / 2, 'geopotential height (km)', {
    anchor: 'middle',
    size: fontSize,
    rotate: -90,
  });
  const fastest = Math.max(4, max(levels, ({ speed }) => speed) ?? 0) * 1.05;
  const speed = scaleLinear()
    .domain([0, fastest])
    .nice()
    .range([left, left + panel]);
  const direction = scaleLinear()
    .domain([0, 360])
    .range([left + panel + gap, left + panel * 2 + gap]);
  drawSpeed(chart, levels, { speed, y }, area);
  drawDirection(chart, levels, { direction, y }, area);
  drawBarbs(
    chart,
    levels,
    {
      x: width - right + fontSize * 3.3,
      y: (wind) => y((wind as Level).kilometres),
      top: area.top,
      bottom: area.bottom,
      fontSize,
    },
    header.latitude < 0,
  );
  if (levels.length === 0)
    label(chart, left + panel / 2, (area.top + area.bottom) / 2, 'no winds', {
      anchor: 'middle',
      size: fontSize,
    });
  for (const [i, remark] of remarks(levels, curves).entries())
    label(chart, left, height - fontSize * (2.4 - 1.4 * i), remark, { size: fontSize, fill: '#444444' });
  return svgText(chart);
}

interface Area {
  top: number;
  bottom: number;
  fontSize: number;
}

function levelsOf({ winds, heightAt }: LaunchCurves): Level[] {
  return winds
    .map((wind) => ({
      ...wind,
      kilometres: (Number.isFinite(wind.height) ? wind.height : heightAt(wind.pressure)) / 1000,
    }))
    .filter(({ kilometres }) => Number.isFinite(kilometres))
    .sort((a, b) => a.kilometres - b.kilometres);
}

/** Kilometres: from the ground, and at least one of them. */
function heightDomain(levels: readonly Level[]): [number, number] {
  const [lowest = 0, highest = 0] = extent(levels, ({ kilometres }) => kilometres);
  const from = Math.min(0, Math.floor(lowest * 2) / 2);
  return [from, Math.max(from + 1, Math.ceil(highest * 2 + 0.2) / 2)];
}

function drawSpeed(
  chart: Drawing,
  levels: readonly Level[],
  { speed, y }: { speed: ScaleLinear<number, number>; y: ScaleLinear<number, number> },
  { bottom, top, fontSize }: Area,
): void {
  const [from = 0, to = 0] = speed.range();
  const ticks = Math.max(3, Math.floor((to - from) / (fontSize * 4)));
  drawAxis(
    chart,
    { x: 0, y: bottom },
    axisBottom(speed)
      .ticks(ticks)
      .tickSize(fontSize * 0.35),
    fontSize,
  );
  label(chart, (from + to) / 2, bottom + fontSize * 2.8, 'wind speed (m/s)', {
    anchor: 'middle',
    size: fontSize,
  });
  label(chart, from, top - fontSize, 'speed', { size: fontSize, bold: true });
  const points = levels.map((level) => [speed(level.speed), y(level.kilometres)] as [number, number]);
  chart
    .append('path')
    .attr('d', pathOf(points) ?? '')
    .attr('fill', 'none')
    .attr('stroke', COLOUR.blue)
    .attr('stroke-width', 1.6);
  dots(chart, points, COLOUR.blue, fontSize);
}

/** Points only: a line would cross the panel wherever the wind turns through north. */
function drawDirection(
  chart: Drawing,
  levels: readonly Level[],
  { direction, y }: { direction: ScaleLinear<number, number>; y: ScaleLinear<number, number> },
  { bottom, top, fontSize }: Area,
): void {
  const [from = 0, to = 0] = direction.range();
  const names = ['N', 'E', 'S', 'W', 'N'];
  const axis = axisBottom(direction)
    .tickValues([0, 90, 180, 270, 360])
    .tickFormat((degrees) => `${Number(degrees)}° ${names[Number(degrees) / 90] ?? ''}`)
    .tickSize(fontSize * 0.35);
  drawAxis(chart, { x: 0, y: bottom }, axis, fontSize);
  label(chart, (from + to) / 2, bottom + fontSize * 2.8, 'wind from direction (degrees)', {
    anchor: 'middle',
    size: fontSize,
  });
  label(chart, from, top - fontSize, 'direction', { size: fontSize, bold: true });
  const blowing = levels.filter(({ speed }) => speed > 0);
  dots(
    chart,
    blowing.map((level) => [direction(level.direction), y(level.kilometres)]),
    COLOUR.vermilion,
    fontSize,
  );
}

function dots(chart: Drawing, points: readonly [number, number][], colour: string, fontSize: number): void {
  const radius = short(fontSize * (points.length > 300 ? 0.12 : 0.24));
  const group = chart.append('g').attr('fill', colour);
  for (const [x, y] of points)
    group.append('circle').attr('cx', short(x)).attr('cy', short(y)).attr('r', radius);
}

function remarks(levels: readonly Level[], curves: LaunchCurves): string[] {
  const { leftOut, heightsAre, hasHeightsFromGeometric, windsWithoutLatitude } = curves;
  const fromPressure = levels.some(({ height }) => !Number.isFinite(height));
  return [
    `${counted(levels.length, 'wind', 'winds')}, no temperatures${
      leftOut > 0 ? `; ${counted(leftOut, 'value', 'values')} not shown (failed, repeated or impossible)` : ''
    }`,
    [
      'barbs: 5, 10, 50 kt',
      ...(fromPressure ? [`heights ${heightsAre}`] : []),
      ...(hasHeightsFromGeometric ? ['some from geometric heights'] : []),
      ...(windsWithoutLatitude > 0
        ? [`${counted(windsWithoutLatitude, 'wind', 'winds')} not shown (no latitude)`]
        : []),
    ].join('; '),
  ];
}
