/** All that the program does with a source, in the process of the test: harvest, verify, explain, page. */
import { dirname, join } from 'node:path';
import { type ExplainedFile, explain } from '../../src/explain/index.js';
import { collectFolder } from '../../src/page/collect.js';
import { renderPage } from '../../src/page/page.js';
import { openStation } from '../../src/reading/open.js';
import type { RunReport } from '../../src/run/reports/report.js';
import { sources } from '../../src/sources/registry.js';
import type { Source } from '../../src/sources/source.js';
import { createVerifier, type Finding } from '../../src/verify/index.js';
import { harvestQuietly } from './demo/harvest.js';

/** The registry, which no program changes. */
const registry = sources as Map<string, () => Promise<Source>>;

/** Adds a source to those of this process, as its line in the registry would, until `removeSource`. */
export function addSource(source: Source): void {
  registry.set(source.id, async () => source);
}

/** Takes a source that was added out again: other tests run in the same process. */
export function removeSource({ id }: Pick<Source, 'id'>): void {
  registry.delete(id);
}

/** What came of a file of the source that holds one station. */
export interface WholeWay {
  report: RunReport;
  /** Of the station file, its source read again included. */
  findings: readonly Finding[];
  notes: readonly string[];
  /** Every row of the station file. */
  explained: ExplainedFile;
  /** The HTML page of the outputs. */
  page: string;
}

/** Takes the file at `input` all the way; the outputs lie beside it. */
export async function goWholeWay(dataset: string, input: string): Promise<WholeWay> {
  const folder = dirname(input);
  const output = join(folder, 'output');
  const report = await harvestQuietly({ source: dataset, input: [input], output, workdir: folder });
  const [path, ...others] = report.stations.flatMap(({ files }) => files);
  if (path === undefined || others.length > 0)
    throw new Error(`${others.length + 1} station files: ${JSON.stringify(report.stations)}`);
  const verifier = createVerifier({ limit: 10, sources: folder, against: [input] });
  const { findings } = await verifier.verify(path);
  const station = await openStation(path);
  try {
    const reports = Array.from({ length: station.table('header_table').rows }, (_, row) => row);
    const explained = await explain(station, { reports }, { sources: input });
    const page = await renderPage(await collectFolder(output, { made: '2026-11-21T12:00:00Z' }));
    return {
      report,
      findings: findings.kept,
      notes: findings.notes.map(({ text }) => text),
      explained,
      page,
    };
  } finally {
    station.close();
  }
}

/** What an explanation says of its value: `13.2 degC -> 286.35 K`; '' where the value stands nowhere. */
export function chains({ explanations }: ExplainedFile): string[] {
  return explanations.map(({ places }) => {
    const steps = places[0]?.conversions.find(({ element }) => element === 'observation_value')?.steps ?? [];
    return steps.map(({ value, unit }) => `${value} ${unit}`).join(' -> ');
  });
}

/** What is not as it should be: warnings, and rows that the bytes of the source do not prove. */
export function faultsOf({ explanations }: ExplainedFile): string[] {
  return explanations.flatMap(({ observationId, places, warnings }) => [
    ...warnings,
    ...(places.some(({ differs }) => differs.length === 0) ? [] : [`${observationId} is not proven`]),
  ]);
}
