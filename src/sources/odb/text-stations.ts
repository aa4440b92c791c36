/** Which stations a text export holds, and where their rows are: found without parsing more than says what a report is. */
import type { FeedbackColumn } from '../../records/feedback.js';
import type { LineDamage } from '../text/line-damage.js';
import { type ColumnPlaces, findColumns } from './columns.js';
import { parseNumber, parseText, UNREADABLE } from './decode.js';
import { listOnce, note, type SkipContext, skip } from './skips.js';
import { stationIdOf } from './station-id.js';
import { addReport, type FoundStation, type ReportTraits, StationsFound } from './stations-found.js';
import { type HeaderPlace, RANGE_NUMBERS, textHead, wholeLines } from './text.js';
import { endOfEmpty, hasNames, looksLikeHeader, valuesIn } from './text-head.js';
import { OTHER_TABLE, wrongNumber } from './text-rows.js';

/** Runs of rows kept per station; beyond them the last run is stretched over the rows of others. */
const MAX_RUNS = 50_000;
const TAB = 0x09;
const LF = 0x0a;
const BLANK_STATION = 'rows without a usable station id (the first of the file; all are counted)';

/** What the search needs beside the bytes. */
export interface TextStationsOptions {
  context: SkipContext;
  damage: LineDamage;
  header: HeaderPlace;
  signal?: AbortSignal | undefined;
}

/**
 * Searches a whole text export for its stations: those with soundings, by id, with the lines in which all of their rows are, as
 * in `TextOptions.ranges`. Rows with a blank id are counted (`row.blank-station`), and reports of stations without a sounding
 * by kind. Lines that cannot be read are told to `damage`, as far as they are seen: those that repeat the beginning of the line
 * before are left to the reader.
 *
 * @throws InputError `MISSING_COLUMN`, `LINE_TOO_LONG`, `TOO_MANY_STATIONS`
 */
export async function textStations(
  chunks: AsyncIterable<Uint8Array>,
  { context, damage, header, signal }: TextStationsOptions,
): Promise<Map<string, readonly number[]>> {
  const found = new StationsFound(context);
  let columns: readonly FeedbackColumn[] = [];
  let fields: LineFields | null = null;
  let line = header.line;
  let foreign = false;
  for await (const { bytes, base } of wholeLines(chunks, context, header.start, signal)) {
    let at = 0;
    if (fields === null) {
      const head = textHead(bytes);
      columns = head.columns;
      fields = new LineFields(findColumns(columns, context.path), columns.length);
      at = head.header.length + 1;
    }
    // The line before: where it begins, up to where it holds all that is needed, and its station; null for a line of no station.
    let before = 0;
    let length = 0;
    let station: FoundStation | null = null;
    for (let lineEnd = 0; at < bytes.length; at = lineEnd + 1) {
      lineEnd = bytes.indexOf(LF, at);
      const byteOffset = base + at;
      line++;
      if (length === 0 || !repeats(bytes, before, at, length)) {
        length = 0;
        if (endOfEmpty(bytes, at) >= 0) continue;
        if (looksLikeHeader(bytes, at, lineEnd)) {
          foreign = !hasNames(bytes.subarray(at, lineEnd), columns);
          if (!foreign) note(context, 'line.header-repeated');
          else skip(context, 'line.other-columns', byteOffset, OTHER_TABLE);
          continue;
        }
        if (foreign) {
          note(context, 'row.of-other-columns');
          continue;
        }
        if (!fields.split(bytes, at, lineEnd)) {
          const why = wrongNumber(valuesIn(bytes, at, lineEnd), columns.length);
          damage.malformed(context, { line, byteOffset, why });
          continue;
        }
        damage.readable(1);
        const id = fields.stationId();
        station = id === '' ? null : found.station(id, byteOffset);
        if (station !== null && !station.hasSounding) addReport(station, fields.report(), byteOffset);
        before = at;
        length = fields.telling(station === null || station.hasSounding) - at;
      }
      if (station !== null) addLine(station.parts, byteOffset, base + lineEnd + 1, line);
      else {
        note(context, 'row.blank-station');
        listOnce(context, 'row.blank-station', byteOffset, BLANK_STATION);
      }
    }
  }
  return found.settle();
}

/** The id of the first row of a text export as it stands there, null where there is no row. */
export function firstStation(bytes: Uint8Array, path: string): string | null {
  const { columns, header } = textHead(bytes);
  const fields = new LineFields(findColumns(columns, path), columns.length);
  const from = header.length + 1;
  const end = bytes.indexOf(LF, from);
  return fields.split(bytes, from, end < 0 ? bytes.length : end) ? fields.statid() : null;
}

/** The fields of one line at a time. */
class LineFields {
  /** First bytes of the fields, and one beyond the end of the last one. */
  private readonly starts: Int32Array;
  private bytes: Uint8Array = new Uint8Array(0);
  /** The last column that says something of a report, or whose it is. */
  private readonly lastTelling: number;

  constructor(
    private readonly places: ColumnPlaces,
    private readonly count: number,
  ) {
    this.starts = new Int32Array(count + 1);
    const { statid, date, time, seqno, reportype, obstype, codetype } = places;
    this.lastTelling = Math.max(statid, date, time, seqno, reportype, obstype, codetype);
  }

  /** Finds the fields of a line; false where they are not as many as the columns. */
  split(bytes: Uint8Array, from: number, lineEnd: number): boolean {
    const { starts, count } = this;
    this.bytes = bytes;
    starts[0] = from;
    let at = from;
    for (let i = 1; i <= count; i++) {
      while (at < lineEnd && bytes[at] !== TAB) at++;
      if (at >= lineEnd && i < count) return false;
      starts[i] = ++at;
    }
    // Nothing behind a tab at the end of a line is no value.
    return at > lineEnd || endOfEmpty(bytes, at) === lineEnd;
  }

  /** The station's id as it stands there. */
  statid(): string {
    const { statid } = this.places;
    return parseText(this.bytes, this.starts[statid]!, this.starts[statid + 1]! - 1);
  }

  stationId(): string {
    return stationIdOf(this.statid());
  }

  report(): ReportTraits {
    const { date, time, seqno, reportype, obstype, codetype } = this.places;
    const declaration = {
      reportype: this.number(reportype),
      obstype: this.number(obstype),
      codetype: this.number(codetype),
    };
    return { date: this.number(date), time: this.number(time), number: this.number(seqno), declaration };
  }

  /** The byte after which a line tells nothing more of its station (or else of its report either). */
  telling(ofStationAlone: boolean): number {
    return this.starts[(ofStationAlone ? this.places.statid : this.lastTelling) + 1]!;
  }

  private number(place: number): number {
    if (place < 0) return Number.NaN;
    const value = parseNumber(this.bytes, this.starts[place]!, this.starts[place + 1]! - 1);
    return value === UNREADABLE ? Number.NaN : value;
  }
}

function repeats(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  if (b + length > bytes.length) return false;
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

/** Adds a line to the ranges of a station. */
function addLine(ranges: number[], from: number, to: number, line: number): void {
  const end = ranges.length - RANGE_NUMBERS + 1;
  if (end > 0 && (ranges[end] === from || ranges.length >= RANGE_NUMBERS * MAX_RUNS)) ranges[end] = to;
  else ranges.push(from, to, line);
}
