/** What stands beside a skew-T: the legend of its lines, and the parcels in numbers. */
import { ZERO_CELSIUS } from '../atmosphere/constants.js';
import type { Ascent } from '../atmosphere/parcel.js';
import { knots } from '../atmosphere/wind.js';
import { type Drawing, label, short } from './drawing.js';
import type { Indices } from './indices.js';
import { COLOUR, INK } from './palette.js';
import { LINE_STYLE, minus } from './skewt-background.js';
import type { LaunchCurves } from './sounding.js';
import { counted } from './years.js';

export interface CurveStyle {
  stroke: string;
  width: number;
  /** Pattern of a dashed line, '' for none. */
  dash: string;
}

/** How the curves of a launch are drawn: stronger where the text is larger. */
export function curveStyle(fontSize: number): Record<'temperature' | 'dewPoint' | 'parcel', CurveStyle> {
  const width = (share: number): number => short(fontSize * share);
  return {
    temperature: { stroke: COLOUR.vermilion, width: width(0.2), dash: '' },
    dewPoint: { stroke: COLOUR.blue, width: width(0.2), dash: '' },
    parcel: { stroke: INK, width: width(0.12), dash: `${width(0.45)} ${width(0.27)}` },
  };
}

/** Width of the panel, in font sizes. */
export const PANEL_WIDTH = 20.5;

interface Place {
  x: number;
  y: number;
  fontSize: number;
}

/** Draws the panel from its upper left corner down. */
export function drawPanel(chart: Drawing, place: Place, curves: LaunchCurves, indices: Indices): void {
  const y = drawLegend(chart, place, indices.surface !== null);
  const { x, fontSize } = place;
  let at = drawParcels(chart, { ...place, y: y + fontSize * 1.2 }, indices) + fontSize * 0.8;
  for (const text of remarks(curves, indices)) {
    label(chart, x, at, text, { size: fontSize });
    at += fontSize * 1.55;
  }
}

function drawLegend(chart: Drawing, { x, y, fontSize }: Place, withParcel: boolean): number {
  const style = curveStyle(fontSize);
  const rows: (readonly [CurveStyle, string])[] = [
    [style.temperature, 'temperature'],
    [style.dewPoint, 'dew point'],
    ...(withParcel ? [[style.parcel, 'lifted surface parcel'] as const] : []),
    [LINE_STYLE.dryAdiabat, 'dry adiabats'],
    [LINE_STYLE.moistAdiabat, 'moist adiabats'],
    [LINE_STYLE.mixingRatio, 'mixing ratio (g/kg)'],
  ];
  let at = y + fontSize * 0.6;
  for (const [{ stroke, width, dash }, text] of rows) {
    const sample = chart
      .append('line')
      .attr('x1', short(x))
      .attr('x2', short(x + fontSize * 2.6))
      .attr('y1', short(at))
      .attr('y2', short(at))
      .attr('stroke', stroke)
      .attr('stroke-width', Math.max(width, 1));
    if (dash !== '') sample.attr('stroke-dasharray', dash);
    label(chart, x + fontSize * 3.2, at, text, { size: fontSize });
    at += fontSize * 1.55;
  }
  return at;
}

/** A table of the surface and the most unstable parcel; nothing where there is none. */
function drawParcels(chart: Drawing, { x, y, fontSize }: Place, indices: Indices): number {
  const parcels = [
    ['surface', indices.surface],
    ['most unstable', indices.mostUnstable],
  ] as const;
  const known = parcels.filter((entry): entry is readonly [(typeof entry)[0], Ascent] => entry[1] !== null);
  if (known.length === 0) return y;
  const columns = [x + fontSize * 9.9, x + fontSize * 19.6];
  let at = y;
  label(chart, x, at, 'parcel', { size: fontSize, bold: true });
  const cells = (texts: readonly string[], bold = false): void => {
    for (const [i, text] of texts.entries())
      label(chart, columns[i] ?? x, at, text, { anchor: 'end', size: fontSize, bold });
    at += fontSize * 1.55;
  };
  cells(
    known.map(([name]) => name),
    true,
  );
  const rows: [string, (ascent: Ascent) => string][] = [
    ['start', ({ parcel }) => hectopascal(parcel.pressure)],
    ['LCL', ({ lcl }) => hectopascal(lcl.pressure)],
    ['', ({ lcl }) => `${minus((lcl.temperature - ZERO_CELSIUS).toFixed(1))} °C`],
    ['LFC', ({ lfc }) => hectopascal(lfc)],
    ['EL', ({ el }) => hectopascal(el)],
    ['CAPE', ({ cape }) => `${Math.round(cape)} J/kg`],
    ['CIN', ({ cin }) => (Number.isNaN(cin) ? 'none' : `${minus(Math.round(cin))} J/kg`)],
  ];
  for (const [name, text] of rows) {
    label(chart, x, at, name, { size: fontSize });
    cells(known.map(([, ascent]) => text(ascent)));
  }
  return at;
}

function remarks(curves: LaunchCurves, { freezingLevel, shear }: Indices): string[] {
  return [
    ...(freezingLevel === null ? [] : [`falls below 0 °C at ${Math.round(freezingLevel)} gpm`]),
    ...(shear === null
      ? []
      : [
          `shear to 6 km: ${Math.round(knots(shear.speed))} kt from ${String(Math.round(shear.direction)).padStart(3, '0')}°`,
        ]),
    `${curves.temperature.length} levels, ${curves.winds.length} winds`,
    ...(curves.leftOut > 0
      ? [`${counted(curves.leftOut, 'value', 'values')} not shown:`, 'failed, repeated, impossible']
      : []),
    `heights ${curves.heightsAre}`,
    ...(curves.hasHeightsFromGeometric ? ['some from geometric heights'] : []),
    ...(curves.windsWithoutLatitude > 0
      ? [
          `${counted(curves.windsWithoutLatitude, 'wind', 'winds')} not shown:`,
          'geometric heights, no latitude',
        ]
      : []),
    ...(curves.hasPressuresFromHeights ? ['some pressures from heights'] : []),
    'barbs: 5, 10, 50 kt; CAPE with',
    'virtual temperature',
  ];
}

function hectopascal(pressurePa: number): string {
  return Number.isFinite(pressurePa) ? `${Math.round(pressurePa / 100)} hPa` : 'none';
}
