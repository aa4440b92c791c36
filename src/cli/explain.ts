/** `harvest explain FILE [OBSERVATION_ID]`: where a row of a station file came from. */
import { EXIT, UsageError } from '../errors.js';
import { type ExplainedFile, explain, type ObservationQuery } from '../explain/index.js';
import { explanationLines } from '../explain/text.js';
import { sourcesOf } from '../explain/source-file.js';
import { daysSince1900, isDate, SECONDS_PER_DAY } from '../records/time.js';
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
  json: boolean;
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):?(\d{2})(?::?(\d{2}))?Z?$/;
const PRESSURE = /^(\d+(?:\.\d+)?) *(Pa|hPa|mb)?$/i;
const HEIGHT = /^(-?\d+(?:\.\d+)?) *m?$/i;

/** Prints the explanations; exit code 8 where a source file is there and does not give the value of a row. */
export async function explainCommand(words: ExplainWords): Promise<number> {
  const { sources, workdir } = words;
  if (sources !== undefined && workdir !== undefined)
    throw new UsageError('USAGE', '--sources and --workdir exclude each other', {
      hint: '--workdir DIR is --sources DIR/sources.',
    });
  const folder = sources ?? (workdir === undefined ? undefined : sourcesOf(workdir));
  const explained = await explain(words.file, queryOf(words), folder === undefined ? {} : { sources: folder });
  if (words.json) process.stdout.write(`${JSON.stringify(explained, null, 2)}\n`);
  else process.stdout.write(`${explanationLines(explained).map(printable).join('\n')}\n`);
  const warnings = new Set(explained.explanations.flatMap((each) => each.warnings));
  for (const warning of warnings) writeMessages(`warning: ${printable(warning)}\n`);
  return isProven(explained) ? EXIT.ok : EXIT.validation;
}

/** Whether each row was found in its sources, as far as these are there. */
function isProven({ explanations }: ExplainedFile): boolean {
  return explanations.every(
    ({ places, sources, warnings }) =>
      places.some(({ differs }) => differs.length === 0) ||
      (places.length === 0 && sources.every(({ state }) => state === 'missing') && warnings.length > 0),
  );
}

function queryOf({ observation, time, pressure, height, variable }: ExplainWords): ObservationQuery {
  const bySearch = [time, pressure, height, variable].some((word) => word !== undefined);
  if (observation !== undefined) {
    if (bySearch) throw wrong('give an observation_id, or --time with a level or a variable, not both');
    return { id: observation };
  }
  if (time === undefined || (pressure ?? height ?? variable) === undefined)
    throw wrong('give an observation_id, or --time with --pressure, --height or --variable');
  if (pressure !== undefined && height !== undefined) throw wrong('give --pressure or --height, not both');
  return {
    time: timeOf(time),
    ...(pressure !== undefined && { pressure: pascals(pressure) }),
    ...(height !== undefined && { height: metres(height) }),
    ...(variable !== undefined && { variable }),
  };
}

function timeOf(text: string): number {
  const [, ...parts] = TIME.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 24, minute = 60, second = 0] = parts.map((part) => Number(part ?? 0));
  if (isDate(year, month, day) && hour < 24 && minute < 60 && second < 60)
    return daysSince1900(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
  throw wrong(`--time ${text} is no time: write YYYY-MM-DDThh:mm or YYYY-MM-DDThh:mm:ss, in UTC`);
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
