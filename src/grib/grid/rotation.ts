/** Latitudes and longitudes that are counted from a south pole elsewhere. */
import { DEGREES, RADIANS } from './angles.js';
import type { LatLon } from './grid.js';
import { wrapped } from './longitudes.js';

/** A turn of the sphere. */
export class Rotation {
  /** Longitude of the south pole of the grid, radians. */
  readonly #longitude: number;
  /** Sine and cosine of the angle that the pole is moved by. */
  readonly #sine: number;
  readonly #cosine: number;
  /** Degrees that the grid is turned about its new pole. */
  readonly #angle: number;

  /** @param south place of the grid's south pole, degrees; @param angle turn about it, degrees */
  constructor(south: LatLon, angle: number) {
    const tilt = (90 + south.latitude) * RADIANS;
    this.#sine = Math.sin(tilt);
    this.#cosine = Math.cos(tilt);
    this.#longitude = south.longitude * RADIANS;
    this.#angle = angle;
  }

  /** A place on Earth in coordinates of the grid. */
  toGrid(latitude: number, longitude: number): LatLon {
    const phi = latitude * RADIANS;
    const lambda = longitude * RADIANS - this.#longitude;
    const x = Math.cos(phi) * Math.cos(lambda);
    const y = Math.cos(phi) * Math.sin(lambda);
    const z = Math.sin(phi);
    const east = x * this.#cosine + z * this.#sine;
    const up = z * this.#cosine - x * this.#sine;
    return placeOf(east, y, up, this.#angle);
  }

  /** A place in coordinates of the grid on Earth. */
  toEarth(latitude: number, longitude: number): LatLon {
    const phi = latitude * RADIANS;
    const lambda = (longitude - this.#angle) * RADIANS;
    const x = Math.cos(phi) * Math.cos(lambda);
    const y = Math.cos(phi) * Math.sin(lambda);
    const z = Math.sin(phi);
    const east = x * this.#cosine - z * this.#sine;
    const up = z * this.#cosine + x * this.#sine;
    return placeOf(east, y, up, this.#longitude * DEGREES);
  }

  /** Direction of the grid's north pole at a place: radians clockwise from north. */
  turn(latitude: number, longitude: number): number {
    const phi = latitude * RADIANS;
    // The north pole is opposite to the south pole: its latitude is 90 degrees less the tilt.
    const lambda = this.#longitude + Math.PI - longitude * RADIANS;
    const sine = this.#cosine;
    const cosine = this.#sine;
    return Math.atan2(
      Math.sin(lambda) * cosine,
      Math.cos(phi) * sine - Math.sin(phi) * cosine * Math.cos(lambda),
    );
  }
}

function placeOf(x: number, y: number, z: number, turn: number): LatLon {
  return {
    latitude: Math.atan2(z, Math.hypot(x, y)) * DEGREES,
    longitude: wrapped(Math.atan2(y, x) * DEGREES + turn),
  };
}
