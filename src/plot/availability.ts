/** What a station has over its life: launches with temperature, humidity and wind by time and pressure. */
import { max, range } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { type Availability, GROUPS } from './availability-counts.js';
import { createChart, type Drawing, fontSizeFor, label, short, spaced, svgText } from './drawing.js';
import { textWidth } from './font.js';
import { drawHeading, type FileFacts, HEADING_LINES, stationTitle } from './heading.js';
import { LAYERS } from './layers.js';
import { INK, sequentialColour } from './palette.js';
import { counted, grouped } from './years.js';

const PREFIX = 'availability';

/** The chart as one `<svg>` element: a panel for each group, darker where a month or year has more launches with it. */
export function availability(
  data: Availability,
  facts: FileFacts,
  options: { width: number; height?: number | undefined },
): string {
  const { width } = options;
  const fontSize = fontSizeFor(width);
  const rows = rowsWithData(data);
  const [head, foot] = [fontSize * (HEADING_LINES + 1), fontSize * 8];
  const titleHeight = fontSize * 2;
  const height = Math.round(
    options.height ??
      head + foot + GROUPS.length * (titleHeight + Math.max(rows * fontSize * 0.85, fontSize * 8)),
  );
  const panelHeight = Math.max((height - head - foot) / GROUPS.length - titleHeight, 20);
  const period = periodOf(data);
  const chart = createChart(
    { width, height, fontSize },
    {
      prefix: PREFIX,
      title: `Availability: ${stationTitle(facts)}, ${period}`,
      description: describe(data, period),
    },
  );
  const what = `${counted(data.launches, 'launch', 'launches')}, ${period}; launches a ${data.unit} with a value near the mandatory levels`;
  drawHeading(chart, { title: stationTitle(facts), subtitle: [what], facts }, width, fontSize);
  const left = fontSize * 5;
  const x = scaleLinear()
    .domain([0, Math.max(data.bins, 1)])
    .range([left, width - fontSize * 2]);
  const most = Math.max(1, max(data.counts, (counts) => max(counts) ?? 0) ?? 1);
  const colour = sequentialColour(most, 1);
  for (const [i, { name }] of GROUPS.entries()) {
    const top = head + i * (panelHeight + titleHeight) + titleHeight;
    label(chart, left, top - fontSize * 0.8, name, { size: fontSize, bold: true });
    drawPanel(chart, data, data.counts[i] as Int32Array, {
      x,
      top,
      height: panelHeight,
      rows,
      colour,
      fontSize,
    });
  }
  const bottom = head + GROUPS.length * (panelHeight + titleHeight);
  drawTimes(chart, data, x, bottom, fontSize);
  label(chart, fontSize * 1.1, (head + bottom) / 2, 'pressure level (hPa)', {
    anchor: 'middle',
    size: fontSize,
    rotate: -90,
  });
  drawLegend(
    chart,
    { x: left, y: bottom + fontSize * 5.6, width: width * 0.4 },
    most,
    colour,
    data.unit,
    fontSize,
  );
  return svgText(chart);
}

interface Panel {
  x: (bin: number) => number;
  top: number;
  height: number;
  rows: number;
  colour: (count: number) => string;
  fontSize: number;
}

function drawPanel(chart: Drawing, data: Availability, counts: Int32Array, panel: Panel): void {
  const { x, top, height, rows, colour, fontSize } = panel;
  const row = height / rows;
  const cells = chart.append('g').attr('shape-rendering', 'crispEdges');
  const bottom = top + height;
  for (let layer = 0; layer < rows; layer++) {
    // Neighbours with the same number are one shape: half a century of months is thousands of cells.
    for (let bin = 0; bin < data.bins; ) {
      const count = counts[bin * LAYERS.length + layer] as number;
      let end = bin + 1;
      while (end < data.bins && counts[end * LAYERS.length + layer] === count) end++;
      if (count > 0)
        cells
          .append('rect')
          .attr('x', short(x(bin)))
          .attr('y', short(bottom - row * (layer + 1)))
          .attr('width', short(x(end) - x(bin)))
          .attr('height', short(row))
          .attr('fill', colour(count));
      bin = end;
    }
  }
  chart
    .append('rect')
    .attr('x', short(x(0)))
    .attr('y', short(top))
    .attr('width', short(x(Math.max(data.bins, 1)) - x(0)))
    .attr('height', short(height))
    .attr('fill', 'none')
    .attr('stroke', INK)
    .attr('stroke-width', 0.8);
  const middle = (layer: number): number => bottom - row * (layer + 0.5);
  for (const layer of spaced(range(rows), middle, fontSize * 1.25))
    label(chart, x(0) - fontSize * 0.4, middle(layer), `${LAYERS[layer]}`, {
      anchor: 'end',
      size: fontSize * 0.9,
    });
}

/** Years or months below the lowest panel, where their bin begins. */
function drawTimes(
  chart: Drawing,
  data: Availability,
  x: (bin: number) => number,
  bottom: number,
  fontSize: number,
): void {
  const room = (x(1) - x(0)) / (textWidth(binText(data, 0), fontSize) + fontSize * 1.5);
  const steps = data.unit === 'year' ? [1, 2, 5, 10, 20, 50, 100] : [1, 2, 3, 6, 12, 24, 48];
  const step = steps.find((n) => n * room >= 1) ?? 100;
  for (let bin = 0; bin < data.bins; bin++) {
    if ((data.firstBin + bin) % step !== 0 && data.bins > step) continue;
    const at = x(bin);
    chart
      .append('line')
      .attr('x1', short(at))
      .attr('x2', short(at))
      .attr('y1', short(bottom))
      .attr('y2', short(bottom + fontSize * 0.35))
      .attr('stroke', INK);
    // Years and months are named where they begin; the first and the last label stay on the page.
    label(chart, at, bottom + fontSize * 1.1, binText(data, bin), { anchor: 'middle', size: fontSize });
    if (data.bins <= step) break;
  }
  label(chart, (x(0) + x(Math.max(data.bins, 1))) / 2, bottom + fontSize * 2.6, `${data.unit} (UTC)`, {
    anchor: 'middle',
    size: fontSize,
  });
}

function drawLegend(
  chart: Drawing,
  place: { x: number; y: number; width: number },
  most: number,
  colour: (count: number) => string,
  unit: string,
  fontSize: number,
): void {
  const ticks = [
    ...new Set([
      1,
      ...scaleLinear()
        .domain([1, most])
        .ticks(4)
        .filter((n) => Number.isInteger(n) && n > 1),
    ]),
  ];
  let x = place.x;
  label(chart, x, place.y - fontSize * 1.4, `launches a ${unit}`, { size: fontSize });
  for (const n of ticks) {
    chart
      .append('rect')
      .attr('x', short(x))
      .attr('y', short(place.y - fontSize * 0.5))
      .attr('width', fontSize)
      .attr('height', fontSize)
      .attr('fill', colour(n));
    label(chart, x + fontSize * 1.3, place.y, grouped(n), { size: fontSize });
    x += fontSize * 2.8 + textWidth(grouped(n), fontSize);
  }
}

/** Layers up to the highest one with a launch, and at least to 100 hPa. */
function rowsWithData({ counts, bins }: Availability): number {
  let rows = LAYERS.indexOf(100) + 1;
  for (const of of counts)
    for (let bin = 0; bin < bins; bin++)
      for (let layer = rows; layer < LAYERS.length; layer++)
        if ((of[bin * LAYERS.length + layer] as number) > 0) rows = layer + 1;
  return rows;
}

/** `1948`, or `2015-01` */
function binText({ unit, firstBin }: Availability, bin: number): string {
  const at = firstBin + bin;
  return unit === 'year'
    ? `${at}`
    : `${Math.floor(at / 12)}-${String((((at % 12) + 12) % 12) + 1).padStart(2, '0')}`;
}

function periodOf(data: Availability): string {
  if (data.bins === 0) return 'no launches';
  const [first, last] = [binText(data, 0), binText(data, data.bins - 1)];
  return first === last ? first : `${first} to ${last}`;
}

function describe(data: Availability, period: string): string {
  const parts = GROUPS.map(({ name }, i) => {
    const counts = data.counts[i] as Int32Array;
    const bins = Array.from({ length: data.bins }, (_, bin) => bin).filter((bin) =>
      counts.subarray(bin * LAYERS.length, (bin + 1) * LAYERS.length).some((n) => n > 0),
    );
    const [first, last] = [bins[0], bins[bins.length - 1]];
    return first === undefined || last === undefined
      ? `no ${name}`
      : `${name} from ${binText(data, first)} to ${binText(data, last)}`;
  });
  return `${counted(data.launches, 'launch', 'launches')}, ${period}: ${parts.join('; ')}.`;
}
