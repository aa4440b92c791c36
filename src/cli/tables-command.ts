/** `harvest tables list|update|diff`: from the words to the functions of `tables.ts`. */
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { TABLES_CONTRACT } from '../match/index.js';
import { diffTables, listTables, updateTables } from './tables.js';

export interface TablesWords {
  action: 'list' | 'update' | 'diff';
  a?: string | undefined;
  b?: string | undefined;
  tables: string;
  workdir: string;
  offline: boolean;
  json: boolean;
}

export async function tablesCommand(words: TablesWords): Promise<string> {
  const cacheDir = join(words.workdir, 'cdm-tables', 'cache');
  const { offline, json, tables: spec } = words;
  switch (words.action) {
    case 'list':
      return await listTables({ spec, cacheDir, offline, json });
    case 'update':
      return await updateTables({ spec, cacheDir, offline, contract: TABLES_CONTRACT });
    case 'diff': {
      const { a, b } = words;
      if (a !== undefined && b !== undefined) return await diffTables({ a, b, cacheDir, offline, json });
      throw new UsageError('USAGE', 'tables diff needs two editions', {
        hint: 'For example: harvest tables diff bundled cdm-obs',
      });
    }
  }
}
