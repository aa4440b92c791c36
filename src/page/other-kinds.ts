/** Words for messages and reports that are no soundings. */

/** What they are of, by the name of the kind in the counts. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
  aircraft: 'aircraft',
  altimetry: 'satellite altimeters',
  'bufr-tables': 'tables of the format itself',
  buoy: 'buoys',
  climat: 'monthly means at the surface',
  'climat-temp': 'monthly means of soundings',
  'constant-level-balloon': 'balloons that stay at one level',
  constituents: 'constituents of the air',
  dispersal: 'dispersal and transport',
  'drifting-buoy': 'drifting buoys',
  gnss: 'satellite navigation',
  'gps-humidity': 'humidity from satellite navigation',
  hydrology: 'hydrology',
  image: 'images',
  lidar: 'lidars',
  lightning: 'lightning',
  metar: 'airports at the ground (METAR)',
  'microwave-radiometer': 'microwave radiometers',
  'model-profile': 'profiles of a model',
  ocean: 'the ocean',
  'ocean-profile': 'profiles in the ocean',
  'pseudo-observation': 'values that nobody observed',
  radar: 'weather radars',
  'radar-wind': 'winds from weather radars',
  radiation: 'radiation',
  'radio-occultation': 'radio occultation',
  radiological: 'radioactivity',
  rass: 'acoustic temperature profilers (RASS)',
  'raw-radiosonde': 'raw signals of radiosondes',
  satellite: 'satellites',
  'satellite-sounding': 'soundings by satellite',
  'satellite-wind': 'winds from satellites',
  'ship-synop': 'ships at the surface',
  sodar: 'acoustic wind profilers',
  synop: 'land stations at the surface (SYNOP)',
  'synop-ship': 'ships at the surface',
  'synoptic-feature': 'features of weather maps',
  'tide-gauge': 'tide gauges',
  tower: 'towers',
  warning: 'warnings',
  'wind-profiler': 'wind profilers',
};

/** Reasons `<what>.<kind>` of all that is no sounding. */
export function otherKinds(what: string, one: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(OTHER_KINDS).map(([kind, words]) => [
      `${what}.${kind}`,
      `${one} of ${words}: no sounding, left out.`,
    ]),
  );
}
