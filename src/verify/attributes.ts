/** The attributes of the file: that CF, ACDD and the provenance are there, and that they are true. */

import { basename } from 'node:path';
import { isSame } from '../numbers.js';
import { stationFileName } from '../output/index.js';
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';
import { describeTime, type Reports } from './reports.js';
import { readSourceFiles } from './source-files.js';
import { boxOf, extentOf } from './stations.js';

const CONVENTIONS = 'CF-1.10, ACDD-1.3';
const FEATURE_TYPE = 'profile';

/** Attributes that every file has, as texts. */
const REQUIRED = [
  'title',
  'summary',
  'source',
  'institution',
  'history',
  'license',
  'references',
  'date_created',
  'dataset',
  'primary_station_id',
  'harvester_version',
  'cdm_tables_edition',
  'cdm_tables_repository',
  'cdm_tables_commit',
  'cdm_tables_sha256',
  'source_files',
  'harvest_counts',
] as const;

/** Those that a file may be without: a station has no other id, an archive no version, reports no time or place. */
const OPTIONAL = [
  'product_version',
  'source_station_id',
  'time_coverage_start',
  'time_coverage_end',
  'geospatial_lat_min',
  'geospatial_lat_max',
  'geospatial_lon_min',
  'geospatial_lon_max',
] as const;

const KNOWN: ReadonlySet<string> = new Set([
  ...REQUIRED,
  ...OPTIONAL,
  'Conventions',
  'featureType',
  'profile',
  'record_time',
]);

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

export async function checkAttributes(view: FileView, reports: Reports): Promise<void> {
  const tell = (variable: string, message: () => string): void =>
    view.findings.add('attribute', { variable }, message);
  const { attribute } = view;
  for (const name of REQUIRED) if (attribute(name) === '') tell(name, () => 'the attribute is missing');
  const among = (name: string, allowed: readonly string[]): void => {
    if (!allowed.includes(attribute(name)))
      tell(name, () => `${quoted(attribute(name))}, not ${allowed.map(quoted).join(' or ')}`);
  };
  among('Conventions', [CONVENTIONS]);
  among('featureType', [FEATURE_TYPE]);
  among('profile', ['cdm', 'cuon']);
  among('record_time', ['launch', 'nominal']);
  const created = attribute('date_created');
  if (created !== '' && !ISO_TIME.test(created)) tell('date_created', () => `${quoted(created)} is no time`);
  checkHistory(view, tell);
  for (const name of view.contents.root.attributes.keys())
    if (!KNOWN.has(name))
      tell(name, () => 'no harvest writes this attribute: it was added by another program');
  checkTimes(view, reports, tell);
  checkBounds(view, reports, tell);
  checkName(view);
  await checkSources(view, tell);
}

/** One line of the history is that of the harvest; other programs add theirs. */
function checkHistory(view: FileView, tell: Tell): void {
  const { attribute } = view;
  const history = attribute('history');
  if (history === '') return;
  const names = (readSourceFiles(view) ?? []).map(({ name }) => name).join(', ');
  const version = attribute('harvester_version');
  const expected = `${attribute('date_created')} radiosonde-harvester ${version}: harvested from ${names}`;
  if (`\n${history}\n`.includes(`\n${expected}\n`)) return;
  const [, made] = /^\S+ radiosonde-harvester (\S+): harvested from /m.exec(history) ?? [];
  if (made !== undefined && made !== version)
    tell('harvester_version', () => `${quoted(version)}, but the history has ${quoted(made)}`);
  else tell('history', () => `${quoted(history)}, but the other attributes make it ${quoted(expected)}`);
}

type Tell = (variable: string, message: () => string) => void;

function checkTimes({ attribute }: FileView, { time }: Reports, tell: Tell): void {
  if (time === undefined) return;
  const extent = extentOf(time);
  for (const [i, name] of (['time_coverage_start', 'time_coverage_end'] as const).entries()) {
    const at = extent[i] as number;
    const expected = Number.isNaN(at) ? '' : describeTime(at);
    if (attribute(name) !== expected)
      tell(name, () => `${quoted(attribute(name))}, but the reports have ${quoted(expected)}`);
  }
}

function checkBounds({ contents }: FileView, reports: Reports, tell: Tell): void {
  const box = boxOf(reports);
  if (box === undefined) return;
  for (const [axis, short] of [
    ['latitude', 'lat'],
    ['longitude', 'lon'],
  ] as const)
    for (const [i, side] of (['min', 'max'] as const).entries()) {
      const name = `geospatial_${short}_${side}`;
      const stored = contents.root.attributes.get(name);
      const stated = stored instanceof Float64Array ? (stored[0] ?? Number.NaN) : Number.NaN;
      const expected = box[axis][i] as number;
      if (!isSame(stated, expected)) tell(name, () => `${stated}, but the reports reach to ${expected}`);
    }
}

/** `<station>_<dataset>_harvested[_<year>].nc`; a copy may have any name. */
function checkName({ path, dataset, attribute, findings }: FileView): void {
  const name = basename(path);
  const expected = stationFileName(attribute('primary_station_id'), dataset);
  if (name.replace(/(?:_\d{4})?\.nc$/, '.nc') !== expected)
    findings.note(`a harvest calls the file of this station ${expected}`);
}

/** The attribute source_files and the table source_configuration name the same files. */
async function checkSources(view: FileView, tell: Tell): Promise<void> {
  const files = readSourceFiles(view);
  if (files === undefined) {
    tell('source_files', () => 'not a list of names, sizes and checksums');
    return;
  }
  const table = 'source_configuration';
  const columns = {
    source_file: files.map(({ name }) => name),
    source_file_checksum: files.map(({ sha256 }) => `sha256:${sha256}`),
    comments: files.map(({ bytes }) => `${bytes} bytes`),
  };
  for (const [variable, expected] of Object.entries(columns)) {
    const stated = await view.texts(table, variable);
    for (let row = 0; stated !== undefined && row < Math.max(stated.length, expected.length); row++)
      if (stated[row] !== expected[row])
        view.findings.add(
          'attribute',
          { table, variable, row },
          () => `${quoted(stated[row] ?? '')}, but source_files has ${quoted(expected[row] ?? '')}`,
        );
  }
}
