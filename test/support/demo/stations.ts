/**
 * The stations of the demo: eight made-up places, each of a kind that the real archive has. Country code `XX` and WMO block
 * 99 belong to nobody, so that no demo file is taken for data of a real station.
 */
import type { Field, Igra2Level, Igra2Sounding, StationListEntry } from '../igra2-encoder.js';
import { makeStation, type SoundingKind, type StationOptions } from '../soundings.js';

/** One station of the demo archive. */
export interface DemoStation {
  /** Its line of the station list. */
  entry: StationListEntry;
  /** Primary station id that the output must have. */
  primaryId: string;
  /** CDM `station_type`: 0 radiosonde, 1 pilot balloon. */
  stationType: 0 | 1;
  /** How it lies in the archive: as one file, or as two parts of different packing. */
  packing: readonly ('zip' | 'gz' | 'plain')[];
  soundings: readonly Igra2Sounding[];
}

interface Place {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  elevation: number;
}

/** Every station of the demo, by id. The same on every call. */
export function demoStations(): DemoStation[] {
  const modern = place('XXM00099001', 'MODERN LAND STATION', 48.25, 16.37, 200);
  const century = place('XXM00099002', 'SEVENTY YEARS', -30.08, 145.97, 107);
  const pilot = place('XXM00099003', 'PILOT BALLOONS ONLY', -9.333, -54.967, 537);
  const byHeight = place('XXM00099004', 'WINDS BY HEIGHT', 32.4167, -99.6833, 535);
  const odd = place('XXM00099005', 'ODDITIES', 0.05, 179.9, 3);
  const icao = place('XXI0000XDEM', 'AIRPORT', 71.2889, -156.7833, 12);
  const wban = place('XXW00099007', 'WEATHER BUREAU', 41.32, -96.3669, 351);
  const stations: DemoStation[] = [
    land(modern, 0, ['zip'], series(1, modern, day(2019, 12, 25), 30, ['modern'])),
    land(century, 0, ['gz'], decades(century)),
    land(pilot, 1, ['plain'], series(3, pilot, day(1973, 1, 6), 12, ['pilot'])),
    land(byHeight, 1, ['zip'], series(4, byHeight, day(1935, 7, 2), 12, ['pilot-by-height'])),
    land(odd, 0, ['plain'], oddities(odd)),
    land(icao, 0, ['zip', 'gz'], series(6, icao, day(2010, 6, 1), 10, ['modern', 'classic'])),
    land(wban, 0, ['gz'], series(7, wban, day(1957, 2, 27), 12, ['classic', 'pilot'])),
    ship('ZZV000DEMO1'),
  ];
  return stations.sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}

function place(id: string, name: string, latitude: number, longitude: number, elevation: number): Place {
  return { id, name, latitude, longitude, elevation };
}

function day(year: number, month: number, dayOfMonth: number): { year: number; month: number; day: number } {
  return { year, month, day: dayOfMonth };
}

function series(
  seed: number,
  { id, latitude, longitude, elevation }: Place,
  from: NonNullable<StationOptions['from']>,
  soundings: number,
  kinds: readonly SoundingKind[],
): Igra2Sounding[] {
  return makeStation(seed, { id, latitude, longitude, elevation, from, soundings, kinds, removed: 0.003 });
}

/** Two days of every fourth year from 1948 to 2020: balloons first, then classic soundings, then modern ones. */
function decades(at: Place): Igra2Sounding[] {
  const soundings: Igra2Sounding[] = [];
  for (let year = 1948; year <= 2020; year += 4) {
    const kind = year < 1956 ? 'pilot' : year < 1996 ? 'classic' : 'modern';
    soundings.push(...series(year, at, day(year, 2, 28), 4, [kind]));
  }
  return soundings;
}

function land(
  { id, name, latitude, longitude, elevation }: Place,
  stationType: 0 | 1,
  packing: DemoStation['packing'],
  soundings: readonly Igra2Sounding[],
): DemoStation {
  const years = soundings.map((sounding) => sounding.year);
  return {
    entry: {
      id,
      latitude,
      longitude,
      elevation,
      name,
      firstYear: Math.min(...years),
      lastYear: Math.max(...years),
      soundings: soundings.length,
    },
    primaryId: primaryIdOf(id),
    stationType,
    packing,
    soundings,
  };
}

/** A ship under way across the date line: a position per report, one report without, the station list with none. */
/** WMO and WBAN numbers have ids that every archive shares, ships their call signs. */
function primaryIdOf(id: string): string {
  return id
    .replace(/^..M000(\d{5})$/, '0-20000-0-$1')
    .replace(/^..W000(\d{5})$/, 'WBAN-$1')
    .replace(/^..V0*/, '');
}

function ship(id: string): DemoStation {
  const at = place(id, 'SHIP UNDER WAY', 35, 178.5, 10);
  const soundings = series(8, at, day(1998, 8, 3), 8, ['classic']).map((sounding, i): Igra2Sounding => {
    if (i === 5) return { ...sounding, latitude: null, longitude: null };
    const longitude = 178.5 + 0.5 * i;
    return {
      ...sounding,
      latitude: 35 + 0.25 * i,
      longitude: longitude > 180 ? longitude - 360 : longitude,
    };
  });
  const station = land(at, 0, ['plain'], soundings);
  return { ...station, entry: { ...station.entry, latitude: null, longitude: null, elevation: null } };
}

/** What the archive's oldest and strangest headers hold, in the order of the file: by nominal time. */
function oddities(at: Place): Igra2Sounding[] {
  const [template] = series(5, at, day(1999, 1, 1), 1, ['classic']);
  if (template === undefined) throw new RangeError('no sounding to start from');
  const header = (year: number, month: number, dayOfMonth: number, hour: number, release: number) => ({
    ...template,
    year,
    month,
    day: dayOfMonth,
    hour,
    release,
  });
  const ground: Igra2Level = {
    type: 2,
    subtype: 1,
    elapsed: 0,
    pressure: 99_999,
    pressureFlag: 'B',
    height: 3,
    heightFlag: 'A',
    temperature: 285,
    temperatureFlag: 'B',
    relativeHumidity: 1000,
    dewPointDepression: 0,
    windDirection: 360,
    windSpeed: 0,
  };
  const removed: Field = 'removed';
  return [
    // Nominal hour missing, release time known; then neither: the report is set to local midday.
    header(1948, 3, 1, 99, 2200),
    header(1948, 3, 3, 99, 9999),
    // Released before midnight on the day before: here also in the year before.
    header(1999, 1, 1, 0, 2330),
    header(1999, 1, 2, 1, 2340),
    // Released after midnight on the day after.
    header(1999, 1, 3, 23, 30),
    // Minute of the release missing.
    header(1999, 1, 5, 12, 1199),
    // Two soundings at one time: two reports in one record.
    { ...header(1999, 1, 6, 12, 1130), levels: [ground] },
    { ...header(1999, 1, 6, 12, 1130), levels: [{ ...ground, temperature: 286 }] },
    // The same level twice, then a level whose values were all removed, then nothing but a pressure.
    {
      ...header(1999, 1, 7, 0, 9999),
      levels: [
        ground,
        ground,
        {
          ...ground,
          pressure: 85_000,
          height: removed,
          heightFlag: ' ',
          temperature: removed,
          temperatureFlag: ' ',
          relativeHumidity: removed,
          dewPointDepression: removed,
          windDirection: removed,
          windSpeed: removed,
        },
        {
          ...ground,
          pressure: 50_000,
          height: null,
          heightFlag: ' ',
          temperature: null,
          temperatureFlag: ' ',
          relativeHumidity: null,
          dewPointDepression: null,
          windDirection: null,
          windSpeed: null,
        },
      ],
    },
  ];
}
