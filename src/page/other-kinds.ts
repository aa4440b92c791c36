/** Words for messages and reports that are no soundings. */

/** What they are of, by the name of the kind in the counts. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
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
  'ship-synop': 'ship at the surface',
  sodar: 'sodar, an acoustic wind profiler',
  synop: 'SYNOP of a land station',
  'synop-ship': 'ship at the surface',
  'synoptic-feature': 'feature of a weather map',
  'tide-gauge': 'tide gauge',
  tower: 'tower',
  warning: 'warning',
  'wind-profiler': 'wind profiler',
};

/** Reasons `<what>.<kind>` of all that is no sounding. */
export function otherKinds(what: string, one: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(OTHER_KINDS).map(([kind, words]) => [
      `${what}.${kind}`,
      `${one} that is no sounding (${words}): left out.`,
    ]),
  );
}
