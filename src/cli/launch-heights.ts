/** Where the levels of a launch are: pressures and heights, in columns for the terminal. */
import type { Launch } from '../reading/launch.js';
import { Z_METHOD, Z_TYPE } from '../records/variables.js';
import { type Column, texts } from './launch-column.js';

/** Pressure in hPa, and heights in metres: geopotential and geometric heights stand in columns of their own. */
export function coordinateColumns({
  pressure,
  height,
  isHeightComputed,
  geometricHeight,
  zType,
  zMethod,
}: Launch): Column[] {
  const ofElevation = (i: number): boolean =>
    zType[i] === Z_TYPE.height && zMethod[i] === Z_METHOD.fromElevation;
  return [
    { title: 'pressure', unit: 'hPa', cells: texts(pressure, pressureText(pressure)) },
    withMarks('height', 'gpm', height, (i) => (isHeightComputed[i] === 1 ? CONVERTED : '')),
    withMarks('altitude', 'm', geometricHeight, (i) => (ofElevation(i) ? OF_ELEVATION : '')),
  ];
}

/** Marks of heights that the report does not hold in this form: converted, or taken from the elevation. */
const CONVERTED = '*';
const OF_ELEVATION = '+';

/** Whole metres with a mark behind; without marks there is no room for any. */
function withMarks(
  title: string,
  unit: string,
  values: Float64Array,
  markOf: (level: number) => string,
): Column {
  const marks = Array.from(values, (value, i) => (Number.isNaN(value) ? '' : markOf(i)));
  const room = marks.some((mark) => mark !== '') ? ' ' : '';
  return {
    title: title + room,
    unit: unit + room,
    cells: texts(values, (z) => z.toFixed(0)).map((text, i) =>
      text === '' ? '' : text + (marks[i] || room),
    ),
  };
}

/** What the heights are, where the unit does not say it. */
export function notesOnHeights({
  isHeightComputed,
  height,
  geometricHeight,
  zType,
  zMethod,
}: Launch): string[] {
  const isHeight = (i: number): boolean => zType[i] === Z_TYPE.height;
  const some = (test: (i: number) => boolean): boolean => [...zType.keys()].some(test);
  return [
    ...(isHeightComputed.includes(1)
      ? [`${CONVERTED} geopotential height computed from the geometric one (WMO-No. 8)`]
      : []),
    ...(some((i) => isHeight(i) && zMethod[i] === Z_METHOD.fromElevation && !Number.isNaN(geometricHeight[i]))
      ? [`${OF_ELEVATION} elevation of the station and the height that is reported above it`]
      : []),
    ...(some((i) => isHeight(i) && Number.isNaN(zMethod[i]) && !Number.isNaN(height[i]))
      ? [
          'height: the file does not say whether the heights without pressure are geopotential or geometric ones',
        ]
      : []),
  ];
}

/** Pressures in hPa, all with as many decimals as the highest level needs. */
function pressureText(pressure: Float64Array): (value: number) => string {
  const digits = pressure.some((p) => p < 1000) ? 2 : 1;
  return (p) => (p / 100).toFixed(digits);
}
