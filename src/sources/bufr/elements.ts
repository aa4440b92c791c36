/**
 * What becomes of each element of table B that templates of upper-air soundings hold: those of the sequences 3 01, 3 03 and
 * 3 09 of table D, local ones of ECMWF among them, and those of real messages that spell their template out. The list is data:
 * `levels-roles.ts` makes of it what reading needs, and docs/sources/bufr-elements.md shows it. A test expands the
 * sequences and asks for every element.
 */

/** What an element is for. `none`: of no use, and the group says why. */
export type ElementRole =
  | 'identification'
  | 'metadata'
  | 'time'
  | 'coordinate'
  | 'displacement'
  | 'value'
  | 'significance'
  | 'quality'
  | 'none';

/**
 * What an element is to the levels of a sounding: a quantity that becomes a row, or a part of where, when and of what kind a
 * level is. `statistic` says that what follows is a mean or a deviation and no observation; `quiet` is known, stands in levels
 * and is not counted. Elements without one are counted by number where they stand in a level.
 */
export type LevelPart =
  | 'specific_humidity'
  | 'wind_from_direction'
  | 'wind_speed'
  | 'geopotential_height'
  | 'altitude'
  | 'air_temperature'
  | 'dew_point'
  | 'relative_humidity'
  | 'eastward_wind'
  | 'northward_wind'
  | 'pressure'
  | 'geopotential'
  | 'heightAboveStation'
  | 'flightLevel'
  | 'latitude'
  | 'longitude'
  | 'latitudeDisplacement'
  | 'longitudeDisplacement'
  | 'elapsedSeconds'
  | 'elapsedMinutes'
  | 'significance'
  | 'extendedSignificance'
  | 'statistic'
  | 'quiet';

/** Elements of which the same becomes. */
export interface ElementGroup {
  role: ElementRole;
  /** What becomes of it, or why it is of no use: the end of a sentence that begins with the role. */
  use: string;
  /** Absent where levels have no use for it. */
  part?: LevelPart;
  /** F XX YYY as decimal numbers. Both precisions of an element stand side by side. */
  elements: readonly number[];
}

export const ELEMENTS: readonly ElementGroup[] = [
  // Who observed.
  { role: 'identification', use: 'the WMO number of the station', elements: [1001, 1002] },
  { role: 'identification', use: 'the WIGOS id of the station', elements: [1125, 1126, 1127, 1128] },
  {
    role: 'identification',
    use: 'the call sign of a ship or a mobile land station, where there is neither number nor WIGOS id',
    elements: [1011],
  },
  {
    role: 'identification',
    use: 'the flight or the registration of the aircraft that dropped the sonde',
    elements: [1006, 1008],
  },
  { role: 'identification', use: 'the number or the name of a buoy', elements: [1005, 1010] },
  {
    role: 'identification',
    use: 'the carrier of a dropsonde or the mobile land station, in messages of ECMWF',
    elements: [1194, 1195],
  },
  {
    role: 'none',
    use: 'a region, name or indicator that no archive knows the station by',
    elements: [1003, 1004, 1015, 1018, 1062, 1063, 1087, 1094, 1101, 1102, 1114],
  },
  {
    role: 'none',
    use: 'centres, applications and instruments of the producer: section 1 names the centre',
    elements: [1031, 1032, 1033, 1034, 1035, 1079, 1085],
  },
  {
    role: 'none',
    use: 'the motion of the platform: each report has a position of its own',
    elements: [1012, 1013, 1014, 1041, 1042, 1043],
  },
  // With what.
  { role: 'metadata', use: 'the type of the radiosonde, as sensor of the report', elements: [2011] },
  {
    role: 'metadata',
    use: 'measuring equipment: tells soundings from wind profilers, RASS, sodars and lidars',
    elements: [2003],
  },
  {
    role: 'none',
    use: 'how the sounding was made, for which the station file has no place',
    elements: [
      1081, 1082, 1083, 1093, 1095, 2001, 2002, 2005, 2006, 2012, 2013, 2014, 2015, 2016, 2017, 2066, 2067,
      2080, 2081, 2082, 2083, 2084, 2085, 2086, 2095, 2096, 2097, 2103, 2115, 2191, 25_061, 25_065, 25_066,
      25_067, 25_068, 25_069, 35_035,
    ],
  },
  {
    role: 'none',
    use: 'thermometer screens at the ground',
    elements: [3003, 3004, 3005, 3006, 3007, 3008, 3009, 3020, 3022, 3023],
  },
  // When.
  {
    role: 'time',
    use: 'the time of the launch or the nominal time of the report',
    elements: [4001, 4002, 4003, 4004, 4005, 4006],
  },
  { role: 'time', use: 'says which of the two a time is', elements: [8021] },
  {
    role: 'time',
    use: 'the time since launch of a level, s: `elapsed_time`',
    part: 'elapsedSeconds',
    elements: [4016, 4026, 4086],
  },
  {
    role: 'time',
    use: 'the time since launch of a level, minutes: `elapsed_time`',
    part: 'elapsedMinutes',
    elements: [4015, 4025],
  },
  {
    role: 'none',
    use: 'periods of means and of forecasts: no time of a level is given in hours or days',
    elements: [4014, 4023, 4024, 4059],
  },
  // Where, horizontally.
  {
    role: 'coordinate',
    use: 'the latitude of the launch; in a level, of the level',
    part: 'latitude',
    elements: [5001, 5002],
  },
  {
    role: 'coordinate',
    use: 'the longitude of the launch; in a level, of the level',
    part: 'longitude',
    elements: [6001, 6002],
  },
  {
    role: 'displacement',
    use: 'added to the latitude of the launch',
    part: 'latitudeDisplacement',
    elements: [5015, 5016],
  },
  {
    role: 'displacement',
    use: 'added to the longitude of the launch',
    part: 'longitudeDisplacement',
    elements: [6015, 6016],
  },
  {
    role: 'none',
    use: 'says of which position the next one is: the first of a report is taken',
    elements: [8091],
  },
  { role: 'none', use: 'how the position was given before it was coded', elements: [2070] },
  // Where, vertically.
  {
    role: 'coordinate',
    use: 'the pressure of a level, Pa: the coordinate, type 1; outside levels the pressure at the station, only counted',
    part: 'pressure',
    elements: [7004, 7011, 10_004],
  },
  {
    role: 'value',
    use: 'the geometric height of a level, m: altitude (125); without a pressure the coordinate, type 0, geometric. Outside levels the height of the launch, not used',
    part: 'altitude',
    elements: [7002, 7007, 7071, 10_002, 10_007, 10_053],
  },
  {
    role: 'value',
    use: 'the geopotential height of a level, gpm: geopotential height (117); without a pressure and a geometric height the coordinate, type 0',
    part: 'geopotential_height',
    elements: [7009, 10_009],
  },
  {
    role: 'value',
    use: 'the geopotential of a level, m2 s-2: geopotential height (117) after division by 9.80665; the coordinate as above',
    part: 'geopotential',
    elements: [7003, 7008, 10_003, 10_008],
  },
  {
    role: 'coordinate',
    use: 'the height of a level above the station, m: where nothing else tells the height, the coordinate, type 0, is the elevation of the station and this',
    part: 'heightAboveStation',
    elements: [7006],
  },
  {
    role: 'coordinate',
    use: 'the pressure of a level as the height at which the standard atmosphere has it, m: the coordinate, type 0, where nothing else tells the height',
    part: 'flightLevel',
    elements: [7010, 10_070],
  },
  { role: 'metadata', use: 'the elevation of the station, m', elements: [7001, 7030, 7031] },
  {
    role: 'none',
    use: 'heights of sensors, of model orography, steps and distances: of no level of the balloon',
    elements: [7005, 7032, 10_001, 10_031, 10_071, 27_031, 27_079, 28_031],
  },
  {
    role: 'none',
    use: 'pressure reduced to the level of the sea: not the pressure of any level',
    elements: [10_051, 10_052],
  },
  // What.
  { role: 'value', use: 'air temperature (126), K', part: 'air_temperature', elements: [12_001, 12_101] },
  { role: 'value', use: 'dew point (137), K', part: 'dew_point', elements: [12_003, 12_103] },
  {
    role: 'value',
    use: 'relative humidity (138), per cent',
    part: 'relative_humidity',
    elements: [13_003, 13_009],
  },
  { role: 'value', use: 'specific humidity (39), kg/kg', part: 'specific_humidity', elements: [13_001] },
  {
    role: 'value',
    use: 'wind from direction (106), degrees',
    part: 'wind_from_direction',
    elements: [11_001],
  },
  { role: 'value', use: 'wind speed (107), m/s', part: 'wind_speed', elements: [11_002] },
  { role: 'value', use: 'eastward wind (139), m/s', part: 'eastward_wind', elements: [11_003] },
  { role: 'value', use: 'northward wind (140), m/s', part: 'northward_wind', elements: [11_004] },
  {
    role: 'none',
    use: 'no variable of the project: humidity is given beside it in other elements, and none is computed from it',
    elements: [12_002, 12_007, 12_102, 12_107, 13_002],
  },
  {
    role: 'none',
    use: 'an observation at the ground: temperature at 2 m, wind at 10 m, weather, clouds, sea',
    elements: [
      8002, 11_011, 11_012, 12_004, 12_006, 12_104, 12_106, 20_003, 20_010, 20_011, 20_012, 20_013, 20_023,
      22_021, 22_043,
    ],
  },
  {
    role: 'none',
    use: 'wind shear, vertical wind, vorticity, divergence and steadiness: no variables of the project',
    elements: [11_005, 11_006, 11_019, 11_021, 11_022, 11_061, 11_062],
  },
  {
    role: 'none',
    use: 'an uncertainty of a wind profiler or RASS, whose messages are not read',
    elements: [
      8092, 8093, 11_050, 11_051, 11_110, 11_111, 11_112, 12_008, 21_030, 25_001, 25_020, 25_021, 25_032,
      25_033, 25_034,
    ],
  },
  {
    role: 'none',
    use: 'ozone and constituents: no variables of the project',
    elements: [
      2142, 2143, 2144, 2145, 2146, 8006, 8043, 15_001, 15_002, 15_003, 15_004, 15_005, 15_063, 15_064,
      15_065, 15_066, 15_067, 15_068, 15_069, 15_070, 15_071, 15_072, 15_073, 15_074, 15_075, 15_076, 15_077,
      15_078,
    ],
  },
  {
    role: 'none',
    use: 'a sum over the whole column, of no level',
    elements: [13_016, 13_095],
  },
  // Of what kind.
  {
    role: 'significance',
    use: '`level_significance`: its six bits become those of 0 08 042, significant temperature or humidity both of the two',
    part: 'significance',
    elements: [8001],
  },
  {
    role: 'significance',
    use: '`level_significance` as it is',
    part: 'extendedSignificance',
    elements: [8042],
  },
  {
    role: 'significance',
    use: 'what follows is a mean or a deviation and no observation: these are no levels',
    part: 'statistic',
    elements: [8023, 8024],
  },
  {
    role: 'none',
    use: 'kinds of levels and layers of other data: satellites, flights, models, means',
    elements: [8003, 8004, 8007, 8008, 8012, 8020, 8022, 8040, 8041, 8050, 8086, 25_031],
  },
  // How good, and how it is built.
  {
    role: 'quality',
    use: 'the `quality_flag` of the value that a bitmap ties it to',
    elements: [33_007],
  },
  {
    role: 'quality',
    use: 'says what the associated field before a value means, from which comes its `quality_flag`',
    part: 'quiet',
    elements: [31_021],
  },
  {
    role: 'metadata',
    use: 'how often what follows is repeated',
    part: 'quiet',
    elements: [31_000, 31_001, 31_002, 31_011, 31_012],
  },
  { role: 'quality', use: 'which elements a bitmap is of', elements: [31_031] },
  {
    role: 'none',
    use: 'marks of quality without a rule that makes a flag of them',
    elements: [33_002, 33_015, 33_024, 33_035, 33_042, 33_193, 33_194],
  },
  // Of other data in the same families of sequences.
  {
    role: 'none',
    use: 'satellites, their instruments and what they see',
    elements: [
      1007, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029, 2048, 2140, 2152, 2153, 2154,
      2192, 2196, 2197, 2198, 2199, 2221, 2222, 2251, 2252, 2254, 5021, 5022, 5040, 6021, 7021, 7022, 7024,
      7025, 12_061, 12_063, 12_071, 12_193, 12_194, 20_016, 25_060,
    ],
  },
  {
    role: 'none',
    use: 'radars, scatterometers, altimeters and lidars',
    elements: [
      2090, 2101, 2104, 2106, 2111, 2112, 2113, 2121, 21_062, 21_063, 21_064, 21_065, 21_119, 21_192, 21_193,
      21_194, 21_195, 21_207, 21_208, 21_209, 21_210, 21_211, 21_212, 25_010,
    ],
  },
  { role: 'none', use: 'aircraft, which are no balloons', elements: [2061, 2062, 2063, 2064, 2065, 19_007] },
  {
    role: 'none',
    use: 'stations at the ground and at sea, lightning',
    elements: [
      2008, 2149, 2179, 2180, 2181, 2182, 2183, 2184, 2186, 2187, 2188, 2189, 20_111, 20_112, 20_113, 20_114,
      20_115, 20_116, 20_117, 20_118, 20_119, 20_121, 20_122, 20_123, 20_124, 25_035, 25_036, 25_063, 25_175,
    ],
  },
  { role: 'none', use: 'encryption of an id', elements: [25_185, 25_186] },
  {
    role: 'none',
    use: 'tables of BUFR sent as a message',
    elements: [1, 2, 3, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 30],
  },
];
