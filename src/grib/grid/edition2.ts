/** Grids of section 3 of edition 2. Positions are octets less one, as the manual counts from 1. */
import { f32 } from '../floats.js';
import { isMissing, s32, u16, u32 } from '../octets.js';
import { rowList2 } from '../rows.js';
import { buildGeographic, buildLambert, buildMercator, buildPolarStereographic } from './build.js';
import { earthOf2 } from './earth.js';
import type { LatLon, SampledGrid } from './grid.js';
import { geometryHash } from './hash.js';
import { type GridHead, type MapHead, Refusal } from './head.js';
import { wrapped } from './longitudes.js';
import { scanningOf } from './scanning.js';

/** A template of section 3: its least length in octets, where its flags are, and what makes a grid of it. */
interface Template {
  readonly octets: number;
  readonly components: number;
  readonly scanning: number;
  readonly read: (section: Uint8Array, head: GridHead) => SampledGrid;
}

const geographic = { octets: 72, components: 54, scanning: 71 };
const onMap = { components: 46, scanning: 64 };

const TEMPLATES = new Map<number, Template>([
  [0, { ...geographic, read: (section, head) => readGeographic(section, head, false) }],
  [1, { ...geographic, octets: 84, read: (section, head) => readGeographic(section, head, false) }],
  [10, { octets: 72, components: 46, scanning: 59, read: readMercator }],
  [20, { ...onMap, octets: 65, read: readPolarStereographic }],
  [30, { ...onMap, octets: 81, read: readLambert }],
  [40, { ...geographic, read: (section, head) => readGeographic(section, head, true) }],
]);

/** Names of templates that are not sampled, for the error. */
const REFUSED = new Map([
  [2, 'stretched latitudes and longitudes'],
  [3, 'stretched and rotated latitudes and longitudes'],
  [41, 'rotated Gaussian'],
  [42, 'stretched Gaussian'],
  [43, 'stretched and rotated Gaussian'],
  [50, 'spherical harmonics'],
  [90, 'space view'],
  [100, 'icosahedral'],
  [101, 'unstructured'],
  [140, "Lambert's equal area projection"],
  [150, 'HEALPix'],
]);

/** Degrees of a unit of projections. */
const MICRODEGREE = 1e-6;
/** m of a unit of increments. */
const MILLIMETRE = 1e-3;

/** The grid of a section 3. */
export function readGrid2(section: Uint8Array): SampledGrid {
  if (section.length < 14) throw new Refusal('section 3 is too short', false);
  const number = u16(section, 12);
  const template = TEMPLATES.get(number);
  if (section[5] !== 0 || template === undefined) {
    const name = section[5] === 0 ? REFUSED.get(number) : 'kept by the centre';
    throw new Refusal(`grid definition template 3.${number}${name ? ` (${name})` : ''}`, true);
  }
  if (section.length < template.octets) throw new Refusal('section 3 is shorter than its template', false);
  const scanning = scanningOf(section[template.scanning]!);
  if (scanning === null) throw new Refusal('a grid with shifted rows', true);
  const notes: string[] = [];
  const grid = template.read(section, {
    scanning,
    earth: earthOf2(section, notes),
    isGridRelative: (section[template.components]! & 0x08) !== 0,
    notes,
    gridHash: geometryHash(2, [section.subarray(5)], template.components - 5),
  });
  const points = u32(section, 6);
  if (grid.points !== points) throw new Refusal(`${grid.ni} x ${grid.nj} points, not ${points}`, false);
  return grid;
}

/** Degrees of a unit in templates of latitudes and longitudes. */
function unitOf(section: Uint8Array): number {
  const angle = u32(section, 38);
  const parts = u32(section, 42);
  const usual = angle === 0 || isMissing(section, 38, 4) || parts === 0 || isMissing(section, 42, 4);
  return usual ? MICRODEGREE : angle / parts;
}

/** A coordinate, so that whole numbers of millionths are the nearest double to their decimals. */
function degrees(value: number, unit: number): number {
  return unit === MICRODEGREE ? value / 1e6 : value * unit;
}

function placeAt(section: Uint8Array, at: number, unit: number): LatLon {
  return {
    latitude: degrees(s32(section, at), unit),
    longitude: degrees(s32(section, at + 4), unit),
  };
}

function countAt(section: Uint8Array, at: number): number | null {
  return isMissing(section, at, 4) ? null : u32(section, at);
}

function readGeographic(section: Uint8Array, head: GridHead, isGaussian: boolean): SampledGrid {
  const unit = unitOf(section);
  const ni = countAt(section, 30);
  const list = ni === null ? rowList2(section) : null;
  const isRotated = u16(section, 12) === 1;
  const flags = section[54]!;
  const increment = (at: number, flag: number): number | null =>
    isMissing(section, at, 4) || (flags & flag) === 0 ? null : degrees(u32(section, at), unit);
  return buildGeographic({
    ...head,
    ni,
    nj: countAt(section, 34) ?? 0,
    points: u32(section, 6),
    first: placeAt(section, 46, unit),
    last: placeAt(section, 55, unit),
    stated: { i: increment(63, 0x20), j: isGaussian ? null : increment(67, 0x10) },
    unit,
    gaussian: isGaussian ? u32(section, 67) : null,
    list,
    rotation: isRotated ? { south: placeAt(section, 72, unit), angle: f32(section, 80) } : null,
  });
}

function mapHead(section: Uint8Array, head: GridHead, steps: number): MapHead {
  const first = placeAt(section, 38, MICRODEGREE);
  return {
    ...head,
    ni: countAt(section, 30) ?? 0,
    nj: countAt(section, 34) ?? 0,
    first: { latitude: first.latitude, longitude: wrapped(first.longitude) },
    dx: u32(section, steps) * MILLIMETRE,
    dy: u32(section, steps + 4) * MILLIMETRE,
  };
}

function readMercator(section: Uint8Array, head: GridHead): SampledGrid {
  const last = isMissing(section, 51, 4) ? null : placeAt(section, 51, MICRODEGREE);
  const grid = buildMercator(mapHead(section, head, 64), degrees(s32(section, 47), MICRODEGREE), last);
  const angle = isMissing(section, 60, 4) ? 0 : degrees(u32(section, 60), MICRODEGREE);
  if (angle === 0) return grid;
  // Some centres write a longitude here. A grid that ends where an unturned one does is not turned.
  if (last === null || head.notes.length > 0) throw new Refusal('a Mercator grid that is turned', true);
  head.notes.push(`orientation: ${angle} degrees as coded, 0 from the first and the last point`);
  return grid;
}

/** Bit 1 of the projection centre flags: the south pole is on the plane. Bit 2: both poles are. */
const SOUTH = 0x80;
const BOTH = 0x40;

function readPolarStereographic(section: Uint8Array, head: GridHead): SampledGrid {
  const isSouth = (section[63]! & SOUTH) !== 0;
  const trueLatitude = degrees(s32(section, 47), MICRODEGREE);
  const orientation = degrees(s32(section, 51), MICRODEGREE);
  return buildPolarStereographic(mapHead(section, head, 55), isSouth, trueLatitude, orientation);
}

function readLambert(section: Uint8Array, head: GridHead): SampledGrid {
  if ((section[63]! & BOTH) !== 0) throw new Refusal('a bipolar Lambert grid', true);
  const parallels = [s32(section, 65), s32(section, 69)].map((value) => degrees(value, MICRODEGREE));
  const orientation = degrees(s32(section, 51), MICRODEGREE);
  return buildLambert(mapHead(section, head, 55), [parallels[0]!, parallels[1]!], orientation);
}
