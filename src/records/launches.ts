/**
 * One launch, several reports: archives keep a sounding in parts (temperature in one file, winds in another; one report cut
 * into fragments), or the same sounding twice, sent a few seconds apart. Which of these a source knows is in its `LaunchRules`;
 * here they are applied to soundings that are already in order.
 */
import { type BatchBuilder, createBatchBuilder, optionalColumns, type ReportFields } from './builder.js';
import { copyRows, reportFieldsOf } from './copy.js';
import type { FeedbackColumn } from './feedback.js';
import type { LaunchRules } from './launch-rules.js';
import { generalReason } from './reasons.js';
import { type Sounding, type SourcePlace, soundingsOf } from './sounding.js';
import { count, type Tally } from './tally.js';

/** More reports at one time than this are no parts of launches: the ids will refuse them. */
const MAX_TO_JOIN = 1000;

/**
 * The soundings with the rules applied, in order of time. Memory holds the soundings of one time, and those that may yet be
 * sent again.
 *
 * @param feedback the columns of feedback in the batches
 * @param dataset the first part of the names under which joined and repeated reports are counted
 */
export async function* combineLaunches(
  groups: AsyncIterable<Sounding[]>,
  rules: LaunchRules,
  feedback: readonly FeedbackColumn[],
  dataset: string,
  tally: Tally,
): AsyncGenerator<Sounding[]> {
  const resent = createResentFilter(rules, dataset, tally);
  let atOneTime: Sounding[] = [];
  const settle = (): Sounding[] =>
    joined(atOneTime, rules, feedback, dataset, tally).flatMap((sounding) => resent.next(sounding));
  for await (const group of groups) {
    const ready: Sounding[] = [];
    for (const sounding of group) {
      if (atOneTime.length > 0 && atOneTime[0]?.time !== sounding.time) {
        ready.push(...settle());
        atOneTime = [];
      }
      atOneTime.push(sounding);
    }
    if (ready.length > 0) yield ready;
  }
  yield [...settle(), ...resent.rest()];
}

/** Parts of one report become one report; the others stay as they are. Parts with one number find each other first. */
function joined(
  soundings: readonly Sounding[],
  rules: LaunchRules,
  feedback: readonly FeedbackColumn[],
  dataset: string,
  tally: Tally,
): Sounding[] {
  if (soundings.length < 2 || soundings.length > MAX_TO_JOIN) return [...soundings];
  const joinWhere = (
    list: readonly Sounding[],
    isPart: (a: Sounding, b: Sounding) => boolean,
  ): Sounding[] => {
    const result: Sounding[] = [];
    for (const sounding of list) {
      const place = result.findIndex((other) => isPart(sounding, other));
      const other = result[place];
      if (other === undefined) result.push(sounding);
      else {
        result[place] = join(other, sounding, feedback);
        count(tally.noted, generalReason(dataset, 'report.joined'));
      }
    }
    return result;
  };
  const numbered = joinWhere(soundings, (a, b) => numberOf(a) === numberOf(b) && isPartOf(a, b, rules));
  return joinWhere(numbered, (a, b) => isPartOf(a, b, rules));
}

function isPartOf(a: Sounding, b: Sounding, rules: LaunchRules): boolean {
  if (a.time !== b.time) return false;
  const fileA = a.reports.inputFile[a.index];
  const fileB = b.reports.inputFile[b.index];
  if (rules.joinFiles === true && fileA !== fileB && !b.alsoIn?.some((place) => place.inputFile === fileA))
    return true;
  return (
    rules.joinNumbered === true &&
    fileA === fileB &&
    a.reports.kind[a.index] === b.reports.kind[b.index] &&
    numberOf(a) === numberOf(b)
  );
}

/** The source's own number of a report; NaN, which is equal to nothing, where it has none. */
function numberOf({ reports, index }: Sounding): number {
  return reports.number[index]!;
}

/** One report with the rows of both; that of the first file gives what both say of the report. */
function join(a: Sounding, b: Sounding, feedback: readonly FeedbackColumn[]): Sounding {
  const inOrder = (a.reports.inputFile[a.index] ?? 0) <= (b.reports.inputFile[b.index] ?? 0);
  return inOrder ? withRowsOf(a, b, feedback) : withRowsOf(b, a, feedback);
}

/** The first report with the rows of both; a report-level field that it lacks comes from the second. */
export function withRowsOf(first: Sounding, second: Sounding, feedback: readonly FeedbackColumn[]): Sounding {
  const builder = createBatchBuilder({
    capacity: first.rowCount + second.rowCount,
    ...optionalColumns(first.observations),
    feedback,
  });
  copyRows(first, builder);
  const fields = reportFieldsOf(first);
  const from = builder.rowCount;
  copyRows(second, builder);
  // A row without a position of its own has that of its report, which is another one from now on.
  if (!isAtSamePlace(first, second)) placeRows(builder, from, second);
  const others = reportFieldsOf(second);
  const or = (value: number | undefined, other: number | undefined): number =>
    value === undefined || Number.isNaN(value) ? (other ?? Number.NaN) : value;
  const comments = [...new Set([fields.comment, others.comment])].filter((text) => text !== '');
  builder.endReport({
    ...fields,
    launchTime: or(fields.launchTime, others.launchTime),
    nominalTime: or(fields.nominalTime, others.nominalTime),
    dateOnlyTime: or(fields.dateOnlyTime, others.dateOnlyTime),
    timeQuality: bringsTime(others, fields) ? others.timeQuality : fields.timeQuality,
    latitude: or(fields.latitude, others.latitude),
    longitude: or(fields.longitude, others.longitude),
    elevation: or(fields.elevation, others.elevation),
    number: or(fields.number, others.number),
    kind: orCode(fields.kind, others.kind),
    sondeType: orCode(fields.sondeType, others.sondeType),
    beginTime: or(fields.beginTime, others.beginTime),
    verticalDirection: orCode(fields.verticalDirection, others.verticalDirection),
    platformType: orCode(fields.platformType, others.platformType),
    comment: comments.join('; '),
  });
  const batch = builder.take();
  const sounding = batch === null ? undefined : soundingsOf(batch, 'launch')[0];
  if (sounding === undefined) throw new Error('a joined report has no report');
  const places = [...(first.alsoIn ?? []), placeOf(second), ...(second.alsoIn ?? [])];
  return { ...sounding, time: first.time, alsoIn: places };
}

/** A launch time that only the other report gives brings its quality with it. */
function bringsTime(others: ReportFields, fields: ReportFields): boolean {
  return Number.isNaN(fields.launchTime) && !Number.isNaN(others.launchTime);
}

function isAtSamePlace(a: Sounding, b: Sounding): boolean {
  return (
    a.reports.latitude[a.index] === b.reports.latitude[b.index] &&
    a.reports.longitude[a.index] === b.reports.longitude[b.index]
  );
}

function orCode(code = -1, other = -1): number {
  return code < 0 ? other : code;
}

function placeRows(
  { observations, rowCount }: BatchBuilder,
  from: number,
  { reports, index }: Sounding,
): void {
  const { latitude, longitude } = observations;
  if (latitude === null || longitude === null) return;
  for (let row = from; row < rowCount; row++) {
    if (!Number.isNaN(latitude[row]) && !Number.isNaN(longitude[row])) continue;
    latitude[row] = reports.latitude[index]!;
    longitude[row] = reports.longitude[index]!;
  }
}

function placeOf({ reports, index }: Sounding): SourcePlace {
  return { inputFile: reports.inputFile[index]!, byteOffset: reports.byteOffset[index]! };
}

/** Of reports that repeat each other within seconds, the one with most rows (the first of them) stays. */
interface ResentFilter {
  /** Takes the next sounding; gives those that are settled. */
  next(sounding: Sounding): Sounding[];
  /** What is left at the end. */
  rest(): Sounding[];
}

function createResentFilter({ resent }: LaunchRules, dataset: string, tally: Tally): ResentFilter {
  if (resent === undefined) return { next: (sounding) => [sounding], rest: () => [] };
  /** The report that may be sent again, and what came between. */
  let kept: Sounding | null = null;
  let others: Sounding[] = [];
  const flush = (): Sounding[] => {
    const settled = (kept === null ? others : [kept, ...others]).sort((a, b) => a.time - b.time);
    kept = null;
    others = [];
    return settled;
  };
  return {
    rest: flush,
    next(sounding) {
      const settled = kept !== null && sounding.time - kept.time >= resent.seconds ? flush() : [];
      if (!isKind(sounding, resent.kinds)) {
        if (kept === null) return [...settled, sounding];
        others.push(sounding);
      } else if (kept === null) kept = sounding;
      else {
        const fuller = sounding.rowCount > kept.rowCount;
        count(tally.noted, generalReason(dataset, 'report.sent-again'));
        count(
          tally.dropped,
          generalReason(dataset, 'row.of-report-sent-again'),
          (fuller ? kept : sounding).rowCount,
        );
        if (fuller) kept = sounding;
      }
      return settled;
    },
  };
}

function isKind({ reports, index }: Sounding, kinds: ReadonlySet<number>): boolean {
  return kinds.has(reports.kind[index]!);
}
