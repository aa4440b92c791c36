/** Land, graticule and projection of a map that fits its stations: a region around them, or the world where they are spread over it. */
import { createRequire } from 'node:module';
import { range } from 'd3-array';
import {
  type GeoPermissibleObjects,
  type GeoProjection,
  geoAzimuthalEqualArea,
  geoCentroid,
  geoCircle,
  geoDistance,
  geoEqualEarth,
  geoGraticule,
  geoPath,
} from 'd3-geo';
import { feature } from 'topojson-client';
import { type Drawing, label, spaced } from './drawing.js';
import type { Box } from './placed-text.js';

type Position = [longitude: number, latitude: number];

/** A map whose land and graticule can be drawn; all places are projected to pixels. */
export interface BaseMap {
  isWorld: boolean;
  /** Null for a place that is not on the map. */
  project(longitude: number, latitude: number): Position | null;
  draw(parent: Drawing, prefix: string, fontSize: number): void;
}

const DEGREES = 180 / Math.PI;
/** Stations that are farther than this from their middle are shown on a map of the world. */
const REGION_DEGREES = 55;
/** A single station is shown with so much land around it. */
const LEAST_DEGREES = 4;

/** @param frame the pixels that the map may take, with room for the labels of the graticule around it */
export function createBaseMap(places: readonly Position[], frame: Box): BaseMap {
  const middle = places.length === 0 ? [0, 0] : geoCentroid({ type: 'MultiPoint', coordinates: [...places] });
  const centre: Position = [middle[0] ?? 0, middle[1] ?? 0];
  const radius = places.reduce((most, place) => Math.max(most, geoDistance(centre, place) * DEGREES), 0);
  // Stations all around the Earth have no middle.
  if (places.length === 0 || !Number.isFinite(radius) || radius > REGION_DEGREES) return worldMap(frame);
  return regionMap(places, centre, Math.max(radius, LEAST_DEGREES), frame);
}

function worldMap(frame: Box): BaseMap {
  const sphere: GeoPermissibleObjects = { type: 'Sphere' };
  const projection = geoEqualEarth().fitExtent(corners(frame), sphere);
  return {
    isWorld: true,
    project: (longitude, latitude) => projection([longitude, latitude]),
    draw(parent, _prefix, fontSize) {
      const path = geoPath(projection).digits(1);
      const draw = (shape: GeoPermissibleObjects): Drawing =>
        parent.append('path').attr('d', path(shape) ?? '') as Drawing;
      land(draw(landOf('110m')));
      lines(draw(geoGraticule().step([30, 30])()));
      draw(sphere).attr('fill', 'none').attr('stroke', '#444444');
      for (let latitude = -60; latitude <= 60; latitude += 30) {
        const [x, y] = projection([-180, latitude]) ?? [0, 0];
        const lean = (latitude / 60) * fontSize * 0.7;
        label(parent, x - fontSize * 0.4, y - lean, latitudeText(latitude), {
          anchor: 'end',
          size: fontSize,
        });
      }
      for (let longitude = -120; longitude <= 120; longitude += 60) {
        const [x, y] = projection([longitude, -90]) ?? [0, 0];
        label(parent, x, y + fontSize, longitudeText(longitude), { anchor: 'middle', size: fontSize });
      }
    },
  };
}

function regionMap(places: readonly Position[], centre: Position, radius: number, frame: Box): BaseMap {
  const around = geoCircle().center(centre).radius(LEAST_DEGREES)();
  const edge = Math.min(frame.width, frame.height) * 0.09;
  const inner = {
    x: frame.x + edge,
    y: frame.y + edge,
    width: frame.width - 2 * edge,
    height: frame.height - 2 * edge,
  };
  const projection = geoAzimuthalEqualArea()
    .rotate([-centre[0], -centre[1]])
    .fitExtent(corners(inner), {
      type: 'GeometryCollection',
      geometries: [{ type: 'MultiPoint', coordinates: [...places] }, around],
    })
    .clipExtent(corners(frame));
  const step = [2, 5, 10, 20].find((s) => (2 * radius) / s <= 8) ?? 20;
  return {
    isWorld: false,
    project: (longitude, latitude) => projection([longitude, latitude]),
    draw(parent, prefix, fontSize) {
      const path = geoPath(projection).digits(1);
      const { x, y, width, height } = frame;
      parent
        .append('clipPath')
        .attr('id', `${prefix}-frame`)
        .append('rect')
        .attr('x', x)
        .attr('y', y)
        .attr('width', width)
        .attr('height', height);
      const inside = parent.append('g').attr('clip-path', `url(#${prefix}-frame)`);
      const draw = (shape: GeoPermissibleObjects): Drawing =>
        inside.append('path').attr('d', path(shape) ?? '') as Drawing;
      land(draw(landOf(radius > 35 ? '110m' : '50m')));
      lines(draw(geoGraticule().step([step, step])()));
      parent
        .append('rect')
        .attr('x', x)
        .attr('y', y)
        .attr('width', width)
        .attr('height', height)
        .attr('fill', 'none')
        .attr('stroke', '#444444');
      edgeLabels(parent, projection, frame, step, fontSize);
    },
  };
}

function land(shape: Drawing): void {
  shape.attr('fill', '#ece9e2').attr('stroke', '#8a8a8a').attr('stroke-width', 0.6);
}

function lines(shape: Drawing): void {
  shape
    .attr('fill', 'none')
    .attr('stroke', '#8a8a8a')
    .attr('stroke-width', 0.5)
    .attr('stroke-dasharray', '2 2');
}

/** Latitudes where their circles meet the left edge, longitudes where their meridians meet the lower one. */
function edgeLabels(
  parent: Drawing,
  projection: GeoProjection,
  frame: Box,
  step: number,
  fontSize: number,
): void {
  // The projection's own clipping would hide what lies beyond the edge.
  const open = projection.clipExtent(null);
  const bottom = frame.y + frame.height;
  const meridians = range(-180, 180, step).map((longitude) => ({
    text: longitudeText(longitude),
    x:
      crossing(
        open,
        [-89, 89],
        (latitude) => [longitude, latitude],
        ([, y]) => y - bottom,
      )?.[0] ?? Number.NaN,
  }));
  const inWidth = meridians
    .filter(({ x }) => x >= frame.x + fontSize * 2 && x <= frame.x + frame.width - fontSize * 2)
    .sort((a, b) => a.x - b.x);
  for (const { x, text } of spaced(inWidth, (meridian) => meridian.x, fontSize * 4.5))
    label(parent, x, bottom + fontSize * 0.95, text, { anchor: 'middle', size: fontSize });
  const parallels = range(-90 + step, 90, step).map((latitude) => ({
    text: latitudeText(latitude),
    y:
      crossing(
        open,
        [-180, 180],
        (longitude) => [longitude, latitude],
        ([x]) => x - frame.x,
      )?.[1] ?? Number.NaN,
  }));
  const inHeight = parallels.filter(({ y }) => y >= frame.y && y <= bottom).sort((a, b) => b.y - a.y);
  for (const { y, text } of spaced(inHeight, (parallel) => parallel.y, fontSize * 1.6))
    label(parent, frame.x - fontSize * 0.4, y, text, { anchor: 'end', size: fontSize });
  projection.clipExtent(corners(frame));
}

/** Where a line of the graticule meets an edge of the map: the last sign change of `beyond` between neighbouring points. */
function crossing(
  projection: GeoProjection,
  [from, to]: [number, number],
  point: (along: number) => Position,
  beyond: (pixel: Position) => number,
): Position | undefined {
  let found: Position | undefined;
  let before: Position | null = null;
  for (let along = from; along <= to; along += 0.5) {
    const pixel = projection(point(along));
    if (pixel !== null && before !== null) {
      const [a, b] = [beyond(before), beyond(pixel)];
      // On the far side of the Earth neighbours lie on opposite edges of the projection.
      const isNear = Math.hypot(pixel[0] - before[0], pixel[1] - before[1]) < projection.scale() / 20;
      if (a < 0 !== b < 0 && isNear) {
        const share = a / (a - b);
        found = [before[0] + share * (pixel[0] - before[0]), before[1] + share * (pixel[1] - before[1])];
      }
    }
    before = pixel;
  }
  return found;
}

/** Natural Earth (public domain), as world-atlas has it: the outlines for maps of the world, or of a region. */
function landOf(detail: '110m' | '50m'): GeoPermissibleObjects {
  let land = lands.get(detail);
  if (land === undefined) {
    const require = createRequire(import.meta.url);
    const atlas: Parameters<typeof feature>[0] =
      detail === '110m' ? require('world-atlas/land-110m.json') : require('world-atlas/land-50m.json');
    if (atlas.objects.land === undefined) throw new Error('the atlas has no land');
    land = feature(atlas, atlas.objects.land);
    lands.set(detail, land);
  }
  return land;
}

const lands = new Map<string, GeoPermissibleObjects>();

function corners({ x, y, width, height }: Box): [Position, Position] {
  return [
    [x, y],
    [x + width, y + height],
  ];
}

function latitudeText(degrees: number): string {
  return degrees === 0 ? '0°' : `${Math.abs(degrees)}°${degrees > 0 ? 'N' : 'S'}`;
}

function longitudeText(degrees: number): string {
  const sign = degrees % 180 === 0 ? '' : degrees > 0 ? 'E' : 'W';
  return `${Math.abs(degrees)}°${sign}`;
}
