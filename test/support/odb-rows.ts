/**
 * Plausible tables of the era5 datasets for tests, demo and benchmarks: soundings of `makeStation` as rows with the columns
 * that each dataset has, NULLs and departures included. The same soundings and options give the same table everywhere.
 */
import type { Field, Igra2Level, Igra2Sounding } from './igra2-encoder.js';
import type { OdbTable, OdbType, OdbValue } from './odb-encoder.js';
import { createRandom, type Random } from './random.js';

/** The datasets, by the columns they have: 63, 67, 33, 33 and 28. */
export type OdbDataset = 'era5_1' | 'era5_2' | 'era5_1759' | 'era5_1761' | 'era5_3188';

export interface OdbRowsOptions {
  dataset?: OdbDataset;
  /** As in `statid@hdr`; the last five digits of the soundings' id unless given. */
  statid?: string;
  seed?: number;
}

const G = 9.80665;
/** `+` marks numbers of single precision, `&` fields of bits, `$` texts; the others are whole numbers. */
const ERA5 = `type $expver class stream andate antime reportype numtsl@desc timeslot@timeslot_index seqno@hdr $source@hdr
bufrtype@hdr subtype@hdr groupid@hdr obstype@hdr codetype@hdr sensor@hdr $statid@hdr date@hdr time@hdr &report_status@hdr
&report_event1@hdr &report_rdbflag@hdr +lat@hdr +lon@hdr +lsm@modsurf +orography@modsurf +windspeed10m@modsurf +tsfc@modsurf
+albedo@modsurf +seaice@modsurf +snow_depth@modsurf sonde_type@conv`;
const ERA5_BODY = `entryno@body +obsvalue@body varno@body vertco_type@body
+vertco_reference_1@body +vertco_reference_2@body ppcode@conv_body &datum_anflag@body &datum_status@body &datum_event1@body
&datum_rdbflag@body +biascorr@body +biascorr_fg@body varbc_ix@body +qc_pge@body +an_depar@body +an_sens_obs@body +fg_depar@body
+an_depar@surfbody_feedback +fg_depar@surfbody_feedback +snow_depth@surfbody_feedback +snow_density@surfbody_feedback
&datum_status@surfbody_feedback &datum_sfc_event@surfbody_feedback +lsm@surfbody_feedback +stalt@hdr +obs_error@errstat
+final_obs_error@errstat +fg_error@errstat +eda_spread@errstat`;
const ERA5_2 = 'station_type@conv collection_identifier@conv timeseries_index@conv unique_identifier@conv';
const INPUTS = `$expver@desc type@desc class@desc stream@desc andate@desc antime@desc seqno@hdr reportype@hdr bufrtype@hdr
subtype@hdr groupid@hdr obstype@hdr codetype@hdr +stalt@hdr $statid@hdr date@hdr time@hdr +lat@hdr +lon@hdr $source@hdr
sonde_type@conv station_type@conv collection_identifier@conv`;
const INPUTS_BODY = 'entryno@body +obsvalue@body varno@body vertco_type@body +vertco_reference_1@body';
const INPUTS_MORE = 'timeseries_index@conv +bias_volatility@body +an_depar@body +eda_spread@errstat';

const COLUMNS: Readonly<Record<OdbDataset, string>> = {
  era5_1: `${ERA5} ${ERA5_BODY}`,
  era5_2: `${ERA5} ${ERA5_2} ${ERA5_BODY}`,
  era5_1759: `${INPUTS} unique_identifier@conv ${INPUTS_BODY} ${INPUTS_MORE}`,
  era5_1761: `${INPUTS} unique_identifier@conv ${INPUTS_BODY} ${INPUTS_MORE}`,
  era5_3188: `${INPUTS} ${INPUTS_BODY}`,
};
const TYPES: Readonly<Record<string, OdbType>> = { $: 'string', '+': 'real', '&': 'bitfield' };

/** One datum: what it is, where, and its value; null where the report has the level and not the value. */
interface Datum {
  varno: number;
  value: number | null;
}

/** The soundings of one station as the table of a dataset. */
export function makeOdbRows(soundings: readonly Igra2Sounding[], options: OdbRowsOptions = {}): OdbTable {
  const { dataset = 'era5_1', seed = 1 } = options;
  const random = createRandom(seed);
  const columns = COLUMNS[dataset].split(/\s+/).map((entry) => ({
    name: entry.replace(/^[$+&]/, ''),
    type: TYPES[entry[0] ?? ''] ?? ('integer' as const),
  }));
  const rows: OdbValue[][] = [];
  for (const [i, sounding] of soundings.entries()) {
    const header = headerValues(sounding, dataset, options.statid, i);
    let entry = 0;
    for (const level of sounding.levels) {
      for (const datum of dataOf(level, dataset, random)) {
        entry++;
        const body = bodyValues(level, datum, entry, random);
        rows.push(
          columns.map(({ name, type }) => {
            const [base = ''] = name.split('@');
            const key = [name, base].find((entry) => entry in body || entry in header) ?? name;
            const value = (key in body ? body[key] : header[key]) ?? null;
            return type === 'real' && typeof value === 'number' ? Math.fround(value) : value;
          }),
        );
      }
    }
  }
  return { columns, rows };
}

type Values = Readonly<Record<string, OdbValue>>;

function headerValues(
  s: Igra2Sounding,
  dataset: OdbDataset,
  statid: string | undefined,
  index: number,
): Values {
  const release = s.release < 2400;
  const launch = new Date(Date.UTC(s.year, s.month - 1, s.day, s.hour));
  const minutes = release ? Math.floor(s.release / 100) * 60 + (s.release % 100) : s.hour * 60;
  // A release in the evening before a sounding of 00 UTC is of the day before.
  if (release && minutes - s.hour * 60 > 720) launch.setUTCDate(launch.getUTCDate() - 1);
  const era5 = dataset === 'era5_1' || dataset === 'era5_2';
  const highResolution = release && era5;
  // Low-resolution reports are filed under the nominal day.
  const filed = highResolution ? launch : new Date(Date.UTC(s.year, s.month - 1, s.day));
  const pilot = s.levels.every(({ temperature }) => temperature === null);
  const date = filed.getUTCFullYear() * 10_000 + (filed.getUTCMonth() + 1) * 100 + filed.getUTCDate();
  const id = statid ?? s.id.slice(-5);
  return {
    type: 263,
    expver: era5 ? '    0001' : dataset.slice(5).padEnd(8),
    class: era5 ? 23 : 22,
    stream: 1025,
    andate: date,
    antime: s.hour < 12 ? 0 : 120_000,
    reportype: pilot ? 16_013 : highResolution ? 16_045 : 16_022,
    numtsl: 25,
    timeslot: 12,
    seqno: 1000 + index,
    source: era5 ? 'BUFRDATA' : 'NCARUA21',
    bufrtype: 2,
    subtype: pilot ? 91 : highResolution ? 109 : 101,
    groupid: 17,
    obstype: pilot ? 6 : 5,
    codetype: pilot ? 32 : 35,
    sensor: 0,
    statid: era5 ? id.padStart(8) : id.padEnd(8),
    date,
    time: highResolution ? Math.floor(minutes / 60) * 10_000 + (minutes % 60) * 100 + 7 : s.hour * 10_000,
    report_status: 1,
    report_event1: 0,
    report_rdbflag: 0,
    lat: s.latitude,
    lon: s.longitude,
    lsm: 0.97,
    orography: 56.743793,
    windspeed10m: 4.25,
    tsfc: 283.355835,
    albedo: 0.152702,
    seaice: 0,
    snow_depth: 0,
    sonde_type: pilot ? null : 80,
    station_type: 2,
    collection_identifier: 130,
    timeseries_index: null,
    unique_identifier: 32_396_098 + index,
    stalt: 423,
  };
}

function bodyValues(level: Igra2Level, { varno, value }: Datum, entry: number, random: Random): Values {
  const compared = value !== null && varno !== 111 && varno !== 59;
  const scale = varno === 1 ? 60 : varno === 29 || varno === 58 ? 0.1 : varno === 7 ? 0.001 : 1.5;
  const departure = compared ? random.normal() * scale : null;
  const pressure = numberOf(level.pressure);
  return {
    entryno: entry,
    obsvalue: value,
    varno,
    vertco_type: pressure === null ? 2 : 1,
    vertco_reference_1: pressure ?? (numberOf(level.height) ?? 0) * G,
    vertco_reference_2: null,
    ppcode: 0,
    datum_anflag: compared ? 196_608 : 0,
    datum_status: value === null ? 4 : compared && varno !== 1 && varno !== 29 && varno !== 112 ? 1 : 12,
    datum_event1: compared ? 0 : 131_072,
    datum_rdbflag: 0,
    biascorr: varno === 2 ? 0.25 : 0,
    biascorr_fg: varno === 2 ? 0.25 : 0,
    varbc_ix: entry,
    qc_pge: compared ? 0.02 : null,
    an_sens_obs: 0,
    an_depar: departure === null ? null : departure * 0.6,
    fg_depar: departure,
    'an_depar@surfbody_feedback': null,
    'fg_depar@surfbody_feedback': null,
    'snow_depth@surfbody_feedback': null,
    'datum_status@surfbody_feedback': 4,
    'lsm@surfbody_feedback': null,
    datum_sfc_event: 64,
    obs_error: compared ? scale : null,
    final_obs_error: compared ? scale * 1.1 : null,
    fg_error: compared ? scale * 0.4 : null,
    eda_spread: compared ? scale * 0.3 : null,
    bias_volatility: null,
  };
}

/** The data of a level in the order of the database; winds and temperatures that the level does not have are NULL. */
function dataOf(level: Igra2Level, dataset: OdbDataset, random: Random): Datum[] {
  const temperature = scaled(level.temperature, 0.1, 273.15);
  const depression = scaled(level.dewPointDepression, 0.1);
  const direction = scaled(level.windDirection, 1);
  const speed = scaled(level.windSpeed, 0.1);
  const height = scaled(level.height, G);
  const humidity = scaled(level.relativeHumidity, 0.001);
  const dewPoint = temperature === null || depression === null ? null : temperature - depression;
  const [u, v] =
    direction === null || speed === null
      ? [null, null]
      : [-speed * Math.sin((direction * Math.PI) / 180), -speed * Math.cos((direction * Math.PI) / 180)];
  const wind: Datum[] = [
    { varno: 111, value: direction },
    { varno: 112, value: speed },
  ];
  const components: Datum[] = [
    { varno: 3, value: u },
    { varno: 4, value: v },
  ];
  if (numberOf(level.pressure) === null) return [...wind, ...components];
  const rows: Datum[] = [
    { varno: 1, value: height },
    { varno: 2, value: temperature },
    { varno: 59, value: dewPoint },
    { varno: 29, value: humidity },
    { varno: 7, value: humidity === null ? null : humidity * random.between(0.0001, 0.01) },
    ...wind,
    ...components,
  ];
  if (level.subtype !== 1 || !dataset.startsWith('era5_1')) return rows;
  return [
    { varno: 1, value: height },
    { varno: 39, value: temperature },
    { varno: 40, value: dewPoint },
    { varno: 58, value: humidity },
    ...wind,
    { varno: 41, value: u },
    { varno: 42, value: v },
  ];
}

function numberOf(field: Field): number | null {
  return typeof field === 'number' ? field : null;
}

function scaled(field: Field, factor: number, offset = 0): number | null {
  const value = numberOf(field);
  return value === null ? null : value * factor + offset;
}
