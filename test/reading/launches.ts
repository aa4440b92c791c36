/** Soundings written down for tests that look at launches. */
import { level } from '../run/station-file.js';
import type { Igra2Sounding } from '../support/igra2-encoder.js';

const LEVEL = level({ type: 1 });
const SOUNDING: Igra2Sounding = {
  id: 'AUM00011035',
  year: 2019,
  month: 2,
  day: 20,
  hour: 12,
  release: 1117,
  latitude: 48.2486,
  longitude: 16.3564,
  levels: [],
};

/** Three launches of Vienna; the first one has a level of every kind. */
export const LAUNCHES: Igra2Sounding[] = [
  {
    ...SOUNDING,
    levels: [
      { ...LEVEL, subtype: 1, pressure: 99_000, height: 200, temperature: 153, relativeHumidity: 805 },
      { ...LEVEL, elapsed: 130, pressure: 85_000, temperature: -21, dewPointDepression: 40 },
      { ...LEVEL, pressure: 50_000, height: 5570, windDirection: 270, windSpeed: 155 },
      // The same pressure again, with another wind.
      { ...LEVEL, type: 2, pressure: 50_000, windDirection: 280, windSpeed: 160 },
      { ...LEVEL, type: 3, height: 6000, windDirection: 275, windSpeed: 180 },
    ],
  },
  // Two that say they were released in the same minute.
  { ...SOUNDING, day: 21, hour: 0, release: 2310, levels: [{ ...LEVEL, pressure: 92_500, temperature: 5 }] },
  {
    ...SOUNDING,
    day: 21,
    hour: 0,
    release: 2310,
    levels: [
      { ...LEVEL, pressure: 92_500, temperature: 7 },
      { ...LEVEL, pressure: 85_000, temperature: -1 },
    ],
  },
];
