/** What conformal projections of a sphere and an ellipsoid share (after Snyder, Map Projections, 1987). */
import { type Earth, eccentricity } from './earth.js';

/** Rounds of the inverse of the isometric latitude; the change shrinks by a factor of 150 in each. */
const ROUNDS = 8;

/** Conformal latitudes of a figure of the Earth. */
export class Conformal {
  readonly #e: number;

  constructor(earth: Earth) {
    this.#e = eccentricity(earth);
  }

  /** Radius of the circle of a latitude (radians) in units of the major axis: cos of it on a sphere. */
  circle(phi: number): number {
    return Math.cos(phi) / Math.sqrt(1 - (this.#e * Math.sin(phi)) ** 2);
  }

  /** tan of half the distance to the north pole of a latitude's (radians) conformal one. */
  t(phi: number): number {
    const sine = this.#e * Math.sin(phi);
    return Math.tan(Math.PI / 4 - phi / 2) / ((1 - sine) / (1 + sine)) ** (this.#e / 2);
  }

  /** The latitude (radians) that has a t. */
  latitude(t: number): number {
    let phi = Math.PI / 2 - 2 * Math.atan(t);
    if (this.#e === 0) return phi;
    for (let round = 0; round < ROUNDS; round++) {
      const sine = this.#e * Math.sin(phi);
      phi = Math.PI / 2 - 2 * Math.atan(t * ((1 - sine) / (1 + sine)) ** (this.#e / 2));
    }
    return phi;
  }

  /** The scale of a polar projection that touches the pole, over that of one that is true at the pole's `circle`. */
  get polarFactor(): number {
    return Math.sqrt((1 + this.#e) ** (1 + this.#e) * (1 - this.#e) ** (1 - this.#e)) / 2;
  }
}
