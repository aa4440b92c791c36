/**
 * The kinds of reports that the database holds, by the codes of three of its columns. The list is ECMWF's: observation and code
 * types of the IFS documentation (Part I, Observations) and the code tables of the ODB governance (codes.ecmwf.int/odb, tables
 * obstype, codetype, reporttype); code types that only the German weather service has are marked DWD. `docs/sources/era5-reports.md`
 * is the same list in words.
 */
import { PLATFORM } from '../identity.js';
import type { OtherKindName } from '../other-kinds.js';

/** The columns that say what a report is, the most telling one first. */
export const DECLARING_COLUMNS = ['codetype', 'reportype', 'obstype'] as const;
export type DeclaringColumn = (typeof DECLARING_COLUMNS)[number];

/** What becomes of the reports of a kind: soundings are read, all others are counted and left out. */
export type ReportKind = SoundingKind | OtherReportKind;

interface SoundingKind extends KindDetails {
  name: string;
  sounding: true;
}

/** A kind that is no sounding. */
export interface OtherReportKind extends KindDetails {
  /** Name in the counters: `<dataset>.report.<name>`. */
  name: OtherKindName;
  sounding: false;
}

interface KindDetails {
  /** Code of the CDM table `platform_type`; -1 where the kind does not tell. */
  platformType: number;
  /** 1 for a descent; -1 where the kind does not tell. */
  verticalDirection: number;
}

const UNSAID = -1;
const DESCENT = 1;

function sounding(name: string, platformType = UNSAID, verticalDirection = UNSAID): SoundingKind {
  return { name, sounding: true, platformType, verticalDirection };
}

function other(name: OtherKindName): OtherReportKind {
  return { name, sounding: false, platformType: UNSAID, verticalDirection: UNSAID };
}

const KINDS = {
  temp: sounding('temp'),
  tempShip: sounding('temp-ship', PLATFORM.ship),
  tempMobile: sounding('temp-mobile', PLATFORM.landVehicle),
  tempDescent: sounding('temp-descent', UNSAID, DESCENT),
  dropsonde: sounding('dropsonde', PLATFORM.aircraft, DESCENT),
  pilot: sounding('pilot'),
  pilotShip: sounding('pilot-ship', PLATFORM.ship),
  pilotMobile: sounding('pilot-mobile', PLATFORM.landVehicle),
  rocketsonde: sounding('rocketsonde', UNSAID, DESCENT),
  rocketsondeShip: sounding('rocketsonde-ship', PLATFORM.ship, DESCENT),
  synop: other('synop'),
  synopShip: other('synop-ship'),
  metar: other('metar'),
  buoy: other('buoy'),
  oceanProfile: other('ocean-profile'),
  aircraft: other('aircraft'),
  constantLevelBalloon: other('constant-level-balloon'),
  windProfiler: other('wind-profiler'),
  rass: other('rass'),
  radarWind: other('radar-wind'),
  radar: other('radar'),
  tower: other('tower'),
  lidar: other('lidar'),
  satelliteWind: other('satellite-wind'),
  satellite: other('satellite'),
  gnss: other('gnss'),
  pseudoObservation: other('pseudo-observation'),
} as const satisfies Record<string, ReportKind>;

/** One code of one column. */
interface ReportCode {
  column: DeclaringColumn;
  code: number;
  /** What the table calls it. */
  meaning: string;
  kind: ReportKind;
}

const code =
  (column: DeclaringColumn) =>
  (number: number, meaning: string, kind: keyof typeof KINDS): ReportCode => ({
    column,
    code: number,
    meaning,
    kind: KINDS[kind],
  });
const codetype = code('codetype');
const reportype = code('reportype');
const obstype = code('obstype');

/** All codes that are known, by column and number. */
export const REPORT_CODES: readonly ReportCode[] = [
  codetype(8, 'scatterometer', 'satelliteWind'),
  codetype(11, 'SYNOP from land, manual', 'synop'),
  codetype(14, 'SYNOP from land, automatic', 'synop'),
  codetype(15, 'road weather station (DWD)', 'synop'),
  codetype(16, 'snow depth of SYNOP (DWD)', 'synop'),
  codetype(17, 'additional land surface data', 'synop'),
  codetype(18, 'car (DWD)', 'synop'),
  codetype(19, 'citizen weather station (DWD)', 'synop'),
  codetype(20, 'coastal marine automated network', 'synop'),
  codetype(21, 'SYNOP from a ship', 'synopShip'),
  codetype(22, 'SYNOP from a ship, abbreviated', 'synopShip'),
  codetype(23, 'SYNOP from a ship, reduced', 'synopShip'),
  codetype(24, 'SYNOP from a ship, automatic', 'synopShip'),
  codetype(32, 'PILOT from land', 'pilot'),
  codetype(33, 'PILOT from a ship', 'pilotShip'),
  codetype(34, 'American wind profiler', 'windProfiler'),
  codetype(35, 'TEMP from land', 'temp'),
  codetype(36, 'TEMP from a ship', 'tempShip'),
  codetype(37, 'TEMP from a mobile station', 'tempMobile'),
  codetype(38, 'PILOT from a mobile station', 'pilotMobile'),
  codetype(39, 'ROCOB from land', 'rocketsonde'),
  codetype(40, 'ROCOB from a ship', 'rocketsondeShip'),
  codetype(41, 'CODAR', 'aircraft'),
  codetype(63, 'BATHY', 'oceanProfile'),
  codetype(64, 'TESAC', 'oceanProfile'),
  codetype(71, 'retrieval of a satellite', 'satellite'),
  codetype(72, 'retrieval of a satellite', 'satellite'),
  codetype(86, 'SATEM', 'satellite'),
  codetype(87, 'height of clouds from a satellite (DWD)', 'satellite'),
  codetype(88, 'SATOB', 'satelliteWind'),
  codetype(89, 'wind from visible images', 'satelliteWind'),
  codetype(90, 'atmospheric motion vector', 'satelliteWind'),
  codetype(96, 'zenith delay of GNSS', 'gnss'),
  codetype(109, 'TEMP from land, BUFR of high resolution', 'temp'),
  codetype(110, 'zenith delay of GNSS', 'gnss'),
  codetype(111, 'TEMP from a ship, BUFR of high resolution', 'tempShip'),
  codetype(122, 'scatterometer', 'satelliteWind'),
  codetype(123, 'scatterometer ASCAT', 'satelliteWind'),
  codetype(131, 'Japanese wind profiler', 'windProfiler'),
  codetype(132, 'European wind profiler', 'windProfiler'),
  codetype(133, 'European sodar or RASS', 'rass'),
  codetype(134, 'wind profiler', 'windProfiler'),
  codetype(135, 'TEMP DROP', 'dropsonde'),
  codetype(136, 'American wind profiler with RASS', 'rass'),
  codetype(137, 'wind profile of a radar (VAD)', 'radarWind'),
  codetype(139, 'tower', 'tower'),
  codetype(140, 'METAR', 'metar'),
  codetype(141, 'AIREP', 'aircraft'),
  codetype(142, 'AIREP, simulated', 'aircraft'),
  codetype(144, 'AMDAR', 'aircraft'),
  codetype(145, 'ACARS', 'aircraft'),
  codetype(146, 'Mode-S (DWD)', 'aircraft'),
  codetype(147, 'Mode-S; at DWD TAMDAR', 'aircraft'),
  codetype(148, 'TAMDAR', 'aircraft'),
  codetype(159, 'tower of ICOS (DWD)', 'tower'),
  codetype(160, 'wind of ERS as DRIBU', 'satelliteWind'),
  codetype(165, 'DRIBU', 'buoy'),
  codetype(170, 'SYNOP from land, BUFR', 'synop'),
  codetype(172, 'SYNOP from land, BUFR', 'synop'),
  codetype(176, 'SYNOP from land, BUFR', 'synop'),
  codetype(178, 'SYNOP from land, BUFR', 'synop'),
  codetype(179, 'crowd-sourced weather station', 'synop'),
  codetype(186, 'TOVS of high resolution', 'satellite'),
  codetype(187, 'wind lidar (DWD)', 'lidar'),
  codetype(188, 'sea surface temperature', 'satellite'),
  codetype(190, 'Raman lidar (DWD)', 'lidar'),
  codetype(191, 'absorption lidar (DWD)', 'lidar'),
  codetype(206, 'retrieval of a satellite', 'satellite'),
  codetype(207, 'retrieval of a satellite', 'satellite'),
  codetype(208, 'retrieval of a satellite', 'satellite'),
  codetype(209, 'retrieval of a satellite', 'satellite'),
  codetype(210, 'ATOVS', 'satellite'),
  codetype(215, 'SSM/I', 'satellite'),
  codetype(216, 'AIRS', 'satellite'),
  codetype(217, 'IASI', 'satellite'),
  codetype(218, 'SEVIRI', 'satellite'),
  codetype(230, 'TEMP DROP, BUFR of high resolution (DWD)', 'dropsonde'),
  codetype(231, 'TEMP of a descent, BUFR of high resolution (DWD)', 'tempDescent'),
  codetype(241, 'COLBA', 'constantLevelBalloon'),
  codetype(244, 'ACARS', 'aircraft'),
  codetype(250, 'radio occultation', 'gnss'),
  codetype(251, 'slant delay of GNSS (DWD)', 'gnss'),
  reportype(16001, 'SYNOP from land, automatic', 'synop'),
  reportype(16002, 'SYNOP from land, manual', 'synop'),
  reportype(16004, 'METAR', 'metar'),
  reportype(16005, 'SYNOP from a ship', 'synopShip'),
  reportype(16008, 'SYNOP from a ship (ICOADS)', 'synopShip'),
  reportype(16013, 'PILOT from land', 'pilot'),
  reportype(16015, 'American wind profiler', 'windProfiler'),
  reportype(16020, 'TEMP DROP', 'dropsonde'),
  reportype(16022, 'TEMP from land', 'temp'),
  reportype(16026, 'AIREP', 'aircraft'),
  reportype(16029, 'AMDAR', 'aircraft'),
  reportype(16045, 'TEMP from land, BUFR of high resolution', 'temp'),
  reportype(16065, 'METAR, automatic', 'metar'),
  reportype(16068, 'TEMP from a ship, BUFR of high resolution', 'tempShip'),
  reportype(16076, 'SYNOP from land, BUFR', 'synop'),
  reportype(16083, 'moored buoy, BUFR', 'buoy'),
  reportype(16084, 'drifting buoy, BUFR', 'buoy'),
  reportype(16090, 'crowd-sourced weather station', 'synop'),
  obstype(1, 'SYNOP', 'synop'),
  obstype(2, 'AIREP', 'aircraft'),
  obstype(3, 'SATOB', 'satelliteWind'),
  obstype(4, 'DRIBU', 'buoy'),
  obstype(5, 'TEMP', 'temp'),
  obstype(6, 'PILOT', 'pilot'),
  obstype(7, 'SATEM', 'satellite'),
  obstype(8, 'PAOB', 'pseudoObservation'),
  obstype(9, 'SCATT', 'satelliteWind'),
  obstype(10, 'limb sounding', 'satellite'),
  obstype(12, 'GNSS (DWD)', 'gnss'),
  obstype(13, 'radar', 'radar'),
];

/** What a report says of itself; NaN where a column is missing. */
export type Declaration = Readonly<Record<DeclaringColumn, number>>;

/** Of a report that says nothing of itself, and of one that says nothing known: the archives are those of soundings. */
const UNSAID_KIND = sounding('of-unsaid-kind');
const UNKNOWN_KIND = sounding('of-unknown-kind');
/** Of an observation type that is not in the list. */
const OTHER_OBSTYPE = other('not-a-sounding');
/** Names of the kinds that are no soundings. */
export const OTHER_KINDS: readonly OtherKindName[] = [
  ...Object.values(KINDS).flatMap((kind) => (kind.sounding ? [] : [kind.name])),
  OTHER_OBSTYPE.name,
];
/** The observation type of wind profilers, too. */
const PILOT_OBSTYPE = 6;

const BY_COLUMN: ReadonlyMap<DeclaringColumn, ReadonlyMap<number, ReportKind>> = new Map(
  DECLARING_COLUMNS.map((column) => [
    column,
    new Map(REPORT_CODES.filter((entry) => entry.column === column).map(({ code, kind }) => [code, kind])),
  ]),
);

/**
 * What a report is. The first of `DECLARING_COLUMNS` whose code is in the list decides, so that a code which is not in it
 * loses nothing: a TEMP of a code type of next year is a sounding by its observation type. An observation type that is not in
 * the list is no sounding, for only two of them are. A report of which nothing else is known is taken.
 */
export function kindOfReport(declaration: Declaration): ReportKind {
  const [decisive] = knownKinds(declaration);
  if (decisive !== undefined) return decisive;
  if (!Number.isNaN(declaration.obstype)) return OTHER_OBSTYPE;
  return describeDeclaration(declaration) === '' ? UNSAID_KIND : UNKNOWN_KIND;
}

/** Whether the columns are at odds on whether the report is a sounding. */
export function isContradictory(declaration: Declaration): boolean {
  const vague = declaration.obstype === PILOT_OBSTYPE ? { ...declaration, obstype: Number.NaN } : declaration;
  const [first, ...others] = knownKinds(vague);
  return others.some((kind) => kind.sounding !== first?.sounding);
}

/** Whether the report says what it is in codes that are not in the list, alone. */
export function isUnknown(kind: ReportKind): boolean {
  return kind === UNKNOWN_KIND;
}

/** The declaration in words: `codetype 14, reportype 16001, obstype 1`; '' for one that says nothing. */
export function describeDeclaration(declaration: Declaration): string {
  return DECLARING_COLUMNS.filter((column) => !Number.isNaN(declaration[column]))
    .map((column) => `${column} ${declaration[column]}`)
    .join(', ');
}

function knownKinds(declaration: Declaration): ReportKind[] {
  return DECLARING_COLUMNS.flatMap((column) => BY_COLUMN.get(column)?.get(declaration[column]) ?? []);
}
