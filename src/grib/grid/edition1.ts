/** Grids of section 2 of edition 1. Positions are octets less one, as the manual counts from 1. */
import { ibm32 } from '../floats.js';
import { s24, u16, u24 } from '../octets.js';
import { rowList1 } from '../rows.js';
import { buildGeographic, buildLambert, buildMercator, buildPolarStereographic } from './build.js';
import { IAU_1965, SPHERE } from './earth.js';
import type { LatLon, SampledGrid } from './grid.js';
import { geometryHash } from './hash.js';
import { type GridHead, type MapHead, Refusal } from './head.js';
import { wrapped } from './longitudes.js';
import { scanningOf } from './scanning.js';

/** A type of grid: its least length in octets, and what makes a grid of it. */
interface GridType {
  readonly octets: number;
  readonly read: (section: Uint8Array, head: GridHead) => SampledGrid;
}

const TYPES = new Map<number, GridType>([
  [0, { octets: 28, read: (section, head) => readGeographic(section, head, false, false) }],
  [1, { octets: 34, read: readMercator }],
  [3, { octets: 34, read: readLambert }],
  [4, { octets: 28, read: (section, head) => readGeographic(section, head, true, false) }],
  [5, { octets: 28, read: readPolarStereographic }],
  [10, { octets: 42, read: (section, head) => readGeographic(section, head, false, true) }],
]);

/** Names of types that are not sampled, for the error. */
const REFUSED = new Map([
  [2, 'gnomonic'],
  [6, 'universal transverse Mercator'],
  [7, 'simple polyconic'],
  [8, 'Albers'],
  [14, 'rotated Gaussian'],
  [20, 'stretched latitudes and longitudes'],
  [24, 'stretched Gaussian'],
  [30, 'stretched and rotated latitudes and longitudes'],
  [34, 'stretched and rotated Gaussian'],
  [50, 'spherical harmonics'],
  [90, 'space view'],
  [192, 'triangular'],
]);

/** What stands for a number that is not given. */
const ABSENT = 0xffff;
/** The unit of degrees. */
const UNIT = 1e-3;
/** The latitude where polar stereographic grids of edition 1 are true. */
const TRUE_LATITUDE = 60;

/** The grid of a section 2. */
export function readGrid1(section: Uint8Array): SampledGrid {
  if (section.length < 28) throw new Refusal('section 2 is too short', false);
  const number = section[5]!;
  const type = TYPES.get(number);
  if (type === undefined) {
    const name = REFUSED.get(number);
    throw new Refusal(`grid type ${number}${name ? ` (${name})` : ''} of edition 1`, true);
  }
  if (section.length < type.octets) throw new Refusal('section 2 is shorter than its type', false);
  const scanning = scanningOf(section[27]!);
  if (scanning === null) throw new Refusal('a grid with shifted rows', true);
  const flags = section[16]!;
  const list = rowList1(section);
  // Vertical coordinates stand between the type's octets and the list of rows: they are no geometry of the plane.
  const parts = [
    section.subarray(5, type.octets),
    list === null ? new Uint8Array(0) : new Uint8Array(list.buffer),
  ];
  return type.read(section, {
    scanning,
    earth: (flags & 0x40) === 0 ? SPHERE : IAU_1965,
    isGridRelative: (flags & 0x08) !== 0,
    notes: [],
    gridHash: geometryHash(1, parts, 11),
  });
}

function placeAt(section: Uint8Array, at: number): LatLon {
  return { latitude: s24(section, at) / 1000, longitude: s24(section, at + 3) / 1000 };
}

function readGeographic(
  section: Uint8Array,
  head: GridHead,
  isGaussian: boolean,
  isRotated: boolean,
): SampledGrid {
  const ni = u16(section, 6);
  const isStated = (section[16]! & 0x80) !== 0;
  const increment = (at: number): number | null =>
    !isStated || u16(section, at) === ABSENT ? null : u16(section, at) / 1000;
  return buildGeographic({
    ...head,
    ni: ni === ABSENT ? null : ni,
    nj: u16(section, 8),
    points: null,
    first: placeAt(section, 10),
    last: placeAt(section, 17),
    stated: { i: increment(23), j: isGaussian ? null : increment(25) },
    unit: UNIT,
    gaussian: isGaussian ? u16(section, 25) : null,
    list: rowList1(section),
    rotation: isRotated ? { south: placeAt(section, 32), angle: ibm32(section, 38) } : null,
  });
}

function mapHead(section: Uint8Array, head: GridHead, steps: number): MapHead {
  const first = placeAt(section, 10);
  return {
    ...head,
    ni: u16(section, 6),
    nj: u16(section, 8),
    first: { latitude: first.latitude, longitude: wrapped(first.longitude) },
    dx: u24(section, steps),
    dy: u24(section, steps + 3),
  };
}

function readMercator(section: Uint8Array, head: GridHead): SampledGrid {
  return buildMercator(mapHead(section, head, 28), s24(section, 23) / 1000, placeAt(section, 17));
}

function readPolarStereographic(section: Uint8Array, head: GridHead): SampledGrid {
  const isSouth = (section[26]! & 0x80) !== 0;
  return buildPolarStereographic(mapHead(section, head, 20), isSouth, TRUE_LATITUDE, s24(section, 17) / 1000);
}

function readLambert(section: Uint8Array, head: GridHead): SampledGrid {
  if ((section[26]! & 0x40) !== 0) throw new Refusal('a bipolar Lambert grid', true);
  const parallels: [number, number] = [s24(section, 28) / 1000, s24(section, 31) / 1000];
  return buildLambert(mapHead(section, head, 20), parallels, s24(section, 17) / 1000);
}
