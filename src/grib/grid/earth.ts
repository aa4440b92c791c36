/** The figure of the Earth that a grid stands on. */
import { isMissing, u32 } from '../octets.js';

/** Semi-axes in m; equal ones are a sphere. */
export interface Earth {
  readonly major: number;
  readonly minor: number;
}

/** The sphere of edition 1 and of shape 0. */
export const SPHERE: Earth = sphere(6_367_470);
/** The figure of the IAU of 1965. */
export const IAU_1965: Earth = { major: 6_378_160, minor: 6_356_775 };
/** The sphere that is taken where a section promises a figure and does not give it: that of shape 6. */
const USUAL: Earth = sphere(6_371_229);

const SHAPES = new Map<number, Earth>([
  [0, SPHERE],
  [2, IAU_1965],
  [4, { major: 6_378_137, minor: 6_356_752.314 }],
  [5, { major: 6_378_137, minor: 6_356_752.314_245 }],
  [6, USUAL],
  [8, sphere(6_371_200)],
  [9, { major: 6_377_563.396, minor: 6_356_256.909 }],
]);

function sphere(radius: number): Earth {
  return { major: radius, minor: radius };
}

/** The figure in octets 15 to 30 of section 3, with a note where the section does not give it. */
export function earthOf2(section: Uint8Array, notes: string[]): Earth {
  const shape = section[14]!;
  const known = SHAPES.get(shape);
  if (known !== undefined) return known;
  const radius = scaled(section, 15);
  const unit = shape === 3 ? 1000 : 1;
  const major = scaled(section, 20) * unit;
  const minor = scaled(section, 25) * unit;
  if (shape === 1 && radius > 0) return sphere(radius);
  if ((shape === 3 || shape === 7) && major > 0 && minor > 0) return { major, minor };
  notes.push(`the figure of the Earth of shape ${shape} is not given: a sphere of 6371229 m is taken`);
  return USUAL;
}

/** A number behind its scale factor; NaN where one of them is missing. */
function scaled(section: Uint8Array, at: number): number {
  if (section[at] === 255 || isMissing(section, at + 1, 4)) return Number.NaN;
  return u32(section, at + 1) / 10 ** section[at]!;
}

/** The first eccentricity, 0 of a sphere. */
export function eccentricity({ major, minor }: Earth): number {
  return Math.sqrt(Math.max(0, 1 - (minor / major) ** 2));
}
