/** The coordinates of a skew-T log-p diagram: pressure on a logarithmic ordinate, isotherms that lean to the right. */
import { scaleLinear } from 'd3-scale';
import { ZERO_CELSIUS } from '../atmosphere/constants.js';
import type { Box } from './placed-text.js';
import type { Point } from './sounding.js';

/** Pressures in Pa with an isobar: the mandatory levels. */
export const ISOBARS: readonly number[] = [
  1000, 925, 850, 700, 600, 500, 400, 300, 250, 200, 150, 100, 70, 50, 30, 20, 10, 7, 5, 3, 2, 1,
].map((hectopascal) => hectopascal * 100);

/** Pressures in Pa whose labels come first where not all have room. */
const FIRST: readonly number[] = [1000, 850, 700, 500, 300, 200, 100].map((hectopascal) => hectopascal * 100);

/** 0 for the pressures (Pa) that are labelled first, 1 for others. */
export function pressureRank(pressurePa: number): number {
  return FIRST.includes(pressurePa) ? 0 : 1;
}

const BOTTOM = 105_000;
/** Tops that a diagram may have, Pa. */
const TOPS = [10_000, 7000, 5000, 3000, 2000, 1000, 700, 500, 300, 200, 100];

export interface SkewtFrame {
  box: Box;
  /** Pa. */
  bottom: number;
  top: number;
  /** Pixel of a pressure in Pa. */
  y(pressurePa: number): number;
  /** Pixel of a temperature in K at a pressure. */
  x(temperatureK: number, pressurePa: number): number;
  /** Temperature in K at a pixel of the bottom or the top of the box. */
  temperatureAt(x: number, pressurePa: number): number;
}

/**
 * Fits a frame to curves: it reaches from 1050 hPa to 100 hPa, or as high as they go; the isotherms lean by 80 K from the bottom to
 * the top, and from side to side it is 80 K wide or as wide as they are.
 *
 * @param curves temperatures in K
 * @param topPa where the diagram ends; NaN to fit the curves
 */
export function fitFrame(curves: readonly (readonly Point[])[], box: Box, topPa: number): SkewtFrame {
  const highest = Math.min(...curves.map((points) => points[points.length - 1]?.pressure ?? BOTTOM), BOTTOM);
  const top = Number.isNaN(topPa) ? (TOPS.find((p) => p <= highest) ?? 100) : topPa;
  const span = Math.log(BOTTOM / top);
  const lean = 80 / span;
  const skewed = (temperatureK: number, pressurePa: number): number =>
    temperatureK - ZERO_CELSIUS + lean * Math.log(BOTTOM / pressurePa);
  const values = curves.flatMap((points) =>
    points.filter(({ pressure }) => pressure >= top).map(({ value, pressure }) => skewed(value, pressure)),
  );
  // A value far off, such as a dew point of -150 degC, may leave the diagram.
  const least = values.reduce((least, value) => Math.min(least, value), -35);
  const most = values.reduce((most, value) => Math.max(most, value), 35);
  const left = Math.max(-80, Math.floor((least - 2) / 10) * 10);
  const right = Math.min(90, Math.ceil((most + 2) / 10) * 10);
  const across = scaleLinear()
    .domain([left, right])
    .range([box.x, box.x + box.width]);
  const down = scaleLinear()
    .domain([Math.log(top), Math.log(BOTTOM)])
    .range([box.y, box.y + box.height]);
  return {
    box,
    bottom: BOTTOM,
    top,
    y: (pressurePa) => down(Math.log(pressurePa)),
    x: (temperatureK, pressurePa) => across(skewed(temperatureK, pressurePa)),
    temperatureAt: (x, pressurePa) => across.invert(x) + ZERO_CELSIUS - lean * Math.log(BOTTOM / pressurePa),
  };
}

/** Pressures in Pa from the bottom to `upper`, evenly spaced in their logarithm, for the points of a curved line. */
export function pressureSteps(from: number, upper: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => from * (upper / from) ** (i / steps));
}
