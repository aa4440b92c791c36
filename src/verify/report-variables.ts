/** Which variables the rows of each report have: what station_type and observed_variables claim follows from them. */
import { OBSERVED_VARIABLE as V } from '../records/variables.js';
import type { FileView } from './file-view.js';
import type { ReportRun } from './report-runs.js';
import type { Reports } from './reports.js';
import { intsOf, type RowBlock } from './row-blocks.js';

/** Codes of `station_type`. */
const [RADIOSONDE, PILOT_BALLOON] = [0, 1];

const [WIND, THERMODYNAMIC] = [1, 2];
const KNOWN_VARIABLES = 512;

export interface ReportVariables {
  see(block: RowBlock, runs: readonly ReportRun[]): void;
  /** Holds header_table and station_configuration against what was seen. */
  end(): Promise<void>;
}

export function createReportVariables(view: FileView, reports: Reports): ReportVariables {
  const groupOf = new Uint8Array(KNOWN_VARIABLES);
  for (const code of [V.windFromDirection, V.windSpeed, V.eastwardWind, V.northwardWind])
    groupOf[code] = WIND;
  for (const code of [
    V.airTemperature,
    V.dewPoint,
    V.dewPointDepression,
    V.relativeHumidity,
    V.specificHumidity,
  ])
    groupOf[code] = THERMODYNAMIC;
  const seen = new Uint8Array(KNOWN_VARIABLES);
  const groups = new Uint8Array(reports.count);
  let known = 0;
  return {
    see(block, runs) {
      const variables = intsOf(block, 'observed_variable');
      if (variables === undefined) return;
      for (const { from, to, report } of runs) {
        let found = 0;
        for (let row = from; row < to; row++) {
          const code = (variables[row] as number) & (KNOWN_VARIABLES - 1);
          found |= groupOf[code] as number;
          seen[code] = 1;
        }
        if (report >= 0) groups[report] = (groups[report] as number) | found;
        known += to - from;
      }
    },
    async end() {
      // Without report_id nothing is known of the reports.
      if (known === view.rows('observations_table')) await compare(view, reports, groups, seen);
    },
  };
}

async function compare(
  view: FileView,
  reports: Reports,
  groups: Uint8Array,
  seen: Uint8Array,
): Promise<void> {
  const { findings } = view;
  for (const [row, stated] of (reports.stationType ?? []).entries()) {
    const type = typeOf(groups[row] as number);
    if (!Object.is(stated, type))
      findings.add(
        'header',
        { table: 'header_table', variable: 'station_type', row },
        () => `${described(stated)}, but its rows are those of ${described(type)}`,
      );
  }
  const types = new Set(Array.from(groups, typeOf));
  const station = types.has(PILOT_BALLOON) && !types.has(RADIOSONDE) ? PILOT_BALLOON : RADIOSONDE;
  for (const [row, stated] of ((await view.numbers('station_configuration', 'station_type')) ?? []).entries())
    if (stated !== station)
      findings.add(
        'station',
        { table: 'station_configuration', variable: 'station_type', row },
        () => `${described(stated)}, but the reports make ${described(station)}`,
      );
  const codes = [...seen.keys()].filter((code) => seen[code] === 1).join(',');
  const list = codes === '' ? '' : `{${codes}}`;
  for (const [row, stated] of (
    (await view.texts('station_configuration', 'observed_variables')) ?? []
  ).entries())
    if (stated !== list)
      findings.add(
        'station',
        { table: 'station_configuration', variable: 'observed_variables', row },
        () => `${stated}, but the rows have ${list}`,
      );
}

/** Pilot balloon: wind and no temperature or humidity. NaN where a report has none of them. */
function typeOf(groups: number): number {
  if ((groups & THERMODYNAMIC) !== 0) return RADIOSONDE;
  return (groups & WIND) !== 0 ? PILOT_BALLOON : Number.NaN;
}

function described(type: number): string {
  return type === RADIOSONDE
    ? 'a radiosonde (0)'
    : type === PILOT_BALLOON
      ? 'a pilot balloon (1)'
      : `neither (${type})`;
}
