/** Types of levels of both editions: their names in ecCodes, and the units in which they are coded. */

/** Types of surfaces of edition 2. The names of layers between two of one type end in `Layer`. */
export const SURFACES: ReadonlyMap<number, string> = new Map([
  ...([
    [1, 'surface'],
    [2, 'cloudBase'],
    [3, 'cloudTop'],
    [4, 'isothermZero'],
    [5, 'adiabaticCondensation'],
    [6, 'maxWind'],
    [7, 'tropopause'],
    [8, 'nominalTop'],
    [9, 'seaBottom'],
    [10, 'atmosphere'],
    [17, 'mostUnstableParcel'],
    [18, 'mixedLayerParcel'],
    [20, 'isothermal'],
    [100, 'isobaric'],
    [101, 'meanSea'],
    [102, 'heightAboveSea'],
    [103, 'heightAboveGround'],
    [104, 'sigma'],
    [105, 'hybrid'],
    [106, 'depthBelowLand'],
    [107, 'theta'],
    [108, 'pressureFromGround'],
    [109, 'potentialVorticity'],
    [111, 'eta'],
    [114, 'snow'],
    [117, 'mixedLayerDepthGeneric'],
    [118, 'hybridHeight'],
    [119, 'hybridPressure'],
    [150, 'generalVertical'],
    [151, 'soil'],
    [152, 'seaIce'],
    [160, 'depthBelowSea'],
    [162, 'lakeBottom'],
    [166, 'mixingLayer'],
    [168, 'oceanModel'],
    [169, 'mixedLayerDepthByDensity'],
    [170, 'mixedLayerDepthByTemperature'],
    [171, 'mixedLayerDepthByDiffusivity'],
    [173, 'snowTopOverIceOnWater'],
    [174, 'iceTopOnWater'],
    [175, 'iceTopUnderSnowOnWater'],
    [176, 'iceBottomOnWater'],
    [177, 'indefiniteSoilDepth'],
  ] as const),
]);

/** Between surfaces of two types, as `first-second`. */
export const BETWEEN: ReadonlyMap<string, string> = new Map([
  ['1-8', 'entireAtmosphere'],
  ['1-9', 'entireOcean'],
  ['1-162', 'entireLake'],
  ['160-9', 'oceanSurfaceToBottom'],
  ['173-175', 'snowLayerOverIceOnWater'],
  ['174-176', 'iceLayerOnWater'],
  ['175-176', 'iceLayerUnderSnowOnWater'],
]);

/** Types from 192 on that NCEP has, in both editions. */
export const NCEP_SURFACES: ReadonlyMap<number, string> = new Map([
  [200, 'atmosphereSingleLayer'],
  [201, 'oceanSingleLayer'],
  [204, 'highestTroposphericFreezing'],
  [206, 'gridScaleCloudBottom'],
  [207, 'gridScaleCloudTop'],
  [209, 'boundaryLayerCloudBottom'],
  [210, 'boundaryLayerCloudTop'],
  [211, 'boundaryLayerCloudLayer'],
  [212, 'lowCloudBottom'],
  [213, 'lowCloudTop'],
  [214, 'lowCloudLayer'],
  [215, 'cloudCeiling'],
  [220, 'planetaryBoundaryLayer'],
  [221, 'layerBetween2Hybrids'],
  [222, 'middleCloudBottom'],
  [223, 'middleCloudTop'],
  [224, 'middleCloudLayer'],
  [232, 'highCloudBottom'],
  [233, 'highCloudTop'],
  [234, 'highCloudLayer'],
  [235, 'oceanIsotherm'],
  [240, 'oceanMixedLayer'],
  [241, 'orderedSequenceData'],
  [242, 'convectiveCloudBottom'],
  [243, 'convectiveCloudTop'],
  [244, 'convectiveCloudLayer'],
  [245, 'lowestLevelWetBulb0'],
  [247, 'equilibrium'],
  [248, 'shallowConvectiveCloudBottom'],
  [249, 'shallowConvectiveCloudTop'],
  [251, 'deepConvectiveCloudBottom'],
  [252, 'deepConvectiveCloudTop'],
]);

/** A type of level of edition 1. */
export interface LevelType {
  readonly name: string;
  /** Two octets make one value; each octet is one end of a layer; there is no value. */
  readonly values: 'one' | 'layer' | 'none';
  /** What is coded to SI units: `coded x factor + add`, of the lower end with `add2` and `factor2` where they differ. */
  readonly factor: number;
  readonly add: number;
  readonly factor2: number;
  readonly add2: number;
}

const none = (name: string): LevelType => ({ ...one(name, 1), values: 'none' });
const one = (name: string, factor: number): LevelType => ({
  ...{ name, values: 'one', factor, add: 0, factor2: factor, add2: 0 },
});
const layer = (name: string, factor: number, add = 0, factor2 = factor, add2 = add): LevelType => ({
  ...{ name, values: 'layer', factor, add, factor2, add2 },
});

/** Types of levels of edition 1. */
export const LEVELS: ReadonlyMap<number, LevelType> = new Map<number, LevelType>([
  [1, none('surface')],
  [2, none('cloudBase')],
  [3, none('cloudTop')],
  [4, none('isothermZero')],
  [5, none('adiabaticCondensation')],
  [6, none('maxWind')],
  [7, none('tropopause')],
  [8, none('nominalTop')],
  [9, none('seaBottom')],
  [20, one('isothermal', 1 / 100)],
  [100, one('isobaric', 100)],
  [101, layer('isobaricLayer', 1000)],
  [102, none('meanSea')],
  [103, one('heightAboveSea', 1)],
  [104, layer('heightAboveSeaLayer', 100)],
  [105, one('heightAboveGround', 1)],
  [106, layer('heightAboveGroundLayer', 100)],
  [107, one('sigma', 1 / 10_000)],
  [108, layer('sigmaLayer', 1 / 100)],
  [109, one('hybrid', 1)],
  [110, layer('hybridLayer', 1)],
  [111, one('depthBelowLand', 1 / 100)],
  [112, layer('depthBelowLandLayer', 1 / 100)],
  [113, one('theta', 1)],
  [114, layer('thetaLayer', -1, 475)],
  [115, one('pressureFromGround', 100)],
  [116, layer('pressureFromGroundLayer', 100)],
  [117, one('potentialVorticity', 1 / 1e9)],
  [119, one('eta', 1 / 10_000)],
  [120, layer('etaLayer', 1 / 100)],
  [121, layer('isobaricLayerHighPrecision', -100, 110_000)],
  [125, one('heightAboveGroundHighPrecision', 1 / 100)],
  [126, one('isobaric', 1)],
  [128, layer('sigmaLayerHighPrecision', -1 / 1000, 1.1)],
  [141, layer('isobaricLayerMixedPrecision', 1000, 0, -100, 110_000)],
  [160, one('depthBelowSea', 1)],
  [200, none('entireAtmosphere')],
  [201, none('entireOcean')],
  [210, one('isobaric', 1)],
  [211, one('oceanWave', 1)],
  [212, one('oceanMixedLayer', 1)],
]);
