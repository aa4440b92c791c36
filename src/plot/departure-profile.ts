/** Departures from a reanalysis or a forecast over pressure: temperature, humidity, wind. */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type Curve, drawPanel, isobarsWithin, PANELS } from './departure-panel.js';
import { type DepartureProfile, type Departures, wordOf } from './departure-statistics.js';
import { createChart, type Drawing, fontSizeFor, label, legible, spacedByRank, svgText } from './drawing.js';
import {
  drawHeading,
  type FileFacts,
  HEADING_LINES,
  SUBTITLE_LINE,
  stationTitle,
  subtitleLines,
} from './heading.js';
import { pressureRank } from './skewt-frame.js';
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
  const word = wordOf(departures.background);
  const kind = `departures from the ${word} (observation minus ${word})`;
  const of = departures.of === undefined ? [] : [`feedback of ${legible(departures.of)}`];
  const subtitle = subtitleLines([kind, ...of, options.what], width, fontSize);
  const head = fontSize * (HEADING_LINES + SUBTITLE_LINE * (subtitle.length - 1) + 2.2);
  const foot = fontSize * 7;
  const height = Math.round(options.height ?? head + foot + Math.max(width * 0.52, fontSize * 26));
  const { profiles, leftOut } = departures;
  const profileOf = (code: number): DepartureProfile | undefined =>
    profiles.find((profile) => profile.code === code && profile.levels.length > 0);
  const panels = PANELS.filter(({ curves }) => curves.some(({ code }) => profileOf(code) !== undefined));
  const chart = createChart(
    { width, height, fontSize },
    {
      prefix: PREFIX,
      title: [`${stationTitle(facts)}: ${kind}`, ...of].join(', '),
      description: `${options.what}. ${describe(
        panels.flatMap(({ curves }) => curves),
        profileOf,
      )}`,
    },
  );
  drawHeading(chart, { title: stationTitle(facts), subtitle, facts }, width, fontSize);
  const [top, bottom] = [head, Math.max(height - foot, head + 40)];
  const [highest, lowest] = pressuresOf(profiles);
  const y = scaleLinear()
    .domain([Math.log(highest * 0.9), Math.log(lowest)])
    .range([top, bottom]);
  const counts = isLaunch ? 0 : fontSize * 5;
  const left = fontSize * 5.2;
  const gap = fontSize * 2.6;
  const panelWidth = (width - left - fontSize * 1.5 - (panels.length - 1) * gap) / panels.length - counts;
  drawPressures(chart, { left, y, fontSize });
  for (const [i, panel] of panels.entries()) {
    const from = left + i * (panelWidth + counts + gap);
    const place = { from, to: from + panelWidth, top, bottom, y, fontSize, counts };
    drawPanel(chart, panel, profileOf, { ...place, clipId: `${PREFIX}-panel-${i}` });
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

/** Pa: from 100 to 1050 hPa, up to the highest level and down to the lowest, at most to 1100 hPa. */
function pressuresOf(profiles: readonly DepartureProfile[]): [highest: number, lowest: number] {
  let [highest, lowest] = [10_000, 105_000];
  for (const { levels } of profiles)
    for (const { pressure } of levels) {
      highest = Math.min(highest, pressure);
      lowest = Math.max(lowest, Math.min(pressure * 1.005, 110_000));
    }
  return [highest, lowest];
}

function drawPressures(
  chart: Drawing,
  { left, y, fontSize }: { left: number; y: ScaleLinear<number, number>; fontSize: number },
): void {
  const at = (pressure: number): number => y(Math.log(pressure));
  for (const pressure of spacedByRank(isobarsWithin(y), at, fontSize * 1.35, pressureRank))
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
