/** `harvest explain FILE [OBSERVATION_ID]`: where a row of a station file came from. */
import { EXIT, UsageError } from '../errors.js';
import {
  type ExplainedFile,
  explain,
  explanationLines,
  type ObservationQuery,
  sourcesOf,
} from '../explain/index.js';
import { openStation } from '../reading/open.js';
import type { StationContents } from '../reading/station.js';
import { variableCode } from '../reading/variables.js';
import { reportsAt } from './launch-choice.js';
import { printable, writeMessages } from './messages.js';

/** The words of the command line. */
export interface ExplainWords {
  file: string;
  observation?: string | undefined;
  time?: string | undefined;
  pressure?: string | undefined;
  height?: string | undefined;
  variable?: string | undefined;
  sources?: string | undefined;
  workdir?: string | undefined;
  feedback?: string | undefined;
  json: boolean;
}

const PRESSURE = /^(\d+(?:\.\d+)?) *(Pa|hPa|mb)?$/i;
const HEIGHT = /^(-?\d+(?:\.\d+)?) *m?$/i;

/** Prints the explanations; exit code 8 where a source file is there and does not give the value of a row. */
export async function explainCommand(words: ExplainWords): Promise<number> {
  const { sources, workdir, file, feedback, json } = words;
  if (sources !== undefined && workdir !== undefined)
    throw wrong('--sources and --workdir exclude each other: --workdir DIR is --sources DIR/sources');
  assertQuery(words);
  const folder = sources ?? (workdir === undefined ? undefined : sourcesOf(workdir));
  const station = await openStation(file);
  try {
    const query = await queryOf(station, words);
    const explained = await explain(station, query, {
      ...(folder !== undefined && { sources: folder }),
      ...(feedback !== undefined && { feedback }),
    });
    process.stdout.write(
      json
        ? `${JSON.stringify(explained, null, 2)}\n`
        : `${explanationLines(explained).map(printable).join('\n')}\n`,
    );
    const warnings = new Set(explained.explanations.flatMap((each) => each.warnings));
    for (const warning of warnings) writeMessages(`warning: ${printable(warning)}\n`);
    return isProven(explained) ? EXIT.ok : EXIT.validation;
  } finally {
    station.close();
  }
}

/** Whether each row was found in its sources; of one with a missing source nobody can tell. */
function isProven({ explanations }: ExplainedFile): boolean {
  return explanations.every(({ places, sources }) =>
    places.length === 0
      ? sources.some(({ state }) => state === 'missing')
      : places.some(({ differs }) => differs.length === 0),
  );
}

function assertQuery({ observation, time, pressure, height, variable }: ExplainWords): void {
  const bySearch = [time, pressure, height, variable].some((word) => word !== undefined);
  if (observation !== undefined) {
    if (bySearch) throw wrong('give an observation_id, or --time with a level or a variable, not both');
  } else if (time === undefined || (pressure ?? height ?? variable) === undefined)
    throw wrong('give an observation_id, or --time with --pressure, --height or --variable');
  if (pressure !== undefined && height !== undefined) throw wrong('give --pressure or --height, not both');
}

async function queryOf(station: StationContents, words: ExplainWords): Promise<ObservationQuery> {
  const { observation, time = '', pressure, height, variable } = words;
  if (observation !== undefined) return { id: observation };
  return {
    ...(pressure !== undefined && { pressure: pascals(pressure) }),
    ...(height !== undefined && { height: metres(height) }),
    ...(variable !== undefined && { variable: variableCode(variable) }),
    reports: await reportsAt(station, time),
  };
}

function pascals(text: string): number {
  const [, number, unit = 'Pa'] = PRESSURE.exec(text) ?? [];
  if (number === undefined) throw wrong(`--pressure ${text} is no pressure: write 85000, in Pa, or 850hPa`);
  return unit.toLowerCase() === 'pa' ? Number(number) : Number(`${number}e2`);
}

function metres(text: string): number {
  const [, number] = HEIGHT.exec(text) ?? [];
  if (number === undefined) throw wrong(`--height ${text} is no height: write metres above sea level`);
  return Number(number);
}

function wrong(text: string): UsageError {
  return new UsageError('USAGE', text, { hint: "See 'harvest explain --help'." });
}
