/** IGRA 2 for the machine of `text/`. */
import type { TextFormat } from '../text/format.js';
import { LEVEL_WIDTH, LEVELS, MAX_LEVELS } from './columns.js';
import { COUNTERS, QUANTITIES } from './counters.js';
import { HEADER_WIDTH, readHeader } from './header.js';
import { beginsLevel, levelEnd, readLevel } from './level.js';
import { readLines } from './lines.js';
import { firstStationId, isStationList, recognise, searchHeader } from './recognise.js';

const HASH = 0x23;

/** The format. */
export const IGRA2: TextFormat = {
  dataset: 'igra2',
  name: 'IGRA 2',
  expected: 'IGRA 2 soundings',
  hint: 'Give the files <ID>-data.txt of IGRA 2, plain, gzip or zip.',
  damageHint:
    'The file is damaged or was changed: the columns are those of IGRA 2; fetch it again from the archive.',
  recognise,
  search: searchHeader,
  firstStationId,
  isOther: isStationList,
  counters: COUNTERS,
  fields: QUANTITIES.length,
  columns: LEVELS.columns,
  headerByte: HASH,
  headerWidth: HEADER_WIDTH,
  levelWidth: LEVEL_WIDTH,
  maxWidth: HEADER_WIDTH,
  maxLevels: MAX_LEVELS,
  readHeader,
  beginsLevel,
  levelEnd,
  readLevel,
  readLines,
};
