/** Some of the levels of a launch. */
import type { Launch, LevelVariable } from './launch.js';

/** The launch with those of its levels that have any of the bits of `mask` in their significance; a variable without values is left out. */
export function levelsMarked(launch: Launch, mask: number): Launch {
  const kept = [...launch.significance.keys()].filter((level) => {
    const bits = launch.significance[level] as number;
    return bits > 0 && (bits & mask) !== 0;
  });
  const numbers = (values: Float64Array): Float64Array =>
    Float64Array.from(kept, (level) => values[level] as number);
  const variables = [...launch.variables.values()]
    .map((variable): LevelVariable => {
      const { value, quality, row, firstGuessDeparture, analysisDeparture } = variable;
      return {
        ...variable,
        value: numbers(value),
        quality: numbers(quality),
        row: Int32Array.from(kept, (level) => row[level] as number),
        firstGuessDeparture: firstGuessDeparture && numbers(firstGuessDeparture),
        analysisDeparture: analysisDeparture && numbers(analysisDeparture),
      };
    })
    .filter(({ row }) => row.some((at) => at >= 0));
  return {
    header: launch.header,
    levels: kept.length,
    zType: Int8Array.from(kept, (level) => launch.zType[level] as number),
    z: numbers(launch.z),
    zMethod: numbers(launch.zMethod),
    pressure: numbers(launch.pressure),
    height: numbers(launch.height),
    isHeightComputed: Uint8Array.from(kept, (level) => launch.isHeightComputed[level] as number),
    geometricHeight: numbers(launch.geometricHeight),
    latitude: numbers(launch.latitude),
    elapsed: numbers(launch.elapsed),
    significance: Int32Array.from(kept, (level) => launch.significance[level] as number),
    variables: new Map(variables.map((variable) => [variable.code, variable])),
  };
}
