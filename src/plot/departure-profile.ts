/** Departures from a reanalysis over pressure: temperature, humidity, wind. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type Curve, drawPanel, isobarsWithin, PANELS } from './departure-panel.js';
import { type DepartureProfile, type Departures, wordOf } from './departure-statistics.js';
import { createChart, type Drawing, fontSizeFor, label, spaced, svgText } from './drawing.js';
import { drawHeading, type FileFacts, HEADING_LINES, stationTitle } from './heading.js';
import { counted, grouped } from './years.js';

const PREFIX = 'departures';

/**
 * The chart as one `<svg>` element: for a station mean (solid) and standard deviation (dashed) with the number of values, for a launch
 * the departures at its levels.
 *
 * @param what a line below the title: the time of the launch, or the period
 */
export function departureProfile(
  departures: Departures,
  facts: FileFacts,
  options: { width: number; height?: number | undefined; isLaunch: boolean; what: string },
): string {
  const { width, isLaunch } = options;
  const fontSize = fontSizeFor(width);
  const [head, foot] = [fontSize * (HEADING_LINES + 2.2), fontSize * 7];
  const height = Math.round(options.height ?? head + foot + Math.max(width * 0.52, fontSize * 26));
  const { profiles, background, leftOut } = departures;
  const of = (code: number): DepartureProfile | undefined =>
    profiles.find((profile) => profile.code === code && profile.levels.length > 0);
  const panels = PANELS.filter(({ curves }) => curves.some(({ code }) => of(code) !== undefined));
  const kind = `departures from the ${wordOf(background)} (observation minus ${wordOf(background)})`;
  const chart = createChart(
    { width, height, fontSize },
    {
      prefix: PREFIX,
      title: `${stationTitle(facts)}: ${kind}`,
      description: `${options.what}. ${describe(
        panels.flatMap(({ curves }) => curves),
        of,
      )}`,
    },
  );
  const subtitle = `${kind}, ${options.what}`;
  drawHeading(chart, { title: stationTitle(facts), subtitle, facts }, width, fontSize);
  const [top, bottom] = [head, Math.max(height - foot, head + 40)];
  const highest = Math.min(
    10_000,
    ...profiles.flatMap(({ levels }) => levels.map(({ pressure }) => pressure)),
  );
  const y = scaleLinear()
    .domain([Math.log(highest * 0.9), Math.log(105_000)])
    .range([top, bottom]);
  const counts = isLaunch ? 0 : fontSize * 5;
  const left = fontSize * 5.2;
  const gap = fontSize * 2.6;
  const panelWidth = (width - left - fontSize * 1.5 - (panels.length - 1) * gap) / panels.length - counts;
  drawPressures(chart, { left, y, fontSize });
  for (const [i, panel] of panels.entries()) {
    const from = left + i * (panelWidth + counts + gap);
    drawPanel(chart, panel, of, { from, to: from + panelWidth, top, bottom, y, fontSize, counts });
  }
  const remarks = [
    isLaunch
      ? 'departure at each level'
      : 'solid: mean; dashed: standard deviation; numbers: count of values near the mandatory levels',
    ...(leftOut > 0
      ? [`${counted(leftOut, 'value', 'values')} not shown (failed, repeated or impossible)`]
      : []),
  ];
  for (const [i, remark] of remarks.entries())
    label(chart, left, height - fontSize * (2.4 - 1.4 * i), remark, {
      size: fontSize * 0.95,
      fill: '#444444',
    });
  return svgText(chart);
}

function drawPressures(
  chart: Drawing,
  { left, y, fontSize }: { left: number; y: ScaleLinear<number, number>; fontSize: number },
): void {
  const at = (pressure: number): number => y(Math.log(pressure));
  for (const pressure of spaced(isobarsWithin(y), at, fontSize * 1.35))
    label(chart, left - fontSize * 0.5, at(pressure), `${pressure / 100}`, { anchor: 'end', size: fontSize });
  const [top = 0, bottom = 0] = y.range();
  label(chart, fontSize * 1.1, (top + bottom) / 2, 'pressure (hPa)', {
    anchor: 'middle',
    size: fontSize,
    rotate: -90,
  });
}

function describe(curves: readonly Curve[], of: (code: number) => DepartureProfile | undefined): string {
  return curves
    .flatMap(({ code, name }) => {
      const levels = of(code)?.levels;
      if (levels === undefined) return [];
      const count = levels.reduce((sum, level) => sum + level.count, 0);
      return [`${name}: ${grouped(count)} values at ${levels.length} levels`];
    })
    .join('; ');
}
