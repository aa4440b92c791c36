/** UADB for the machine of `text/`. */
import type { InputFile } from '../../records/input.js';
import type { LevelSink, TextFormat } from '../text/format.js';
import { LEVEL_WIDTH, LEVELS, MAX_LEVELS } from './columns.js';
import { COUNTERS, QUANTITIES } from './counters.js';
import { markDuplicates } from './duplicates.js';
import { HEADER_WIDTH, type Header, readHeader } from './header.js';
import { beginsLevel, levelEnd, readLevel } from './level.js';
import { readLines } from './lines.js';
import { firstStationId, recognise, searchHeader } from './recognise.js';

const LETTER_H = 0x48;
const DUPLICATE = COUNTERS.slot('level-type-4.duplicate');

/** The format. */
export const UADB: TextFormat<Header> = {
  dataset: 'ncar',
  name: 'UADB',
  expected: 'UADB soundings',
  hint: 'Give the files uadb_trhc_<id>.txt and uadb_windc_<id>.txt of NCAR ds370.1, plain, gzip or zip.',
  damageHint:
    'The file is damaged or was changed: the columns are those of UADB (ds370.1); download it again.',
  recognise,
  search: searchHeader,
  firstStationId,
  order: thermodynamicFirst,
  counters: COUNTERS,
  fields: QUANTITIES.length,
  columns: LEVELS.columns,
  headerByte: LETTER_H,
  headerWidth: HEADER_WIDTH,
  levelWidth: LEVEL_WIDTH,
  maxWidth: 102,
  maxLevels: MAX_LEVELS,
  readHeader,
  beginsLevel,
  levelEnd,
  readLevel,
  readLines,
  complete,
};

function complete({ builder, slots, header, firstRow }: LevelSink<Header>): void {
  if (header !== null) slots[DUPLICATE]! += markDuplicates(builder, firstRow, header.windsByHeight);
}

/** The file with temperature and humidity first: report-level fields of joined reports come from it. */
function thermodynamicFirst(a: InputFile, b: InputFile): number {
  const rank = ({ name }: InputFile): number => (/^uadb_trhc?_/i.test(name) ? 0 : 1);
  return rank(a) - rank(b) || compareText(a.name, b.name) || compareText(a.path, b.path);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
