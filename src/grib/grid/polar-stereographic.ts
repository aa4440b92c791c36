/** The polar stereographic projection of the north or the south. */
import { DEGREES, RADIANS } from './angles.js';
import { Conformal } from './conformal.js';
import type { Earth } from './earth.js';
import type { LatLon } from './grid.js';
import { wrapped } from './longitudes.js';
import type { Projection } from './projected.js';

/** x and y are m from the pole. */
export class PolarStereographicProjection implements Projection {
  readonly #conformal: Conformal;
  /** 1 around the north pole, -1 around the south pole. */
  readonly #pole: number;
  /** m from the pole where t is 1. */
  readonly #scale: number;
  readonly #orientation: number;

  /** @param trueLatitude where the scale is true, degrees, its sign of no matter; @param orientation as in Lambert's projection */
  constructor(earth: Earth, isSouth: boolean, trueLatitude: number, orientation: number) {
    const conformal = new Conformal(earth);
    const phi = Math.abs(trueLatitude) * RADIANS;
    this.#conformal = conformal;
    this.#pole = isSouth ? -1 : 1;
    this.#orientation = orientation;
    this.#scale =
      Math.abs(trueLatitude) > 90 - 1e-9
        ? earth.major / conformal.polarFactor
        : (earth.major * conformal.circle(phi)) / conformal.t(phi);
  }

  x(latitude: number, longitude: number): number {
    return this.#radius(latitude) * Math.sin((longitude - this.#orientation) * RADIANS);
  }

  y(latitude: number, longitude: number): number {
    return -this.#pole * this.#radius(latitude) * Math.cos((longitude - this.#orientation) * RADIANS);
  }

  place(x: number, y: number): LatLon {
    const t = Math.hypot(x, y) / this.#scale;
    return {
      latitude: this.#pole * this.#conformal.latitude(t) * DEGREES,
      longitude: wrapped(this.#orientation + Math.atan2(x, -this.#pole * y) * DEGREES),
    };
  }

  turn(_latitude: number, longitude: number): number {
    return this.#pole * (longitude - this.#orientation) * RADIANS;
  }

  #radius(latitude: number): number {
    return this.#scale * this.#conformal.t(this.#pole * latitude * RADIANS);
  }
}
