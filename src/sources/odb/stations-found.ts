/**
 * The stations that are found in a file, and whether they have soundings: a station without one is no station here, and its
 * reports are counted by kind when the file has been searched, for nobody will open them.
 */
import { InputError } from '../../errors.js';
import { viewOf } from './block-view.js';
import { columnName, placesAmong } from './columns.js';
import type { Odb2FrameIndex } from './odb2.js';
import { declarationIn } from './report.js';
import { type Declaration, describeDeclaration, kindOfReport } from './report-kinds.js';
import { type OtherReports, type SkipContext, skipOthers } from './skips.js';
import { stationIdOf } from './station-id.js';

/** More distinct ids than all ships and stations of all years. */
const MAX_STATIONS = 200_000;
/** The columns that tell what is found. */
const TELLING_COLUMNS: ReadonlySet<string> = new Set([
  'statid@hdr',
  'date@hdr',
  'time@hdr',
  'seqno@hdr',
  'reportype',
  'obstype@hdr',
  'codetype@hdr',
]);

/** Whether the column of that name tells which stations there are, and whether they have soundings. */
export function tellsStations(name: string): boolean {
  return TELLING_COLUMNS.has(columnName(name));
}

/** What a row says of its report; numbers NaN where missing. */
export interface ReportTraits {
  date: number;
  time: number;
  number: number;
  declaration: Declaration;
}

/** A station with what is known of it so far. */
export interface FoundStation {
  readonly id: string;
  /** Where its rows are, in the terms of the format. */
  readonly parts: number[];
  /** Once true, nothing more has to be told of its reports. */
  hasSounding: boolean;
  /** Its reports so far, by the kind that they state; none of these is a sounding. */
  readonly others: Map<string, OtherReports>;
  /** The report of the row before; the first row has no such report. */
  last: ReportTraits | null;
}

/** The stations of one file. */
export class StationsFound {
  private readonly stations = new Map<string, FoundStation>();

  constructor(private readonly context: SkipContext) {}

  /**
   * The station of that id, whose first row begins at the offset unless it is known.
   *
   * @throws InputError `TOO_MANY_STATIONS`
   */
  station(id: string, offset: number): FoundStation {
    const known = this.stations.get(id);
    if (known !== undefined) return known;
    const { path } = this.context;
    if (this.stations.size >= MAX_STATIONS)
      throw new InputError('TOO_MANY_STATIONS', `${path}: more than ${MAX_STATIONS} station ids`, {
        file: path,
        byteOffset: offset,
        hint: 'The file is damaged, or its column statid holds something else.',
      });
    const station = { id, parts: [], hasSounding: false, others: new Map(), last: null };
    this.stations.set(id, station);
    return station;
  }

  /** Counts reports without soundings; returns where the rows of the stations with one are. */
  settle(): Map<string, readonly number[]> {
    const stations = new Map<string, readonly number[]>();
    for (const { id, parts, hasSounding, others } of this.stations.values()) {
      if (hasSounding) stations.set(id, parts);
      else for (const reports of others.values()) skipOthers(this.context, reports);
    }
    return stations;
  }
}

/** Takes down the report of a row, which may be that of the row before. */
export function addReport(station: FoundStation, report: ReportTraits, offset: number): void {
  if (station.hasSounding || (station.last !== null && isSame(report, station.last))) return;
  station.last = report;
  const { declaration } = report;
  const kind = kindOfReport(declaration);
  if (kind.sounding) {
    station.hasSounding = true;
    station.others.clear();
    return;
  }
  const codes = describeDeclaration(declaration);
  const same = station.others.get(codes);
  if (same !== undefined) same.count++;
  else station.others.set(codes, { kind, declaration, stationId: station.id, offset, count: 1 });
}

function isSame(a: ReportTraits, b: ReportTraits): boolean {
  return (
    Object.is(a.date, b.date) &&
    Object.is(a.time, b.time) &&
    Object.is(a.number, b.number) &&
    Object.is(a.declaration.reportype, b.declaration.reportype) &&
    Object.is(a.declaration.obstype, b.declaration.obstype) &&
    Object.is(a.declaration.codetype, b.declaration.codetype)
  );
}

/** Takes down the stations of a frame of ODB-2, whose parts are the frames; false where rows name none. */
export function addFrame(found: StationsFound, { offset, blocks }: Odb2FrameIndex): boolean {
  let named = true;
  for (const block of blocks) {
    const view = viewOf(block, placesAmong(block.columns));
    const stations: (FoundStation | null | undefined)[] = [];
    const { stationCodes, stationIds } = view;
    for (let row = 0; row < block.rowCount; row++) {
      const code = stationCodes[row]!;
      let station = stations[code];
      if (station === undefined) {
        const id = stationIdOf(stationIds[code] ?? '');
        station = id === '' ? null : found.station(id, offset);
        stations[code] = station;
        if (station === null) named = false;
        else if (station.parts.at(-1) !== offset) station.parts.push(offset);
      }
      if (station === null || station.hasSounding) continue;
      const declaration = declarationIn(view, row);
      const [date, time, number] = [view.date[row]!, view.time[row]!, view.number[row]!];
      addReport(station, { date, time, number, declaration }, offset);
    }
  }
  return named;
}
