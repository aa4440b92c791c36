/**
 * Heights of levels by what they are. A geopotential height is a geopotential (gpm), a geometric height a length (m above sea
 * level): at 30 km they are 60 to 220 m apart. Files say of a height that is the vertical coordinate which one it is
 * (`z_coordinate_method`), and have them as two variables, 117 and 125.
 */
import { geopotentialHeightOf } from '../atmosphere/geopotential.js';
import { STANDARD_GRAVITY, Z_METHOD, Z_TYPE } from '../records/variables.js';
import type { Launch } from './launch.js';

/** What is asked for: heights as the source reports them, or geometric ones as geopotential heights too. */
export type Heights = 'reported' | 'geopotential';

/** A vertical coordinate of a file: `z_coordinate_type`, `z_coordinate_method` and `z_coordinate`. */
export interface Coordinate {
  type: number | undefined;
  /** NaN or undefined in files of earlier versions, which do not say. */
  method: number | undefined;
  z: number;
}

/**
 * The coordinate as geopotential height in gpm, NaN for other coordinates. Where the file does not say what its heights are, it is
 * the height as it stands.
 */
export function geopotentialOf({ type, method, z }: Coordinate): number {
  if (type === Z_TYPE.geopotential) return z / STANDARD_GRAVITY;
  return type === Z_TYPE.height && !isGeometric(method) ? z : Number.NaN;
}

/** The coordinate as height in m above sea level, reported or computed from the elevation of the station; NaN for others. */
export function geometricOf({ type, method, z }: Coordinate): number {
  return type === Z_TYPE.height && isGeometric(method) ? z : Number.NaN;
}

function isGeometric(method: number | undefined): boolean {
  return method === Z_METHOD.geometric || method === Z_METHOD.fromElevation;
}

/** The launch with a geopotential height at each level that has a geometric one alone, and whose latitude is known. */
export function withGeopotentialHeights(launch: Launch): Launch {
  const { height, geometricHeight, latitude } = launch;
  const isHeightComputed = Uint8Array.from(height, (gpm, i) =>
    Number.isNaN(gpm) && Number.isFinite(geometricHeight[i]) && Number.isFinite(latitude[i]) ? 1 : 0,
  );
  return {
    ...launch,
    height: height.map((gpm, i) =>
      isHeightComputed[i] === 1
        ? geopotentialHeightOf(geometricHeight[i] as number, latitude[i] as number)
        : gpm,
    ),
    isHeightComputed,
  };
}
