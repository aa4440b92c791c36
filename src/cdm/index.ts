/**
 * The Common Data Model tables. This room gets an edition of the tables (from git, the cache, a folder, or the bundled snapshot),
 * reads both dialects in which they are published without shifting a column, lays the radiosonde extensions over them, checks that
 * everything the project writes is still there, and resolves codes. It knows nothing of radiosondes, sources or outputs: what a
 * writer relies on comes in as a `TablesContract`.
 */

export { type CachedEdition, listCachedEditions } from './cache.js';
export { codeRow, hasCode } from './codes.js';
export { diffEditions, type EditionDifference } from './diff.js';
export { assertNoDrift, checkDrift, type Drift, type TablesContract } from './drift.js';
export { type EditionIdentity, loadEdition } from './edition.js';
export { applyExtensions } from './extensions.js';
export type {
  CdmEdition,
  CodeRow,
  CodeTable,
  ElementDefinition,
  ExtensionNote,
  Kind,
  KindBase,
  TableDefinition,
  TableWarning,
} from './model.js';
export { type OpenTablesOptions, openTables } from './open.js';
