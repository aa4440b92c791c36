/** Mercator's projection. */
import { DEGREES, RADIANS, turned } from './angles.js';
import { Conformal } from './conformal.js';
import type { Earth } from './earth.js';
import type { LatLon } from './grid.js';
import { wrapped } from './longitudes.js';
import type { Projection } from './projected.js';

/** x is m from a meridian, y m from the equator. */
export class MercatorProjection implements Projection {
  readonly #conformal: Conformal;
  readonly #scale: number;
  readonly #middle: number;

  /** @param trueLatitude where the scale is true, degrees; @param middle longitude that no grid crosses the opposite of, degrees */
  constructor(earth: Earth, trueLatitude: number, middle: number) {
    this.#conformal = new Conformal(earth);
    this.#scale = earth.major * this.#conformal.circle(trueLatitude * RADIANS);
    this.#middle = middle;
  }

  x(_latitude: number, longitude: number): number {
    return this.#scale * turned(longitude - this.#middle) * RADIANS;
  }

  y(latitude: number): number {
    return -this.#scale * Math.log(this.#conformal.t(latitude * RADIANS));
  }

  place(x: number, y: number): LatLon {
    return {
      latitude: this.#conformal.latitude(Math.exp(-y / this.#scale)) * DEGREES,
      longitude: wrapped(this.#middle + (x / this.#scale) * DEGREES),
    };
  }

  turn(): number {
    return 0;
  }
}
