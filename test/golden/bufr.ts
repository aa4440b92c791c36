/**
 * Soundings read off the dumps that ecCodes 2.28 (`bufr_dump -jf`) makes of real messages, in the units of the Common Data
 * Model. The elements stand above each expectation as descriptor and value, levels in one line. Files are those of the samples
 * folder `bufr/`; `report` counts the reports of a station in its file from 1. The year, month, ... line is 0 04 001 and so on.
 *
 * The dumps have six significant digits: 50.0083 and 14.4481 are 50.00833 and 14.44806 at the scale of the elements.
 * Geopotential in m2 s-2 divided by 9.80665 is geopotential height in gpm. Confidence (0 33 007) of 70 and more is quality 0, below
 * 50 it is 1, between 2; messages without confidence have 2.
 */

/** One level; what is left out is missing and must make no row. */
export interface GoldenLevel {
  /** Vertical coordinate: Pa (zType 1) or m above sea level (zType 0). */
  z: number;
  zType: 0 | 1;
  elapsedS?: number;
  /** Degrees, where the level has a position of its own. */
  position?: readonly [latitude: number, longitude: number];
  /** gpm */
  height?: number;
  /** K */
  temperature?: number;
  /** K */
  dewPoint?: number;
  /** degrees from north */
  windDirection?: number;
  /** m/s */
  windSpeed?: number;
  /** Of all values of the level, 2 where left out; and of the height, where it differs. */
  quality?: number;
  heightQuality?: number;
}

export interface GoldenSounding {
  file: string;
  station: string;
  report: number;
  launch: string | null;
  nominal: string | null;
  /** CDM `time_quality`: 0 second, 1 minute, 2 hour. */
  timeQuality: number;
  latitude: number;
  longitude: number;
  /** m; null where missing. */
  elevation: number | null;
  /** -1 where the message has none. */
  kind: number;
  /** 0 02 011, -1 where missing. */
  sondeType: number;
  /** Number of levels (replication factor). */
  levels: number;
  expected: readonly GoldenLevel[];
}

const G = 9.80665;

export const GOLDEN_BUFR: readonly GoldenSounding[] = [
  {
    // 3 09 007 and a wind shear block. 001001 70, 001002 219, 002011 87, 2012 10 30 0 0, 005001 60.77, 006001 -161.83, 007001 44
    file: 'temp_101.bufr',
    station: '70219',
    report: 1,
    launch: null,
    nominal: '2012-10-30T00:00:00Z',
    timeQuality: 2,
    latitude: 60.77,
    longitude: -161.83,
    elevation: 44,
    kind: 101,
    sondeType: 87,
    // 031001 75
    levels: 75,
    expected: [
      // 007004 102000, 008001 68, 010003 430, 012001 272.1, 012003 270.4, 011001 355, 011002 5; confidence 70 or more
      {
        z: 102_000,
        zType: 1,
        height: 430 / G,
        temperature: 272.1,
        dewPoint: 270.4,
        windDirection: 355,
        windSpeed: 5,
        quality: 0,
      },
      // 007004 98500, 008001 4, 010003 3150, 012001 269.5, 012003 268.3, no wind
      { z: 98_500, zType: 1, height: 3150 / G, temperature: 269.5, dewPoint: 268.3, quality: 0 },
      // 007004 1210, 008001 4, 012001 214.9, 012003 201.9, no geopotential, no wind
      { z: 1210, zType: 1, temperature: 214.9, dewPoint: 201.9, quality: 0 },
    ],
  },
  {
    // 3 09 196, a ship. 001011 ASDE3, 002011 80, 2012 10 30 23 0, 005002 51.2, 006002 -28.1, 007001 missing
    file: 'temp_102.bufr',
    station: 'ship:ASDE3',
    report: 1,
    launch: null,
    nominal: '2012-10-30T23:00:00Z',
    timeQuality: 2,
    latitude: 51.2,
    longitude: -28.1,
    elevation: null,
    kind: 102,
    sondeType: 80,
    // 031001 20
    levels: 20,
    expected: [
      // 007004 100000, 008001 32, 010003 640 of confidence 10, 012001 283.6, 012003 279, 011001 325, 011002 15
      {
        z: 100_000,
        zType: 1,
        height: 640 / G,
        temperature: 283.6,
        dewPoint: 279,
        windDirection: 325,
        windSpeed: 15,
        quality: 0,
        heightQuality: 1,
      },
      // 007004 99400, 008001 2, 011001 340, 011002 12, nothing else
      { z: 99_400, zType: 1, windDirection: 340, windSpeed: 12, quality: 0 },
      // 007004 48300, 008001 6, 010003 56780, 012001 253.5, 012003 248.7, 011001 315, 011002 29
      {
        z: 48_300,
        zType: 1,
        height: 56_780 / G,
        temperature: 253.5,
        dewPoint: 248.7,
        windDirection: 315,
        windSpeed: 29,
        quality: 0,
      },
    ],
  },
  {
    // 3 09 198, a mobile land station. 001011 HYME2, 002011 80, 2012 10 30 18 0, 005002 43.2, 006002 3.4, 007001 3
    file: 'temp_106.bufr',
    station: 'mobile:HYME2',
    report: 1,
    launch: null,
    nominal: '2012-10-30T18:00:00Z',
    timeQuality: 2,
    latitude: 43.2,
    longitude: 3.4,
    elevation: 3,
    kind: 106,
    sondeType: 80,
    // 031001 52
    levels: 52,
    expected: [
      // 007004 100500, 008001 70, 010003 0, 012001 287.4, 012003 281.4, 011001 115, 011002 3
      {
        z: 100_500,
        zType: 1,
        height: 0,
        temperature: 287.4,
        dewPoint: 281.4,
        windDirection: 115,
        windSpeed: 3,
        quality: 0,
      },
      // 007004 13800, 008001 6, 010003 138130, 012001 215.9, 012003 183.9, 011001 280, 011002 25
      {
        z: 13_800,
        zType: 1,
        height: 138_130 / G,
        temperature: 215.9,
        dewPoint: 183.9,
        windDirection: 280,
        windSpeed: 25,
        quality: 0,
      },
    ],
  },
  {
    // PILOT: 3 01 001 ... 1 05 000 0 31 001. 001001 72, 001002 201, 2012 10 31 0 0, 005001 24.55, 006001 -81.75, 007001 5
    file: 'pilo_91.bufr',
    station: '72201',
    report: 1,
    launch: null,
    nominal: '2012-10-31T00:00:00Z',
    timeQuality: 2,
    latitude: 24.55,
    longitude: -81.75,
    elevation: 5,
    kind: 91,
    sondeType: -1,
    // 031001 48
    levels: 48,
    expected: [
      // 007004 missing, 008001 66, 010003 50, 011001 325, 011002 4
      { z: 50 / G, zType: 0, windDirection: 325, windSpeed: 4, quality: 0 },
      // 007004 missing, 008001 2, 010003 303030, 011001 100, 011002 3
      { z: 303_030 / G, zType: 0, windDirection: 100, windSpeed: 3, quality: 0 },
    ],
  },
  {
    // 3 09 052 by ECMWF. 001001 70, 001002 316, 002011 missing, 008021 18, 2012 10 31 0 0 0, 005001 55.2, 006001 -162.71, 007030 30
    file: 'btem_109.bufr',
    station: '70316',
    report: 1,
    launch: '2012-10-31T00:00:00Z',
    nominal: '2012-10-31T00:00:00Z',
    timeQuality: 0,
    latitude: 55.2,
    longitude: -162.71,
    elevation: 30,
    kind: 109,
    sondeType: -1,
    // 031002 14
    levels: 14,
    expected: [
      // 008042 131072, 007004 102100, 010009 missing, 012101 272.65, 012103 265.65, 011001 10, 011002 9.8
      { z: 102_100, zType: 1, temperature: 272.65, dewPoint: 265.65, windDirection: 10, windSpeed: 9.8 },
      // 008042 65536, 007004 10000, 010009 16070, 012101 219.65, 012103 210.65, 011001 265, 011002 9.8
      {
        z: 10_000,
        zType: 1,
        height: 16_070,
        temperature: 219.65,
        dewPoint: 210.65,
        windDirection: 265,
        windSpeed: 9.8,
      },
    ],
  },
  {
    // 3 09 052 of the Global Telecommunication System, edition 3; section 1 says 2007-11-20 18:00.
    // 001001 11, 001002 520, 002011 80, 008021 18, 2007 11 20 17 30 0, 005001 50.0083, 006001 14.4481, 007030 302, 007031 303.4
    file: 'IUSD40_OKLI.bufr',
    station: '11520',
    report: 1,
    launch: '2007-11-20T17:30:00Z',
    nominal: '2007-11-20T18:00:00Z',
    timeQuality: 0,
    latitude: 50.00833,
    longitude: 14.44806,
    elevation: 302,
    kind: -1,
    sondeType: 80,
    // 031002 82
    levels: 82,
    expected: [
      // 004086 0, 008042 65536, 007004 100000, 010009 160, 005015 0, 006015 0, nothing else: below the ground
      { z: 100_000, zType: 1, elapsedS: 0, position: [50.00833, 14.44806], height: 160 },
      // 004086 0, 008042 145408, 007004 98230, 010009 304, 005015 0.01, 006015 0.01, 012101 275.2, 012103 272.3, 011001 156, 011002 1.3
      {
        z: 98_230,
        zType: 1,
        elapsedS: 0,
        position: [50.01833, 14.45806],
        height: 304,
        temperature: 275.2,
        dewPoint: 272.3,
        windDirection: 156,
        windSpeed: 1.3,
      },
      // 004086 88, 008042 65536, 007004 92500, 010009 785, 005015 0.01, 006015 0.01, 012101 270.6, 012103 270.4, 011001 161, 011002 3.9
      {
        z: 92_500,
        zType: 1,
        elapsedS: 88,
        position: [50.01833, 14.45806],
        height: 785,
        temperature: 270.6,
        dewPoint: 270.4,
        windDirection: 161,
        windSpeed: 3.9,
      },
    ],
  },
  {
    // The last of the same file: 2007 11 19 23 15 0 for section 1's 2007-11-20 00:00.
    file: 'IUSD40_OKLI.bufr',
    station: '11520',
    report: 4,
    launch: '2007-11-19T23:15:00Z',
    nominal: '2007-11-20T00:00:00Z',
    timeQuality: 0,
    latitude: 50.00833,
    longitude: 14.44806,
    elevation: 302,
    kind: -1,
    sondeType: 80,
    // 031002 65
    levels: 65,
    expected: [
      // 004086 3645, 008042 12288, 007004 2690, 010009 23943, no displacement, 012101 202.9, 012103 179.8, no wind
      { z: 2690, zType: 1, elapsedS: 3645, height: 23_943, temperature: 202.9, dewPoint: 179.8 },
    ],
  },
  {
    // 3 09 052 and ten further elements, edition 4; section 1 says 2016-02-18 23:00.
    // 001001 94, 001002 461, 002011 80, 008021 18, 2016 2 18 23 17 44, 005001 -25.0341, 006001 128.301, 007030 598, 007031 599
    file: 'IUSK73_AMMC_182300.bufr',
    station: '94461',
    report: 1,
    launch: '2016-02-18T23:17:44Z',
    nominal: '2016-02-18T23:00:00Z',
    timeQuality: 0,
    latitude: -25.0341,
    longitude: 128.301,
    elevation: 598,
    kind: -1,
    sondeType: 80,
    // 031002 127
    levels: 127,
    expected: [
      // 004086 0, 008042 145472, 007004 94360, 010009 599, 005015 0, 006015 -1e-05, 012101 298.05, 012103 282.01, 011001 137, 011002 8.2
      {
        z: 94_360,
        zType: 1,
        elapsedS: 0,
        position: [-25.0341, 128.30099],
        height: 599,
        temperature: 298.05,
        dewPoint: 282.01,
        windDirection: 137,
        windSpeed: 8.2,
      },
      // 004086 244, 008042 0, 007004 81260, 010009 1891, no displacement, 012101 293.11, 012103 276.65, no wind
      { z: 81_260, zType: 1, elapsedS: 244, height: 1891, temperature: 293.11, dewPoint: 276.65 },
    ],
  },
];
