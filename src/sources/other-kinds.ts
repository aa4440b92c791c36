/** Messages and reports that are no soundings, by kind: archives hold them beside soundings, and readers leave them out. */
import { type Reason, reasonsWith } from './reason.js';

/** What they are of, by the name of the kind in the counts. */
const OTHER_KINDS = {
  aircraft: 'aircraft',
  altimetry: 'satellite altimeter',
  'bufr-tables': 'tables of the format itself',
  buoy: 'buoy',
  climat: 'monthly means at the surface',
  'climat-temp': 'monthly means of soundings',
  'constant-level-balloon': 'balloon that stays at one level',
  constituents: 'constituents of the air',
  dispersal: 'dispersal and transport',
  'drifting-buoy': 'drifting buoy',
  gnss: 'satellite navigation',
  'gps-humidity': 'humidity from satellite navigation',
  hydrology: 'hydrology',
  image: 'image',
  lidar: 'lidar',
  lightning: 'lightning',
  metar: 'METAR of an airport',
  'microwave-radiometer': 'microwave radiometer',
  'model-profile': 'profile of a model',
  'not-a-sounding': 'another kind',
  ocean: 'ocean',
  'ocean-profile': 'profile in the ocean',
  'pseudo-observation': 'values that nobody observed',
  radar: 'weather radar',
  'radar-wind': 'winds of a weather radar',
  radiation: 'radiation',
  'radio-occultation': 'radio occultation',
  radiological: 'radioactivity',
  rass: 'RASS, an acoustic temperature profiler',
  'raw-radiosonde': 'raw signals of a radiosonde',
  satellite: 'satellite',
  'satellite-sounding': 'sounding by satellite',
  'satellite-wind': 'winds of a satellite',
  sodar: 'sodar, an acoustic wind profiler',
  synop: 'SYNOP of a land station',
  'synop-ship': 'ship at the surface',
  'synoptic-feature': 'feature of a weather map',
  'tide-gauge': 'tide gauge',
  tower: 'tower',
  warning: 'warning',
  'wind-profiler': 'wind profiler',
} as const;

/** A kind of messages or reports that are no soundings, as the counts name it. */
export type OtherKindName = keyof typeof OTHER_KINDS;

/** The reasons `<what>.<kind>` for each of the kinds. @param one what is left out, such as `A message` */
export function otherKindReasons(
  what: string,
  one: string,
  kinds: readonly OtherKindName[],
): readonly Reason[] {
  return kinds.flatMap((kind) =>
    reasonsWith('left out', {
      [`${what}.${kind}`]: `${one} that is no sounding (${OTHER_KINDS[kind]}): left out.`,
    }),
  );
}
