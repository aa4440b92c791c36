/** The stations of a folder on a map: colour by the first year, size by the number of launches. */
import { extent, max } from 'd3-array';
import { axisBottom } from 'd3-axis';
import { scaleLinear, scaleSqrt } from 'd3-scale';
import { createBaseMap } from './base-map.js';
import {
  createChart,
  type Drawing,
  drawAxis,
  fontSizeFor,
  label,
  legible,
  short,
  svgText,
} from './drawing.js';
import { fitText, textWidth } from './font.js';
import { sequentialColour } from './palette.js';
import { type Box, createPlacedText } from './placed-text.js';
import { type Place, placesOf } from './places.js';
import type { StationPeriod } from './station-period.js';
import { counted, grouped, periodText } from './years.js';

const PREFIX = 'station-map';
/** Up to so many stations have their names on the map, where there is room. */
const MAX_NAMED = 60;

/**
 * A map of stations as one `<svg>` element. A station in several datasets is one mark; those without a fixed place are counted
 * below the title. The height fits the map where it is left out.
 */
export function stationMap(
  stations: readonly StationPeriod[],
  options: { width: number; height?: number },
): string {
  const { width } = options;
  const { places, placeless } = placesOf(stations);
  const fontSize = fontSizeFor(width);
  const head = fontSize * 4.6;
  const foot = fontSize * 6.4;
  const side = fontSize * 4;
  const height = Math.round(options.height ?? (width - 2 * side) * 0.49 + head + foot);
  const frame: Box = {
    x: side,
    y: head,
    width: width - 2 * side,
    height: Math.max(height - head - foot, 50),
  };
  const years = extent(
    places.flatMap(({ firstYear, lastYear }) => [firstYear, lastYear]).filter(Number.isFinite),
  );
  const known = places.length + placeless;
  const period = periodText(years[0] ?? Number.NaN, years[1] ?? Number.NaN);
  const title = known === 0 ? 'No stations' : `${counted(known, 'station', 'stations')}, ${period}`;
  const chart = createChart(
    { width, height, fontSize },
    {
      prefix: PREFIX,
      title: `Map: ${title}`,
      description: describe(places, placeless),
    },
  );
  label(chart, fontSize, fontSize * 1.4, fitText(title, width - 2 * fontSize, fontSize * 1.3, true), {
    size: fontSize * 1.3,
    bold: true,
  });
  label(chart, fontSize, fontSize * 3, fitText(subtitle(places, placeless), width - 2 * fontSize, fontSize), {
    size: fontSize,
  });
  const map = createBaseMap(
    places.map(({ longitude, latitude }) => [longitude, latitude]),
    frame,
  );
  map.draw(chart, PREFIX, fontSize * 0.85);
  const firstYears = extent(places.map(({ firstYear }) => firstYear).filter(Number.isFinite));
  const colour = sequentialColour(firstYears[0] ?? 1900, firstYears[1] ?? 1900);
  const mostLaunches = Math.max(1, max(places, ({ launches }) => launches) ?? 1);
  const largest = fontSize * Math.max(0.36, Math.min(0.85, 6 / Math.sqrt(places.length + 1)));
  const radius = scaleSqrt()
    .domain([0, mostLaunches])
    .range([Math.max(largest * 0.3, fontSize * 0.16), largest]);
  drawMarks(chart, places, { map, radius, colour, fontSize, frame });
  const legendY = height - fontSize * 2.9;
  colourLegend(chart, { x: side, y: legendY, width: width * 0.42 }, firstYears, colour, fontSize);
  if (places.length > 0)
    sizeLegend(chart, { x: width * 0.56, y: legendY, width: width * 0.4 }, mostLaunches, radius, fontSize);
  return svgText(chart);
}

interface Marks {
  map: ReturnType<typeof createBaseMap>;
  radius: (launches: number) => number;
  colour: (year: number) => string;
  fontSize: number;
  frame: Box;
}

/** The largest below, so that none hides a smaller one. */
function drawMarks(
  chart: Drawing,
  places: readonly Place[],
  { map, radius, colour, fontSize, frame }: Marks,
): void {
  const group = chart.append('g').attr('stroke', '#ffffff').attr('stroke-width', 0.6);
  const named = createPlacedText(frame);
  const drawn: { place: Place; x: number; y: number; r: number }[] = [];
  for (const place of [...places].sort((a, b) => b.launches - a.launches)) {
    const at = map.project(place.longitude, place.latitude);
    if (at === null) continue;
    const [x, y, r] = [at[0], at[1], radius(place.launches)];
    const mark = group
      .append('circle')
      .attr('cx', short(x))
      .attr('cy', short(y))
      .attr('r', short(r))
      .attr('fill', Number.isFinite(place.firstYear) ? colour(place.firstYear) : '#777777')
      .attr('fill-opacity', 0.85);
    mark.append('title').text(legible(markText(place)));
    named.keepFree({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
    drawn.push({ place, x, y, r });
  }
  if (drawn.length > MAX_NAMED) return;
  const size = fontSize * 0.85;
  const names = chart.append('g') as Drawing;
  for (const { place, x, y, r } of drawn) {
    const gap = r + size * 0.25;
    const text = fitText(legible(place.name === '' ? place.id : place.name), size * 14, size);
    named.place(
      names,
      text,
      [
        { x: x + gap, y, anchor: 'start' },
        { x: x - gap, y, anchor: 'end' },
        { x, y: y - gap - size * 0.5, anchor: 'middle' },
        { x, y: y + gap + size * 0.5, anchor: 'middle' },
      ],
      { size, halo: true },
    );
  }
}

function colourLegend(
  chart: Drawing,
  { x, y, width }: { x: number; y: number; width: number },
  [first, last]: [number, number] | [undefined, undefined],
  colour: (year: number) => string,
  fontSize: number,
): void {
  if (first === undefined) return;
  label(chart, x, y - fontSize * 0.9, 'first year', { size: fontSize });
  const isOne = first === last;
  const cells = isOne ? 1 : Math.min(60, last - first + 1);
  const bar = chart.append('g').attr('shape-rendering', 'crispEdges');
  const barWidth = isOne ? fontSize * 2 : width;
  for (let i = 0; i < cells; i++)
    bar
      .append('rect')
      .attr('x', short(x + (barWidth * i) / cells))
      .attr('y', short(y))
      .attr('width', short(barWidth / cells + 0.5))
      .attr('height', short(fontSize * 0.8))
      .attr('fill', colour(first + ((last - first) * (i + 0.5)) / cells));
  if (isOne) {
    label(chart, x + barWidth + fontSize * 0.5, y + fontSize * 0.4, `${first}`, { size: fontSize });
    return;
  }
  const scale = scaleLinear()
    .domain([first, last])
    .range([x, x + barWidth]);
  const ticks = scale.ticks(Math.max(2, Math.floor(barWidth / (fontSize * 5)))).filter(Number.isInteger);
  const axis = axisBottom(scale)
    .tickValues(ticks.length > 1 ? ticks : [first, last])
    .tickFormat((year) => `${Number(year)}`)
    .tickSize(fontSize * 0.3);
  drawAxis(chart, { x: 0, y: y + fontSize * 0.8 }, axis, fontSize)
    .select('.domain')
    .remove();
}

function sizeLegend(
  chart: Drawing,
  place: { x: number; y: number; width: number },
  most: number,
  radius: (launches: number) => number,
  fontSize: number,
): void {
  label(chart, place.x, place.y - fontSize * 0.9, 'launches', { size: fontSize });
  const power = 10 ** Math.floor(Math.log10(most));
  const steps = [power / 100, power / 10, power, Math.floor(most / power) * power].filter((n) => n >= 1);
  let x = place.x;
  for (const n of [...new Set(steps)]) {
    const r = radius(n);
    const needed = 2 * r + fontSize * 1.9 + textWidth(grouped(n), fontSize);
    if (x + needed > place.x + place.width) break;
    chart
      .append('circle')
      .attr('cx', short(x + r))
      .attr('cy', short(place.y + fontSize * 0.6))
      .attr('r', short(r))
      .attr('fill', '#777777');
    label(chart, x + 2 * r + fontSize * 0.4, place.y + fontSize * 0.6, grouped(n), { size: fontSize });
    x += needed;
  }
}

/** The count first: a long list of datasets is cut at its end. */
function subtitle(places: readonly Place[], placeless: number): string {
  const datasets = [...new Set(places.flatMap((place) => place.datasets))].sort();
  return [
    ...(placeless > 0
      ? [`${counted(placeless, 'station', 'stations')} without a fixed place not shown`]
      : []),
    ...(datasets.length > 0 ? [`datasets: ${datasets.map(legible).join(', ')}`] : []),
  ].join('; ');
}

function describe(places: readonly Place[], placeless: number): string {
  const listed = places.slice(0, 40).map(markText).join('; ');
  const more = places.length > 40 ? `; and ${grouped(places.length - 40)} more` : '';
  return `Each mark is a station, coloured by the first year of its record and sized by its launches. ${listed}${more}${
    placeless > 0 ? `. ${grouped(placeless)} without a fixed place` : ''
  }.`;
}

function markText({ id, name, firstYear, lastYear, launches }: Place): string {
  const called = name === '' ? id : `${name} (${id})`;
  return `${called}: ${periodText(firstYear, lastYear)}, ${counted(launches, 'launch', 'launches')}`;
}
