/**
 * Soundings read off the text of the real UADB file by eye, in the units of the Common Data Model. The raw line stands
 * above each expectation. The file is that of the samples folder `ncar/`; `report` counts from 1. No other level of the
 * report has the vertical coordinate of a level given here.
 *
 * Temperature: degC + 273.15; pressure: hPa x 100. Quality: 2 (not checked) everywhere.
 */

/** One level; what is left out is not observed and must make no row. */
export interface GoldenUadbLevel {
  /** Vertical coordinate: Pa (zType 1) or m above sea level (zType 0). */
  z: number;
  zType: 0 | 1;
  /** gpm */
  height?: number;
  /** K */
  temperature?: number;
  /** per cent */
  relativeHumidity?: number;
  /** degrees from north */
  windDirection?: number;
  /** m/s */
  windSpeed?: number;
}

export interface GoldenUadbSounding {
  file: string;
  station: string;
  report: number;
  /** The one time that the archive gives. */
  nominal: string;
  latitude: number;
  longitude: number;
  /** Height of the station in metres. */
  elevation: number;
  /** Sounding id. */
  number: number;
  /** Level lines of the report. */
  levels: number;
  expected: readonly GoldenUadbLevel[];
}

const CACHIMBO = {
  file: 'uadb_trhc_82930.excerpt.txt',
  station: '82930',
  latitude: -9.37,
  longitude: -54.9,
} as const;

export const GOLDEN_UADB: readonly GoldenUadbSounding[] = [
  {
    // H      5668994  82930  1   1  2.40  2 1969 10  4 1200  4    -9.3700   305.1000    423  3    5    3.3.0
    ...CACHIMBO,
    report: 1,
    nominal: '1969-10-04T12:00:00Z',
    elevation: 423,
    number: 5_668_994,
    levels: 5,
    expected: [
      //    1 -99999.0    424.0 -999.0 -999.0      0    0.0
      { z: 424, zType: 0, windDirection: 0, windSpeed: 0 },
      //    2   1000.0     27.0 -999.0 -999.0   -999 -999.0
      { z: 100_000, zType: 1, height: 27 },
      //    2    700.0   2862.0   -9.7   84.6    315    9.3
      {
        z: 70_000,
        zType: 1,
        height: 2862,
        temperature: 263.45,
        relativeHumidity: 84.6,
        windDirection: 315,
        windSpeed: 9.3,
      },
      //    2    500.0   5371.0  -25.7   69.5   -999 -999.0
      { z: 50_000, zType: 1, height: 5371, temperature: 247.45, relativeHumidity: 69.5 },
    ],
  },
  {
    // H      5669150  82930  1   1  2.40  2 1971  2 13 1200  4    -9.3700   305.1000    423  3   19    3.3.0
    ...CACHIMBO,
    report: 2,
    nominal: '1971-02-13T12:00:00Z',
    elevation: 423,
    number: 5_669_150,
    levels: 19,
    expected: [
      //    1    971.0    423.0   26.8   65.5   -999 -999.0
      { z: 97_100, zType: 1, height: 423, temperature: 299.95, relativeHumidity: 65.5 },
      //    3    830.0 -99999.0   15.4   82.3   -999 -999.0
      { z: 83_000, zType: 1, temperature: 288.55, relativeHumidity: 82.3 },
      //    2    250.0  10881.0  -46.7 -999.0    245    8.7
      { z: 25_000, zType: 1, height: 10_881, temperature: 226.45, windDirection: 245, windSpeed: 8.7 },
      //    1 -99999.0    424.0 -999.0 -999.0    140    7.2
      { z: 424, zType: 0, windDirection: 140, windSpeed: 7.2 },
      //    4 -99999.0  10668.0 -999.0 -999.0    250    3.1
      { z: 10_668, zType: 0, windDirection: 250, windSpeed: 3.1 },
    ],
  },
  {
    // H     44795206  82930  1  27  2.40  1 1978 10 12 1100  1    -9.3700   305.1000    432  3   39    3.3.0
    ...CACHIMBO,
    report: 4,
    nominal: '1978-10-12T11:00:00Z',
    elevation: 432,
    number: 44_795_206,
    levels: 39,
    expected: [
      //    2    850.0   1514.0   18.2   72.6    100    4.1
      {
        z: 85_000,
        zType: 1,
        height: 1514,
        temperature: 291.35,
        relativeHumidity: 72.6,
        windDirection: 100,
        windSpeed: 4.1,
      },
      //    2     30.0  23870.0  -56.1 -999.0     20    2.1
      { z: 3000, zType: 1, height: 23_870, temperature: 217.05, windDirection: 20, windSpeed: 2.1 },
      //    3    260.0 -99999.0  -40.1   37.0   -999 -999.0
      { z: 26_000, zType: 1, temperature: 233.05, relativeHumidity: 37 },
      //    5     15.0 -99999.0 -999.0 -999.0     90   21.9
      { z: 1500, zType: 1, windDirection: 90, windSpeed: 21.9 },
    ],
  },
  {
    // H     44800722  82930  1  27  2.40  1 1978 10 14 1200  1    -9.3700   305.1000    432  3   27    3.3.0
    ...CACHIMBO,
    report: 6,
    nominal: '1978-10-14T12:00:00Z',
    elevation: 432,
    number: 44_800_722,
    levels: 27,
    expected: [
      //    2   1000.0 -99999.0 -999.0 -999.0   -999 -999.0
      { z: 100_000, zType: 1 },
      //    2    850.0   1505.0   18.8   95.7    130    2.1
      {
        z: 85_000,
        zType: 1,
        height: 1505,
        temperature: 291.95,
        relativeHumidity: 95.7,
        windDirection: 130,
        windSpeed: 2.1,
      },
      //    3    838.0 -99999.0   18.4   95.7   -999 -999.0
      { z: 83_800, zType: 1, temperature: 291.55, relativeHumidity: 95.7 },
      //    4 -99999.0   2438.0 -999.0 -999.0    260    1.6
      { z: 2438, zType: 0, windDirection: 260, windSpeed: 1.6 },
    ],
  },
  {
    // H     44808898  82930  1  27  2.40  1 1978 10 17 1100  1    -9.3700   305.1000    432  3   15    3.3.0
    ...CACHIMBO,
    report: 7,
    nominal: '1978-10-17T11:00:00Z',
    elevation: 432,
    number: 44_808_898,
    levels: 15,
    expected: [
      //    2    400.0   7540.0  -17.3   19.0     20    2.1
      {
        z: 40_000,
        zType: 1,
        height: 7540,
        temperature: 255.85,
        relativeHumidity: 19,
        windDirection: 20,
        windSpeed: 2.1,
      },
      //    3    910.0 -99999.0   19.8   64.0   -999 -999.0
      { z: 91_000, zType: 1, temperature: 292.95, relativeHumidity: 64 },
      //    4 -99999.0    432.0 -999.0 -999.0    350    0.5
      { z: 432, zType: 0, windDirection: 350, windSpeed: 0.5 },
      //    4 -99999.0   4267.0 -999.0 -999.0    100    1.6
      { z: 4267, zType: 0, windDirection: 100, windSpeed: 1.6 },
    ],
  },
];
