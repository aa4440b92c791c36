/** When the stations of a folder have launches: a bar for each, or numbers by year where there are too many for that. */
import { max } from 'd3-array';
import { axisBottom, axisLeft } from 'd3-axis';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type BarName, barName, fitName } from './bar-names.js';
import {
  createChart,
  type Drawing,
  drawAxis,
  fontSizeFor,
  label,
  legible,
  short,
  spaced,
  svgText,
} from './drawing.js';
import { fitText, textWidth } from './font.js';
import { COLOUR, FAINT, sequentialColour } from './palette.js';
import type { StationPeriod } from './station-period.js';
import { counted, grouped, periodText, yearOf } from './years.js';

const PREFIX = 'coverage-timeline';
/** More bars than these are no longer read one by one. */
const MAX_BARS = 60;

interface Span {
  first: number;
  last: number;
}

/**
 * The launches of stations over the years as one `<svg>` element: a bar per station and dataset, darker where a year has more of
 * them; of more than 60 (or than fit into the height) the number of stations and of launches by year. The height fits the bars
 * where it is left out.
 */
export function coverageTimeline(
  stations: readonly StationPeriod[],
  options: { width: number; height?: number },
): string {
  const { width } = options;
  const fontSize = fontSizeFor(width);
  const [head, foot] = [fontSize * 4.6, fontSize * 6.6];
  const row = fontSize * 1.7;
  const span = spanOf(stations);
  const fits =
    options.height === undefined || stations.length * fontSize * 1.25 <= options.height - head - foot;
  const asBars = stations.length <= MAX_BARS && fits;
  const natural = asBars ? Math.max(stations.length, 3) * row : width * 0.42;
  const height = Math.round(options.height ?? head + natural + foot);
  const bodyHeight = Math.max(height - head - foot, 40);
  const ids = new Set(stations.map(({ id }) => id)).size;
  const title =
    ids === 0
      ? 'No stations'
      : `Launches of ${counted(ids, 'station', 'stations')}, ${periodText(span.first, span.last)}`;
  const chart = createChart(
    { width, height, fontSize },
    { prefix: PREFIX, title, description: describe(stations, asBars) },
  );
  label(chart, fontSize, fontSize * 1.4, fitText(title, width - 2 * fontSize, fontSize * 1.3, true), {
    size: fontSize * 1.3,
    bold: true,
  });
  label(chart, fontSize, fontSize * 3, fitText(subtitle(stations), width - 2 * fontSize, fontSize), {
    size: fontSize,
  });
  const area = { top: head, height: bodyHeight, width, fontSize };
  if (!Number.isFinite(span.first))
    label(chart, width / 2, head + bodyHeight / 2, 'no launches', { anchor: 'middle', size: fontSize });
  else if (asBars) drawBars(chart, stations, span, area);
  else drawYears(chart, stations, span, area);
  return svgText(chart);
}

interface Area {
  top: number;
  height: number;
  width: number;
  fontSize: number;
}

function drawBars(
  chart: Drawing,
  stations: readonly StationPeriod[],
  span: Span,
  { top, height, width, fontSize }: Area,
): void {
  const datasets = new Set(stations.map(({ dataset }) => dataset));
  // Some datasets have the names of their stations, others only the ids.
  const called = new Map(stations.filter(({ name }) => name !== '').map(({ id, name }) => [id, name]));
  const names = stations.map((station) => barName(station, called, datasets.size > 1));
  const widest = max(names, ({ station, dataset }) => textWidth(station + dataset, fontSize)) ?? 0;
  const legend = 'launches a year';
  const left = Math.max(Math.min(widest, width * 0.3), textWidth(legend, fontSize)) + fontSize * 1.6;
  const right = width - fontSize * 1.5;
  const x = scaleLinear()
    .domain([span.first, span.last + 1])
    .range([left, right]);
  const most = max(stations, ({ launchesByYear }) => max(launchesByYear.values())) ?? 1;
  const colour = sequentialColour(Math.sqrt(most), 0);
  const row = height / Math.max(stations.length, 3);
  yearAxis(chart, x, { top, bottom: top + height }, fontSize);
  const bars = chart.append('g').attr('shape-rendering', 'crispEdges');
  const inOrder = stations
    .map((station, i) => ({ station, name: names[i] as BarName }))
    .sort(
      (a, b) => order(a.station.first) - order(b.station.first) || (a.station.id < b.station.id ? -1 : 1),
    );
  for (const [i, { station, name }] of inOrder.entries()) {
    const middle = top + row * (i + 0.5);
    label(chart, left - fontSize * 0.5, middle, fitName(name, left - fontSize * 1.5, fontSize), {
      anchor: 'end',
      size: fontSize,
    });
    const bar = bars.append('g');
    bar.append('title').text(legible(barText(station)));
    for (const [year, launches] of station.launchesByYear) {
      if (!(launches > 0)) continue;
      bar
        .append('rect')
        .attr('x', short(x(year)))
        .attr('y', short(middle - row * 0.36))
        .attr('width', short(Math.max(x(year + 1) - x(year), 0.7)))
        .attr('height', short(row * 0.72))
        .attr('fill', colour(Math.sqrt(launches)));
    }
  }
  const scale = [1, 10, 100, 1000, 10_000].filter((n) => n <= most);
  let at = left;
  const y = top + height + fontSize * 5;
  label(chart, at - fontSize * 0.5, y, legend, { anchor: 'end', size: fontSize });
  for (const n of [...new Set([...scale, most])]) {
    chart
      .append('rect')
      .attr('x', short(at))
      .attr('y', short(y - fontSize * 0.5))
      .attr('width', fontSize)
      .attr('height', fontSize)
      .attr('fill', colour(Math.sqrt(n)));
    label(chart, at + fontSize * 1.3, y, grouped(n), { size: fontSize });
    at += fontSize * 2.6 + textWidth(grouped(n), fontSize);
  }
}

function drawYears(
  chart: Drawing,
  stations: readonly StationPeriod[],
  span: Span,
  { top, height, width, fontSize }: Area,
): void {
  const byYear = yearsOf(stations);
  const left = fontSize * 6.5;
  const x = scaleLinear()
    .domain([span.first, span.last + 1])
    .range([left, width - fontSize * 1.5]);
  const gap = fontSize * 2.4;
  const panel = (height - gap - fontSize * 1.4) / 2;
  const panels = [
    {
      title: 'stations with launches, by year',
      colour: COLOUR.blue,
      of: (n: YearTotals) => n.stations,
      top: top + fontSize * 2.2,
    },
    {
      title: 'launches, by year',
      colour: COLOUR.vermilion,
      of: (n: YearTotals) => n.launches,
      top: top + fontSize * 2.2 + panel + gap,
    },
  ];
  for (const [i, { title, colour, of, top: upper }] of panels.entries()) {
    const lower = upper + panel - fontSize * 0.8;
    const y = scaleLinear()
      .domain([0, max(byYear.values(), of) ?? 1])
      .nice(4)
      .range([lower, upper]);
    if (i === panels.length - 1) yearAxis(chart, x, { top: upper, bottom: lower }, fontSize);
    const whole = y
      .ticks(Math.max(1, Math.min(6, Math.floor(panel / (fontSize * 2.5)))))
      .filter(Number.isInteger);
    const ticks = spaced(whole, y, fontSize * 1.35);
    const axis = axisLeft(y)
      .tickValues(ticks)
      .tickFormat((n) => grouped(Number(n)))
      .tickSize(fontSize * 0.3);
    drawAxis(chart, { x: left, y: 0 }, axis, fontSize);
    label(chart, left, upper - fontSize * 1, title, { size: fontSize, bold: true });
    const bars = chart.append('g').attr('fill', colour);
    for (const [year, totals] of byYear)
      bars
        .append('rect')
        .attr('x', short(x(year)))
        .attr('y', short(y(of(totals))))
        .attr('width', short(Math.max((x(year + 1) - x(year)) * 0.88, 0.5)))
        .attr('height', short(lower - y(of(totals))))
        .append('title')
        .text(`${year}: ${grouped(of(totals))}`);
  }
}

interface YearTotals {
  stations: number;
  launches: number;
}

/** Of each year, the stations and their launches; a station of several datasets counts once, with the launches of that which has most. */
function yearsOf(stations: readonly StationPeriod[]): Map<number, YearTotals> {
  const launches = new Map<string, Map<number, number>>();
  for (const { id, launchesByYear } of stations) {
    const own = launches.get(id) ?? new Map<number, number>();
    launches.set(id, own);
    for (const [year, n] of launchesByYear) if (n > 0) own.set(year, Math.max(own.get(year) ?? 0, n));
  }
  const totals = new Map<number, YearTotals>();
  for (const own of launches.values())
    for (const [year, n] of own) {
      const total = totals.get(year) ?? { stations: 0, launches: 0 };
      totals.set(year, { stations: total.stations + 1, launches: total.launches + n });
    }
  return new Map([...totals].sort(([a], [b]) => a - b));
}

/** Years along the foot, with a faint line up from each. */
function yearAxis(
  chart: Drawing,
  x: ScaleLinear<number, number>,
  { top, bottom }: { top: number; bottom: number },
  fontSize: number,
): void {
  const [left = 0, right = 0] = x.range();
  const most = Math.max(2, Math.floor((right - left) / (fontSize * 4.5)));
  const ticks = x.ticks(most).filter(Number.isInteger);
  const grid = chart.append('g').attr('stroke', FAINT).attr('stroke-width', 0.6);
  for (const year of ticks)
    grid
      .append('line')
      .attr('x1', short(x(year)))
      .attr('x2', short(x(year)))
      .attr('y1', short(top))
      .attr('y2', short(bottom));
  const axis = axisBottom(x)
    .tickValues(ticks)
    .tickFormat((year) => `${Number(year)}`)
    .tickSize(fontSize * 0.3);
  drawAxis(chart, { x: 0, y: bottom }, axis, fontSize);
  label(chart, (left + right) / 2, bottom + fontSize * 2.9, 'year (UTC)', {
    anchor: 'middle',
    size: fontSize,
  });
}

/** Years from the first to the last that has a launch; those of the periods where launches by year are not known. */
function spanOf(stations: readonly StationPeriod[]): Span {
  const span: Span = { first: Number.NaN, last: Number.NaN };
  for (const { launchesByYear, first, last } of stations) {
    const years = [...launchesByYear].filter(([, n]) => n > 0).map(([year]) => year);
    for (const year of years.length > 0 ? years : [yearOf(first), yearOf(last)]) {
      if (!Number.isFinite(year)) continue;
      if (!(year >= span.first)) span.first = year;
      if (!(year <= span.last)) span.last = year;
    }
  }
  return span;
}

function order(first: number): number {
  return Number.isFinite(first) ? first : Number.POSITIVE_INFINITY;
}

function barText({ id, name, dataset, first, last, launches }: StationPeriod): string {
  const called = name === '' ? id : `${name} (${id})`;
  return `${called}, ${dataset}: ${periodText(yearOf(first), yearOf(last))}, ${counted(launches, 'launch', 'launches')}`;
}

function subtitle(stations: readonly StationPeriod[]): string {
  const datasets = [...new Set(stations.map(({ dataset }) => legible(dataset)))].sort();
  return datasets.length === 0 ? '' : `datasets: ${datasets.join(', ')}`;
}

function describe(stations: readonly StationPeriod[], asBars: boolean): string {
  if (asBars) return `One bar for each station and dataset. ${stations.map(barText).join('; ')}.`;
  const years = [...yearsOf(stations)];
  const peak = years.reduce((best, entry) => (entry[1].launches > best[1].launches ? entry : best), [
    0,
    { stations: 0, launches: 0 },
  ] as [number, YearTotals]);
  return `Stations with launches and launches, by year. Most launches: ${peak[0]}, ${grouped(peak[1].launches)} of ${counted(peak[1].stations, 'station', 'stations')}.`;
}
