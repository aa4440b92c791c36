/** From a path to a chart: opens what is needed, and says what was drawn. */

import { isoTime } from '../calendar.js';
import { InputError } from '../errors.js';
import { availability } from '../plot/availability.js';
import { countAvailability } from '../plot/availability-counts.js';
import { coverageTimeline } from '../plot/coverage-timeline.js';
import { departureProfile } from '../plot/departure-profile.js';
import {
  type Background,
  type Departures,
  launchDepartures,
  stationDepartures,
} from '../plot/departure-statistics.js';
import { factsOf, launchText, timeText } from '../plot/heading.js';
import { type Indices, indicesOf } from '../plot/indices.js';
import { lastReports } from '../plot/last-launch.js';
import { skewt } from '../plot/skewt.js';
import { curvesOf } from '../plot/sounding.js';
import { stationMap } from '../plot/station-map.js';
import { readStationPeriods } from '../plot/station-periods.js';
import { windProfile } from '../plot/wind-profile.js';
import { counted } from '../plot/years.js';
import { type FeedbackGroup, feedbackGroup } from '../reading/feedback-groups.js';
import type { Launch } from '../reading/launch.js';
import { openStation } from '../reading/open.js';
import { profileOf } from '../reading/profile.js';
import { readLaunch } from '../reading/read-launch.js';
import { noLaunch } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { variableName } from '../reading/variables.js';
import { reportsAt } from './launch-choice.js';

export interface PlotOptions {
  width: number;
  height: number | undefined;
  /** Pa */
  top: number | undefined;
  time: string | undefined;
  background: Background;
  /** Group of feedback; without it the first one with departures. */
  feedback?: string | undefined;
  withFailed: boolean;
}

export interface Chart {
  svg: string;
  /** For programs: times in ISO 8601, units in the names. */
  facts: Record<string, unknown>;
  /** For people, a few words each. */
  remarks: string[];
  /** What is wrong with files that are not in the chart. */
  failures: Error[];
}

/** @throws UsageError, (`NO_LAUNCH` too), InputError (`NO_DEPARTURES`, not a station file), StorageError */
export async function chartOfFile(
  path: string,
  kind: 'skewt' | 'availability' | 'departures',
  options: PlotOptions,
): Promise<Chart> {
  const station = await openStation(path);
  try {
    if (kind === 'skewt') return await launchChart(station, options);
    return kind === 'departures'
      ? await departureChart(station, options)
      : await availabilityChart(station, options);
  } finally {
    station.close();
  }
}

/** @throws InputError (`NO_STATIONS`), StorageError */
export async function chartOfFolder(
  path: string,
  kind: 'map' | 'timeline',
  { width, height }: PlotOptions,
): Promise<Chart> {
  const { stations, failures } = await readStationPeriods(path);
  if (stations.length === 0 && failures[0] !== undefined) throw failures[0];
  if (stations.length === 0)
    throw new InputError('NO_STATIONS', `there are no station files in ${path}`, {
      file: path,
      hint: 'Name the output folder of a harvest, or one of its datasets.',
    });
  const size = { width, ...(height !== undefined && { height }) };
  const ids = new Set(stations.map(({ id }) => id)).size;
  return {
    svg: kind === 'map' ? stationMap(stations, size) : coverageTimeline(stations, size),
    facts: { stations: ids, files: stations.length },
    remarks: [`${counted(ids, 'station', 'stations')} of ${counted(stations.length, 'file', 'files')}`],
    failures,
  };
}

async function launchChart(station: StationContents, options: PlotOptions): Promise<Chart> {
  const { launch, others } = await launchAt(station, options.time);
  const curves = curvesOf(launch, options.withFailed);
  const facts = await factsOf(station);
  const isWindOnly = curves.temperature.length === 0;
  const indices = indicesOf(curves);
  return {
    svg: isWindOnly
      ? windProfile(launch.header, facts, curves, options)
      : skewt(launch.header, facts, curves, indices, options),
    facts: {
      ...launchFacts(launch),
      diagram: isWindOnly ? 'wind profile' : 'skew-T log-p',
      temperature_levels: curves.temperature.length,
      winds: curves.winds.length,
      ...(!isWindOnly && indexFacts(indices)),
    },
    remarks: launchRemarks(launch, others),
    failures: [],
  };
}

async function departureChart(station: StationContents, options: PlotOptions): Promise<Chart> {
  const { background, withFailed, time } = options;
  const feedback = feedbackGroup(station, options.feedback);
  const facts = await factsOf(station);
  if (time === undefined) {
    const departures = await stationDepartures(station, background, withFailed, feedback);
    const [first = Number.NaN] = station.records.time;
    const last = station.records.time.at(-1) ?? Number.NaN;
    const what = `${timeText(first).slice(0, 10)} to ${timeText(last).slice(0, 10)}`;
    return {
      svg: departureProfile(departures, facts, { ...options, isLaunch: false, what }),
      facts: departureFacts(departures),
      remarks: [],
      failures: [],
    };
  }
  const { launch, others } = await launchAt(station, time, feedback);
  const departures = launchDepartures(station, launch, background, withFailed, feedback);
  return {
    svg: departureProfile(departures, facts, { ...options, isLaunch: true, what: launchText(launch.header) }),
    facts: { ...launchFacts(launch), ...departureFacts(departures) },
    remarks: launchRemarks(launch, others),
    failures: [],
  };
}

async function availabilityChart(station: StationContents, options: PlotOptions): Promise<Chart> {
  const counts = await countAvailability(station);
  return {
    svg: availability(counts, await factsOf(station), options),
    facts: { launches: counts.launches, unit: counts.unit, bins: counts.bins },
    remarks: [counted(counts.launches, 'launch', 'launches')],
    failures: [],
  };
}

/** The launch of a time, else the last one with temperature; of several at that time the first one with temperature. */
async function launchAt(
  station: StationContents,
  time: string | undefined,
  feedback?: FeedbackGroup,
): Promise<{ launch: Launch; others: number }> {
  const reports = time === undefined ? await lastReports(station) : await reportsAt(station, time);
  if (reports.length === 0) noLaunch(station, 0, 'any time');
  let first: Launch | undefined;
  for (const report of reports) {
    const launch = await readLaunch(station, report, feedback);
    first ??= launch;
    if (profileOf(launch).temperature.values.some(Number.isFinite))
      return { launch, others: reports.length - 1 };
  }
  return { launch: first as Launch, others: reports.length - 1 };
}

function launchRemarks({ header }: Launch, others: number): string[] {
  return [
    `launch ${timeText(header.time)}`,
    ...(others > 0 ? [`${others} more at that time: --time with the minute chooses`] : []),
  ];
}

function launchFacts({ header }: Launch): Record<string, unknown> {
  return {
    station: header.stationId,
    report_id: header.reportId,
    time: Number.isFinite(header.time) ? isoTime(header.time) : null,
  };
}

function departureFacts({ background, group, profiles, leftOut }: Departures): Record<string, unknown> {
  const measured = profiles.filter(({ levels }) => levels.length > 0);
  return {
    background,
    feedback: group,
    left_out: leftOut,
    variables: measured.map(({ code, levels }) => ({
      variable: variableName(code),
      levels: levels.map(({ pressure, mean, deviation, count }) => ({
        pressure_pa: pressure,
        mean,
        standard_deviation: known(deviation),
        count,
      })),
    })),
  };
}

function indexFacts({ surface, mostUnstable, freezingLevel, shear }: Indices): Record<string, unknown> {
  const ascent = (of: Indices['surface']) =>
    of && {
      start_pa: of.parcel.pressure,
      lcl_pa: of.lcl.pressure,
      lcl_k: of.lcl.temperature,
      lfc_pa: known(of.lfc),
      el_pa: known(of.el),
      cape_j_kg: of.cape,
      cin_j_kg: known(of.cin),
    };
  return {
    surface_parcel: ascent(surface),
    most_unstable_parcel: ascent(mostUnstable),
    freezing_level_gpm: freezingLevel,
    shear_to_6_km: shear && { speed_m_s: shear.speed, from_degrees: shear.direction },
  };
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
