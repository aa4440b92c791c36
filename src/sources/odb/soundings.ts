/**
 * Rows to soundings. A report is a run of rows of the station with one date, time, kind and number; what it is, is decided once,
 * when it begins. A row of a sounding is one datum, and becomes one observation or one count; reports that are no soundings are
 * counted by kind. The rows of other stations are left aside.
 */
import { isSame } from '../../numbers.js';
import type { SoundingBatch } from '../../records/batch.js';
import { BATCH_REPORTS, BATCH_ROWS, type BatchBuilder, createBatchBuilder } from '../../records/builder.js';
import type { FeedbackColumn } from '../../records/feedback.js';
import type { Tally } from '../../records/tally.js';
import { Z_TYPE } from '../../records/variables.js';
import { type BlockView, placesCache, viewOf } from './block-view.js';
import { findColumns } from './columns.js';
import { commitRowCounts, countCode, createRowCounts, R, REASON_COUNT, type RowCounts } from './counters.js';
import { createFeedbackCollector, type FeedbackCollector } from './feedback-rows.js';
import { setPosition } from './position.js';
import { GEOPOTENTIAL, HIGH, IS_SURFACE, LOW, QUANTITY_OF_VARNO, qualityOf, VARIABLE } from './quantities.js';
import { type OpenReport, openReport, reportFields, tooManyRows } from './report.js';
import { isContradictory, isUnknown } from './report-kinds.js';
import { listOnce, note, type SkipContext, skip, skipContext, skipOthers } from './skips.js';
import { stationIdOf } from './station-id.js';
import type { OdbBlock } from './table.js';

/** Room for the report that crosses the mark at which a batch is handed out. */
const BATCH_CAPACITY = BATCH_ROWS + 8192;
/** Room at first, so that a short file costs no more than it needs. */
const FIRST_CAPACITY = 1 << 10;
/** No sounding has more values: a bound on memory against damaged and hostile files. */
const MAX_REPORT_ROWS = 250_000;
const PRESSURE = 1;
const GEOPOTENTIAL_COORDINATE = 2;
const LOWEST_GEOPOTENTIAL = LOW[GEOPOTENTIAL]!;

/** What stands in `BlockView.stationCodes` for the station at hand. */
const OTHER = 0;
const OURS = 1;
const BLANK = 2;

/** One station of one dataset. */
export interface StationContext {
  dataset: string;
  stationId: string;
  tally: Tally;
  feedback: readonly FeedbackColumn[];
  /** Whether the sign of the latitude is known to be lost: positive latitudes of this station are southern ones. */
  southern: boolean;
}

/** Turns the blocks of a station's files, one after the other, into batches. */
export class SoundingReader {
  /** Rows of the station so far. */
  ownRows = 0;
  private builder: BatchBuilder;
  private readonly feedback: FeedbackCollector;
  private readonly counts: RowCounts = createRowCounts();
  private readonly batches: SoundingBatch[] = [];
  /** Whether the builder has room for a whole batch. */
  private roomy = false;
  private context: SkipContext;
  private fileIndex = 0;
  /** Whether rows of other stations are expected in the file. */
  private shared = false;
  private places = placesCache((columns) => findColumns(columns, this.context.path));
  private report: OpenReport | null = null;
  private lastCoordinateType = Number.NaN;
  private lastCoordinate = Number.NaN;
  /** Rows of the block at hand whose feedback is still to be added. */
  private kept = new Int32Array(0);
  private keptCount = 0;
  /** Rows of the open report so far. */
  private reportRows = 0;

  constructor(private readonly station: StationContext) {
    const { feedback, dataset, tally } = station;
    this.builder = createBatchBuilder({ capacity: FIRST_CAPACITY, positions: true });
    this.feedback = createFeedbackCollector(feedback, BATCH_CAPACITY);
    this.context = skipContext(dataset, '', tally);
  }

  /** Begins a file; `index` is its place among the station's files. */
  startFile(context: SkipContext, index: number, shared: boolean): void {
    this.context = context;
    this.fileIndex = index;
    this.shared = shared;
  }

  /** Ends the file and with it its last report. */
  endFile(): void {
    this.endReport();
    commitRowCounts(this.counts, this.station.dataset, this.station.tally);
  }

  /** A batch when enough rows have come together, else null; call until null. */
  nextBatch(): SoundingBatch | null {
    return this.batches.shift() ?? null;
  }

  /** The rest, null when there is none. */
  lastBatch(): SoundingBatch | null {
    return this.takeBatch();
  }

  private takeBatch(): SoundingBatch | null {
    const { builder, feedback } = this;
    const batch = builder.take();
    if (batch === null) return null;
    const values = feedback.take();
    return {
      ...batch,
      feedback: values,
      recycle() {
        batch.recycle?.();
        feedback.recycle(values);
      },
    };
  }

  /**
   * Takes the rows of a block; its arrays are not kept.
   *
   * @throws InputError `MISSING_COLUMN`
   */
  add(block: OdbBlock): void {
    const view = viewOf(block, this.places(block));
    const whose = Uint8Array.from(view.stationIds, (id) => this.ownerOf(stationIdOf(id)));
    if (this.kept.length < block.rowCount) this.kept = new Int32Array(block.rowCount);
    this.keptCount = 0;
    const { stationCodes, date, time, kind, number, obstype, codetype } = view;
    let from = 0;
    for (let row = 0; row < block.rowCount; row++) {
      const owner = whose[stationCodes[row]!];
      const { report } = this;
      if (
        owner === OURS &&
        report !== null &&
        isSame(date[row]!, report.date) &&
        isSame(time[row]!, report.time) &&
        isSame(number[row]!, report.number) &&
        isSame(kind[row]!, report.declaration.reportype) &&
        isSame(obstype[row]!, report.declaration.obstype) &&
        isSame(codetype[row]!, report.declaration.codetype)
      )
        continue;
      this.addRows(view, from, row);
      from = row;
      if (owner === OURS) {
        this.endReport(block);
        this.startReport(block, view, row);
      } else {
        this.leaveOut(view.stationIds[stationCodes[row]!] ?? '', owner === BLANK, block.offsets[row]!);
        from = row + 1;
      }
    }
    this.addRows(view, from, block.rowCount);
    this.addFeedback(block);
  }

  private ownerOf(id: string): number {
    return id === '' ? BLANK : id === this.station.stationId ? OURS : OTHER;
  }

  private leaveOut(id: string, blank: boolean, offset: number): void {
    if (this.shared) return;
    const reason = blank ? 'row.blank-station' : 'row.other-station';
    note(this.context, reason);
    const detail = blank
      ? 'rows without a station id (the first of the file; all are counted)'
      : `rows of station ${stationIdOf(id)} in a file whose name says that it is of ${this.station.stationId}: rename the file, and it is searched for all of its stations`;
    listOnce(this.context, reason, offset, detail);
  }

  private startReport(block: OdbBlock, view: BlockView, row: number): void {
    const { context, station } = this;
    const offset = block.offsets[row]!;
    const report = openReport(view, row, offset, station.southern);
    this.report = report;
    this.reportRows = 0;
    this.lastCoordinateType = Number.NaN;
    const { kind, declaration } = report;
    if (isContradictory(declaration)) note(context, 'report.kind-contradictory');
    if (!kind.sounding) {
      skipOthers(context, { kind, declaration, stationId: station.stationId, offset, count: 1 });
      return;
    }
    if (isUnknown(kind)) note(context, 'report.kind-unknown');
    const { date, time, fault } = report;
    if (fault !== null) {
      const detail = fault === 'impossible-date' ? `date ${date}` : `time ${time} on ${date}`;
      skip(context, `report.${fault}`, offset, detail);
      return;
    }
    station.tally.reports++;
    if (report.comment !== '') note(context, 'latitude.sign-corrected');
    if (Number.isNaN(report.latitude) || Number.isNaN(report.longitude)) note(context, 'position.missing');
    if (Number.isNaN(report.time)) note(context, 'time.missing');
    if (Number.isNaN(report.elevation) && !Number.isNaN(report.rawElevation))
      note(context, 'elevation.out-of-range');
  }

  private endReport(block?: OdbBlock): void {
    const { report, builder } = this;
    this.report = null;
    if (report === null || report.times === null || !report.kind.sounding) return;
    builder.endReport(reportFields(report, report.times, this.fileIndex));
    if (builder.rowCount < BATCH_ROWS && builder.reportCount < BATCH_REPORTS) return;
    if (block !== undefined) this.addFeedback(block);
    const batch = this.takeBatch();
    if (batch !== null) this.batches.push(batch);
    if (this.roomy) return;
    this.roomy = true;
    this.builder = createBatchBuilder({ capacity: BATCH_CAPACITY, positions: true });
  }

  private addFeedback(block: OdbBlock): void {
    if (this.keptCount > 0) this.feedback.add(block, this.kept, this.keptCount, this.context);
    this.keptCount = 0;
  }

  /** The rows `from` to `to` (exclusive) of the open report. */
  private addRows(view: BlockView, from: number, to: number): void {
    const { report, builder, counts, kept } = this;
    if (report === null || from === to) return;
    this.ownRows += to - from;
    if (report.times === null || !report.kind.sounding) {
      note(this.context, 'row.of-skipped-report', to - from);
      return;
    }
    this.reportRows += to - from;
    if (this.reportRows > MAX_REPORT_ROWS) throw tooManyRows(this.context.path, report, MAX_REPORT_ROWS);
    const { varno, value, coordinateType, coordinate, status, latitude, longitude } = view;
    const { dropped, notes } = counts;
    builder.reserveRows(to - from);
    const { observations: o } = builder;
    let n = builder.rowCount;
    let keptCount = this.keptCount;
    let lastType = this.lastCoordinateType;
    let lastReference = this.lastCoordinate;
    counts.fields += to - from;
    for (let row = from; row < to; row++) {
      const type = coordinateType[row]!;
      const reference = coordinate[row]!;
      if (!isSame(reference, lastReference) || type !== lastType) {
        counts.levels++;
        lastType = type;
        lastReference = reference;
      }
      const q = QUANTITY_OF_VARNO[varno[row]!] ?? -1;
      if (q < 0) {
        countCode(counts.unknownVarnos, varno[row]!);
        continue;
      }
      const datum = value[row]!;
      if (Number.isNaN(datum)) {
        dropped[q * REASON_COUNT + R.null]!++;
        if (!Number.isNaN(view.analysisDeparture[row]!) || !Number.isNaN(view.firstGuessDeparture[row]!))
          notes.nullValueFeedback++;
        continue;
      }
      if (datum < LOW[q]! || datum > HIGH[q]!) {
        dropped[q * REASON_COUNT + R.outOfRange]!++;
        continue;
      }
      if (type === PRESSURE && reference > 0) {
        o.zType[n] = 1;
        o.zCoordinate[n] = reference;
      } else if (type === GEOPOTENTIAL_COORDINATE && reference > LOWEST_GEOPOTENTIAL) {
        if (q === GEOPOTENTIAL && datum === reference) {
          dropped[q * REASON_COUNT + R.usedAsCoordinate]!++;
          continue;
        }
        o.zType[n] = Z_TYPE.geopotential;
        o.zCoordinate[n] = reference;
        notes.geopotentialCoordinate++;
      } else {
        countNoCoordinate(counts, type, reference);
        if (IS_SURFACE[q] === 0) {
          dropped[q * REASON_COUNT + R.noCoordinate]!++;
          continue;
        }
        o.zType[n] = -1;
        o.zCoordinate[n] = Number.NaN;
      }
      o.observedVariable[n] = VARIABLE[q]!;
      o.value[n] = datum;
      o.elapsed[n] = Number.NaN;
      o.quality[n] = qualityOf(status[row]!);
      if (!isSame(latitude[row]!, report.rawLatitude) || !isSame(longitude[row]!, report.rawLongitude))
        setPosition(o, n, latitude[row]!, longitude[row]!, this.station.southern);
      kept[keptCount++] = row;
      n++;
    }
    builder.rowCount = n;
    this.keptCount = keptCount;
    this.lastCoordinateType = lastType;
    this.lastCoordinate = lastReference;
  }
}

function countNoCoordinate({ notes, otherCoordinates }: RowCounts, type: number, reference: number): void {
  if (type !== PRESSURE && type !== GEOPOTENTIAL_COORDINATE) countCode(otherCoordinates, type);
  else if (Number.isNaN(reference)) notes.missingCoordinate++;
  else if (type === PRESSURE) notes.nonPositivePressure++;
  else notes.missingHeight++;
}
