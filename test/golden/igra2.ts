/**
 * Soundings read off the text of real IGRA 2 files by eye, in the units of the Common Data Model. The raw line stands above
 * each expectation. Files are those of the samples folder `igra2/`; `report` and `level` count from 1.
 *
 * Temperature: 0.1 degC / 10 + 273.15. Quality: flag A or B 0, blank or no flag 2.
 */

/** One level; what is left out is not observed and must make no row. */
export interface GoldenLevel {
  level: number;
  /** Vertical coordinate: Pa (zType 1) or m above sea level (zType 0). */
  z: number;
  zType: 0 | 1;
  elapsedS?: number;
  /** gpm and its quality flag */
  height?: readonly [gpm: number, quality: number];
  /** K and its quality flag */
  temperature?: readonly [kelvin: number, quality: number];
  /** per cent */
  relativeHumidity?: number;
  /** K */
  dewPointDepression?: number;
  /** degrees from north */
  windDirection?: number;
  /** m/s */
  windSpeed?: number;
}

export interface GoldenSounding {
  file: string;
  station: string;
  report: number;
  /** Release time, null where the file gives none. */
  launch: string | null;
  /** Synoptic time, null where the file gives none. */
  nominal: string | null;
  latitude: number;
  longitude: number;
  /** Level lines of the report. */
  levels: number;
  expected: readonly GoldenLevel[];
}

const VIENNA = {
  file: 'AUM00011035-data.txt.gz',
  station: 'AUM00011035',
  latitude: 48.2333,
  longitude: 16.35,
} as const;
const BOURKE = {
  file: 'ASM00094703-data.txt.zip',
  station: 'ASM00094703',
  latitude: -30.0833,
  longitude: 145.9667,
  launch: null,
} as const;
const BARROW = {
  file: 'USM00070026-data.txt.zip',
  station: 'USM00070026',
  latitude: 71.2889,
  longitude: -156.7833,
} as const;
const CACHIMBO = {
  file: 'BRM00082930-data.excerpt.txt',
  station: 'BRM00082930',
  latitude: -9.333,
  longitude: -54.967,
  launch: null,
} as const;

export const GOLDEN_IGRA2: readonly GoldenSounding[] = [
  {
    // #AUM00011035 2015 01 23 12 1134  123 ncdc-gts           482333   163500
    ...VIENNA,
    report: 1,
    launch: '2015-01-23T11:34:00Z',
    nominal: '2015-01-23T12:00:00Z',
    levels: 123,
    expected: [
      // 21 -9999  99200B-9999    38B-9999    22   300    50
      {
        level: 1,
        z: 99200,
        zType: 1,
        temperature: [276.95, 0],
        dewPointDepression: 2.2,
        windDirection: 300,
        windSpeed: 5,
      },
      // 20 -9999  97700 -9999 -9999 -9999 -9999   300   110
      { level: 2, z: 97700, zType: 1, windDirection: 300, windSpeed: 11 },
      // 20 -9999  94700 -9999     8B-9999     2 -9999 -9999
      { level: 4, z: 94700, zType: 1, temperature: [273.95, 0], dewPointDepression: 0.2 },
      // 10 -9999  92500   763B    6B-9999     2   340   120
      {
        level: 5,
        z: 92500,
        zType: 1,
        height: [763, 0],
        temperature: [273.75, 0],
        dewPointDepression: 0.2,
        windDirection: 340,
        windSpeed: 12,
      },
      // 10 -9999  85000  1441B  -15B-9999     2    20   100
      {
        level: 8,
        z: 85000,
        zType: 1,
        height: [1441, 0],
        temperature: [271.65, 0],
        dewPointDepression: 0.2,
        windDirection: 20,
        windSpeed: 10,
      },
    ],
  },
  {
    // #AUM00011035 2015 01 24 00 2330  104 ncdc-gts           482333   163500
    ...VIENNA,
    report: 2,
    launch: '2015-01-23T23:30:00Z',
    nominal: '2015-01-24T00:00:00Z',
    levels: 104,
    expected: [
      // 21 -9999  99400B-9999    30B-9999    35   320    50
      {
        level: 1,
        z: 99400,
        zType: 1,
        temperature: [276.15, 0],
        dewPointDepression: 3.5,
        windDirection: 320,
        windSpeed: 5,
      },
      // 20 -9999   3810 -9999  -569B-9999   320 -9999 -9999
      { level: 78, z: 3810, zType: 1, temperature: [216.25, 0], dewPointDepression: 32 },
      // 10 -9999   1000 30500B -593B-9999   310   260   130
      {
        level: 103,
        z: 1000,
        zType: 1,
        height: [30500, 0],
        temperature: [213.85, 0],
        dewPointDepression: 31,
        windDirection: 260,
        windSpeed: 13,
      },
    ],
  },
  {
    // #AUM00011035 2015 03 12 12 1137  100 ncdc-gts           482333   163500
    ...VIENNA,
    report: 100,
    launch: '2015-03-12T11:37:00Z',
    nominal: '2015-03-12T12:00:00Z',
    levels: 100,
    expected: [
      // 21 -9999 100200B-9999    58B-9999    80   320    40
      {
        level: 1,
        z: 100200,
        zType: 1,
        temperature: [278.95, 0],
        dewPointDepression: 8,
        windDirection: 320,
        windSpeed: 4,
      },
      // 10 -9999  25000 10180B -579B-9999   110    55   150
      {
        level: 34,
        z: 25000,
        zType: 1,
        height: [10180, 0],
        temperature: [215.25, 0],
        dewPointDepression: 11,
        windDirection: 55,
        windSpeed: 15,
      },
    ],
  },
  {
    // #AUM00011035 2015 04 03 00 2332   82 ncdc-gts           482333   163500
    ...VIENNA,
    report: 143,
    launch: '2015-04-02T23:32:00Z',
    nominal: '2015-04-03T00:00:00Z',
    levels: 82,
    expected: [
      // 10 -9999   7000 18010B-8888 -9999 -8888   305   390
      { level: 38, z: 7000, zType: 1, height: [18010, 0], windDirection: 305, windSpeed: 39 },
    ],
  },
  {
    // #AUM00011035 2015 05 28 12 1137  112 ncdc-gts           482333   163500
    ...VIENNA,
    report: 254,
    launch: '2015-05-28T11:37:00Z',
    nominal: '2015-05-28T12:00:00Z',
    levels: 112,
    expected: [
      // 10 -9999   1000 31340B -381B-9999   350 -9999 -8888
      {
        level: 111,
        z: 1000,
        zType: 1,
        height: [31340, 0],
        temperature: [235.05, 0],
        dewPointDepression: 35,
      },
      // 20 -9999    980 -9999  -377B-9999   350 -9999 -9999
      { level: 112, z: 980, zType: 1, temperature: [235.45, 0], dewPointDepression: 35 },
    ],
  },
  {
    // #AUM00011035 2015 06 30 12 1137  121 ncdc-gts           482333   163500
    ...VIENNA,
    report: 321,
    launch: '2015-06-30T11:37:00Z',
    nominal: '2015-06-30T12:00:00Z',
    levels: 121,
    expected: [
      // 21 -9999  99700B-9999   266B-9999   490    70    20
      {
        level: 1,
        z: 99700,
        zType: 1,
        temperature: [299.75, 0],
        dewPointDepression: 49,
        windDirection: 70,
        windSpeed: 2,
      },
      // 20 -9999    930 -9999  -355B-9999   380    90   180
      {
        level: 121,
        z: 930,
        zType: 1,
        temperature: [237.65, 0],
        dewPointDepression: 38,
        windDirection: 90,
        windSpeed: 18,
      },
    ],
  },
  {
    // #ASM00094703 1948 01 02 21 9999    2 ncdc6323          -300833  1459667
    ...BOURKE,
    report: 1,
    nominal: '1948-01-02T21:00:00Z',
    levels: 2,
    expected: [
      // 10 -9999  85000 -9999 -9999 -9999 -9999   170   120
      { level: 1, z: 85000, zType: 1, windDirection: 170, windSpeed: 12 },
      // 10 -9999  70000 -9999 -9999 -9999 -9999   210   120
      { level: 2, z: 70000, zType: 1, windDirection: 210, windSpeed: 12 },
    ],
  },
  {
    // #ASM00094703 1948 10 15 04 9999    2 ncdc6323          -300833  1459667
    ...BOURKE,
    report: 130,
    nominal: '1948-10-15T04:00:00Z',
    levels: 2,
    expected: [
      // 10 -9999  85000 -9999 -9999 -9999 -9999   130    40
      { level: 1, z: 85000, zType: 1, windDirection: 130, windSpeed: 4 },
      // 10 -9999  70000 -9999 -9999 -9999 -9999   160    60
      { level: 2, z: 70000, zType: 1, windDirection: 160, windSpeed: 6 },
    ],
  },
  {
    // #USM00070026 2010 06 01 00 2303  158 ncdc6301 ncdc6301  712889 -1567833
    ...BARROW,
    report: 1,
    launch: '2010-05-31T23:03:00Z',
    nominal: '2010-06-01T00:00:00Z',
    levels: 158,
    expected: [
      // 21     0 100980B   12     0B 1000     0    20    51
      {
        level: 1,
        z: 100980,
        zType: 1,
        elapsedS: 0,
        height: [12, 2],
        temperature: [273.15, 0],
        relativeHumidity: 100,
        dewPointDepression: 0,
        windDirection: 20,
        windSpeed: 5.1,
      },
      // 10   518  85000  1383B  -35B  946     8    64    21
      {
        level: 6,
        z: 85000,
        zType: 1,
        elapsedS: 318,
        height: [1383, 0],
        temperature: [269.65, 0],
        relativeHumidity: 94.6,
        dewPointDepression: 0.8,
        windDirection: 64,
        windSpeed: 2.1,
      },
      // 22  3312  29550  9040B -469B  139   157   213   350
      {
        level: 22,
        z: 29550,
        zType: 1,
        elapsedS: 1992,
        height: [9040, 0],
        temperature: [226.25, 0],
        relativeHumidity: 13.9,
        dewPointDepression: 15.7,
        windDirection: 213,
        windSpeed: 35,
      },
      // 30   200  -9999   547 -9999 -9999 -9999    40    31
      { level: 59, z: 547, zType: 0, elapsedS: 120, windDirection: 40, windSpeed: 3.1 },
    ],
  },
  {
    // #USM00070026 2010 06 01 12 1100  157 ncdc6301 ncdc6301  712889 -1567833
    ...BARROW,
    report: 2,
    launch: '2010-06-01T11:00:00Z',
    nominal: '2010-06-01T12:00:00Z',
    levels: 157,
    expected: [
      // 20   106  96410   368B  -36B  963     5    21    93
      {
        level: 3,
        z: 96410,
        zType: 1,
        elapsedS: 66,
        height: [368, 0],
        temperature: [269.55, 0],
        relativeHumidity: 96.3,
        dewPointDepression: 0.5,
        windDirection: 21,
        windSpeed: 9.3,
      },
      // 30   100  -9999   336 -9999 -9999 -9999    20    93
      { level: 64, z: 336, zType: 0, elapsedS: 60, windDirection: 20, windSpeed: 9.3 },
      // 30 10300  -9999 33036 -9999 -9999 -9999    69   103
      { level: 157, z: 33036, zType: 0, elapsedS: 6180, windDirection: 69, windSpeed: 10.3 },
    ],
  },
  {
    // #USM00072558 2025 03 08 12 1110  212 ncdc-nws           413200  -963669
    file: 'USM00072558-20250308.txt',
    station: 'USM00072558',
    report: 1,
    launch: '2025-03-08T11:10:00Z',
    nominal: '2025-03-08T12:00:00Z',
    latitude: 41.32,
    longitude: -96.3669,
    levels: 212,
    expected: [
      // 21     0  97904B-8888   -44B  880    17   286    21
      {
        level: 1,
        z: 97904,
        zType: 1,
        elapsedS: 0,
        temperature: [268.75, 0],
        relativeHumidity: 88,
        dewPointDepression: 1.7,
        windDirection: 286,
        windSpeed: 2.1,
      },
      // 20    15  96697   449B  -34B  649    56   277    47
      {
        level: 2,
        z: 96697,
        zType: 1,
        elapsedS: 15,
        height: [449, 0],
        temperature: [269.75, 0],
        relativeHumidity: 64.9,
        dewPointDepression: 5.6,
        windDirection: 277,
        windSpeed: 4.7,
      },
      // 20  7826   2920 23971B -574B   12   291   180    38
      {
        level: 212,
        z: 2920,
        zType: 1,
        elapsedS: 4706,
        height: [23971, 0],
        temperature: [215.75, 0],
        relativeHumidity: 1.2,
        dewPointDepression: 29.1,
        windDirection: 180,
        windSpeed: 3.8,
      },
    ],
  },
  {
    // #USM00072266 1935 07 02 99 2200    8          cdmp-usm  324167  -996833
    file: 'hour99-1935.txt',
    station: 'USM00072266',
    report: 1,
    launch: '1935-07-02T22:00:00Z',
    nominal: null,
    latitude: 32.4167,
    longitude: -99.6833,
    levels: 8,
    expected: [
      // 31 -9999  -9999   535 -9999 -9999 -9999   180    90
      { level: 1, z: 535, zType: 0, windDirection: 180, windSpeed: 9 },
      // 30 -9999  -9999  2500 -9999 -9999 -9999   203    80
      { level: 6, z: 2500, zType: 0, windDirection: 203, windSpeed: 8 },
    ],
  },
  {
    // #BRM00082930 1973 01 06 12 9999    2 usaf-ds3           -93330  -549670
    ...CACHIMBO,
    report: 1,
    nominal: '1973-01-06T12:00:00Z',
    levels: 2,
    expected: [
      // 10 -9999  85000 -9999 -9999 -9999 -9999    30    82
      { level: 1, z: 85000, zType: 1, windDirection: 30, windSpeed: 8.2 },
    ],
  },
  {
    // #BRM00082930 1973 01 30 12 9999    6 usaf-ds3           -93330  -549670
    ...CACHIMBO,
    report: 5,
    nominal: '1973-01-30T12:00:00Z',
    levels: 6,
    expected: [
      // 10 -9999  85000 -9999 -9999 -9999 -9999     0    87
      { level: 1, z: 85000, zType: 1, windDirection: 0, windSpeed: 8.7 },
      // 10 -9999  25000 -9999 -9999 -9999 -9999    10   113
      { level: 6, z: 25000, zType: 1, windDirection: 10, windSpeed: 11.3 },
    ],
  },
];
