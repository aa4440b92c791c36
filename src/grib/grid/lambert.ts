/** Lambert's conformal conic projection. */
import { DEGREES, RADIANS, turned } from './angles.js';
import { Conformal } from './conformal.js';
import type { Earth } from './earth.js';
import type { LatLon } from './grid.js';
import { wrapped } from './longitudes.js';
import type { Projection } from './projected.js';

/** Degrees between two parallels that are taken for one. */
const ONE_PARALLEL = 1e-9;

/** A cone that cuts the Earth at two parallels; x and y are m from its tip. */
export class LambertProjection implements Projection {
  readonly #conformal: Conformal;
  /** Degrees of the cone for one of longitude; negative for a cone of the south. */
  readonly #n: number;
  /** m from the tip where t is 1. */
  readonly #scale: number;
  readonly #orientation: number;

  /** @param parallels the two in degrees; @param orientation longitude that is parallel to the y axis, degrees */
  constructor(earth: Earth, parallels: readonly [number, number], orientation: number) {
    const conformal = new Conformal(earth);
    const [one, two] = [parallels[0] * RADIANS, parallels[1] * RADIANS];
    this.#conformal = conformal;
    this.#orientation = orientation;
    this.#n =
      Math.abs(parallels[0] - parallels[1]) < ONE_PARALLEL
        ? Math.sin(one)
        : Math.log(conformal.circle(one) / conformal.circle(two)) /
          Math.log(conformal.t(one) / conformal.t(two));
    this.#scale = (earth.major * conformal.circle(one)) / (this.#n * conformal.t(one) ** this.#n);
  }

  x(latitude: number, longitude: number): number {
    return this.#radius(latitude) * Math.sin(this.turn(latitude, longitude));
  }

  y(latitude: number, longitude: number): number {
    return -this.#radius(latitude) * Math.cos(this.turn(latitude, longitude));
  }

  place(x: number, y: number): LatLon {
    const sign = Math.sign(this.#n);
    const radius = sign * Math.hypot(x, y);
    const angle = Math.atan2(sign * x, -sign * y);
    const t = (radius / this.#scale) ** (1 / this.#n);
    return {
      latitude: this.#conformal.latitude(t) * DEGREES,
      longitude: wrapped(this.#orientation + (angle / this.#n) * DEGREES),
    };
  }

  turn(_latitude: number, longitude: number): number {
    return this.#n * turned(longitude - this.#orientation) * RADIANS;
  }

  #radius(latitude: number): number {
    return this.#scale * this.#conformal.t(latitude * RADIANS) ** this.#n;
  }
}
