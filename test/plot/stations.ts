/** Stations of the demo archive, and what is read of them one by one. */
import { join } from 'node:path';
import { LAYERS } from '../../src/plot/layers.js';
import type { Launch } from '../../src/reading/launch.js';
import { openStation } from '../../src/reading/open.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import type { StationContents } from '../../src/reading/station.js';
import { demoOutputs } from '../support/demo/outputs.js';

let made: Promise<string> | undefined;

/** Makes the archive where it is not there yet: before the tests, since that takes longer than a test may. */
export async function makeStations(): Promise<string> {
  made ??= demoOutputs();
  return await made;
}

export async function withStation<T>(
  dataset: string,
  station: string,
  use: (contents: StationContents) => Promise<T>,
): Promise<T> {
  const contents = await openStation(
    join(await makeStations(), 'output', dataset, `${station}_${dataset}_harvested.nc`),
  );
  try {
    return await use(contents);
  } finally {
    contents.close();
  }
}

export async function launchesOf(station: StationContents): Promise<Launch[]> {
  const launches: Launch[] = [];
  for (let report = 0; report < station.table('header_table').rows; report++)
    launches.push(await readLaunch(station, report));
  return launches;
}

/** The mandatory level that is nearest in the logarithm of pressure. */
export function nearest(pressurePa: number): number {
  const distance = (hectopascal: number): number => Math.abs(Math.log(pressurePa / 100 / hectopascal));
  return LAYERS.reduce((best, level) => (distance(level) < distance(best) ? level : best), 1000);
}
