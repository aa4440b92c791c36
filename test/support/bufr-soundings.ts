/**
 * Soundings of `makeStation` as BUFR: high-resolution ones by the template 309052 (edition 4, with elapsed times and
 * displacements), the others by 309007 (edition 3, the form of the ERA-40 files). For demo, benchmarks and tests.
 */
import type { BufrTables } from '../../src/sources/bufr/tables.js';
import { type BufrValue, encodeBufr } from './bufr-encoder.js';
import type { Field, Igra2Level, Igra2Sounding } from './igra2-encoder.js';

/** How the station is named in the messages. */
export type BufrStation = { wmoNumber: number } | { callSign: string };

const STANDARD_GRAVITY = 9.80665;
const ICE_POINT = 273.15;
/** 0 08 042, bit 1 of 18: surface. */
const SURFACE = 1 << 17;
/** 0 08 021: launch time. */
const LAUNCH = 18;

/** A message per sounding that has a level with a pressure, one after the other. */
export function encodeBufrSoundings(
  tables: BufrTables,
  soundings: readonly Igra2Sounding[],
  station: BufrStation,
): Buffer {
  const messages = soundings.filter(hasPressure).map((sounding) => message(tables, sounding, station));
  return Buffer.concat(messages);
}

/** Whether the sounding can be written in these templates. */
export function hasPressure({ levels }: Igra2Sounding): boolean {
  return levels.some(({ pressure }) => typeof pressure === 'number');
}

function message(tables: BufrTables, sounding: Igra2Sounding, station: BufrStation): Uint8Array {
  const { year, month, day, hour, release, latitude, longitude } = sounding;
  const detailed = release < 2400;
  const launch = new Date(Date.UTC(year, month - 1, day, hour));
  if (detailed) {
    launch.setUTCHours(Math.floor(release / 100), release % 100);
    // Releases are on the nominal day, or in the evening before it.
    if (release > 1200 && hour < 12) launch.setUTCDate(launch.getUTCDate() - 1);
  }
  const levels = sounding.levels.filter(({ pressure }) => typeof pressure === 'number');
  let level = -1;
  const supply = ({ descriptor }: { descriptor: number }): BufrValue => {
    // Each template begins its levels with another element.
    if (descriptor === (detailed ? 4086 : 7004)) level++;
    if (descriptor === 31001) return detailed ? 0 : levels.length;
    const at = levels[level];
    if (at !== undefined) return levelValue(descriptor, at);
    switch (descriptor) {
      case 1001:
        return 'wmoNumber' in station ? Math.floor(station.wmoNumber / 1000) : null;
      case 1002:
        return 'wmoNumber' in station ? station.wmoNumber % 1000 : null;
      case 1011:
        return 'callSign' in station ? station.callSign : null;
      case 2011:
        return 80;
      case 4001:
        return launch.getUTCFullYear();
      case 4002:
        return launch.getUTCMonth() + 1;
      case 4003:
        return launch.getUTCDate();
      case 4004:
        return launch.getUTCHours();
      case 4005:
        return launch.getUTCMinutes();
      case 4006:
        return 0;
      case 5001:
      case 5002:
        return latitude;
      case 6001:
      case 6002:
        return longitude;
      case 8021:
        return LAUNCH;
      case 31002:
        return levels.length;
      default:
        return null;
    }
  };
  return encodeBufr({
    tables,
    year,
    month,
    day,
    hour,
    ...(detailed
      ? { edition: 4 as const, localSubCategory: 109, descriptors: [309_052] }
      : { edition: 3 as const, masterVersion: 13, ...plainTemplate(station) }),
    subsets: [supply],
  });
}

/** 309007 for land; the same with a call sign for ships. */
function plainTemplate(station: BufrStation): { localSubCategory: number; descriptors: number[] } {
  if ('wmoNumber' in station) return { localSubCategory: 101, descriptors: [309_007] };
  const head = [1011, 2011, 2012, 301_011, 301_012, 301_022];
  return { localSubCategory: 102, descriptors: [...head, 101_000, 31_001, 303_014] };
}

function levelValue(descriptor: number, level: Igra2Level): BufrValue {
  const { pressure, height, temperature, dewPointDepression, windDirection, windSpeed, elapsed } = level;
  switch (descriptor) {
    case 4086:
      return numberOf(elapsed);
    case 5015:
    case 6015:
      // Some metres per second to the north-east.
      return elapsed === null ? null : Math.round(Number(elapsed) * 6) / 1e5;
    case 7004:
      return numberOf(pressure);
    case 8042:
      return level.subtype === 1 ? SURFACE : 0;
    case 8001:
      return level.subtype === 1 ? 1 << 6 : 1 << 5;
    case 10003:
      return scaled(height, (metres) => metres * STANDARD_GRAVITY);
    case 10009:
      return numberOf(height);
    case 11001:
      return numberOf(windDirection);
    case 11002:
      return scaled(windSpeed, (tenths) => tenths / 10);
    case 12001:
    case 12101:
      return scaled(temperature, (tenths) => tenths / 10 + ICE_POINT);
    case 12003:
    case 12103:
      return typeof temperature === 'number'
        ? scaled(dewPointDepression, (tenths) => (temperature - tenths) / 10 + ICE_POINT)
        : null;
    default:
      return null;
  }
}

function numberOf(field: Field | undefined): number | null {
  return typeof field === 'number' ? field : null;
}

function scaled(field: Field | undefined, convert: (raw: number) => number): number | null {
  return typeof field === 'number' ? convert(field) : null;
}
