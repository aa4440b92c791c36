/** Copies of soundings into a builder. */
import type { BatchBuilder, ReportFields } from './builder.js';
import { type FeedbackTexts, type FeedbackValues, isNumeric } from './feedback.js';
import type { Sounding } from './sounding.js';

/** The report-level fields of a sounding. */
export function reportFieldsOf({ reports, index }: Sounding): ReportFields {
  return {
    launchTime: reports.launchTime[index]!,
    nominalTime: reports.nominalTime[index]!,
    dateOnlyTime: reports.dateOnlyTime[index]!,
    timeQuality: reports.timeQuality[index]!,
    latitude: reports.latitude[index]!,
    longitude: reports.longitude[index]!,
    inputFile: reports.inputFile[index]!,
    byteOffset: reports.byteOffset[index]!,
    elevation: reports.elevation[index]!,
    kind: reports.kind[index]!,
    number: reports.number[index]!,
    sondeType: reports.sondeType[index]!,
    beginTime: reports.beginTime[index]!,
    verticalDirection: reports.verticalDirection[index]!,
    platformType: reports.platformType[index]!,
    comment: reports.comment[index]!,
  };
}

/** Appends the rows of a sounding to the open report; the builder's columns must be those of the sounding's batch. */
export function copyRows(sounding: Sounding, builder: BatchBuilder): void {
  const { observations: from, feedback, firstRow, rowCount } = sounding;
  builder.reserveRows(rowCount);
  const to = builder.observations;
  const at = builder.rowCount;
  const end = firstRow + rowCount;
  to.observedVariable.set(from.observedVariable.subarray(firstRow, end), at);
  to.value.set(from.value.subarray(firstRow, end), at);
  to.zCoordinate.set(from.zCoordinate.subarray(firstRow, end), at);
  to.zType.set(from.zType.subarray(firstRow, end), at);
  to.elapsed.set(from.elapsed.subarray(firstRow, end), at);
  to.quality.set(from.quality.subarray(firstRow, end), at);
  if (from.significance !== null) to.significance?.set(from.significance.subarray(firstRow, end), at);
  if (from.latitude !== null) to.latitude?.set(from.latitude.subarray(firstRow, end), at);
  if (from.longitude !== null) to.longitude?.set(from.longitude.subarray(firstRow, end), at);
  for (const [i, column] of feedback.entries()) {
    const target = builder.feedback[i];
    if (target !== undefined) copyFeedback(column, firstRow, end, target, at);
  }
  builder.rowCount += rowCount;
}

function copyFeedback(
  from: FeedbackValues,
  start: number,
  end: number,
  to: FeedbackValues,
  at: number,
): void {
  if (isNumeric(from)) {
    if (isNumeric(to)) to.numbers.set(from.numbers.subarray(start, end), at);
  } else if (!isNumeric(to)) copyTexts(from, start, end, to, at);
}

/** Where each text of a list stands, kept while the list grows. */
const placesOf = new WeakMap<string[], Map<string, number>>();

function copyTexts(from: FeedbackTexts, start: number, end: number, to: FeedbackTexts, at: number): void {
  const placeOf = placesOf.get(to.texts) ?? new Map(to.texts.map((text, place) => [text, place]));
  placesOf.set(to.texts, placeOf);
  const places = new Map<number, number>();
  for (let row = start; row < end; row++) {
    const code = from.codes[row]!;
    let place = places.get(code);
    if (place === undefined) {
      const text = from.texts[code] ?? '';
      place = placeOf.get(text) ?? to.texts.push(text) - 1;
      placeOf.set(text, place);
      places.set(code, place);
    }
    to.codes[at + row - start] = place;
  }
}
