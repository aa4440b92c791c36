/**
 * Verifying station files: that a file is what a harvest writes, and that what it says is true. The storage is walked and every
 * chunk inflated; tables are held against their definitions, rows against each other and against the tables that they refer to,
 * attributes against the tables, the file against the ledger, and what it was made of against what lies there. Nothing is written.
 *
 * The large tables stream by in blocks of columns: time is that of inflating them, and memory does not grow with the rows.
 */

import { join } from 'node:path';
import { InputError } from '../errors.js';
import { checkStructure, type NetcdfContents, openNetcdf } from '../netcdf4/index.js';
import { feedbackGroups } from '../reading/feedback-groups.js';
import { loadSource, sources } from '../sources/registry.js';
import type { Source } from '../sources/source.js';
import { checkAttributes } from './attributes.js';
import { checksumsOf, knownTables } from './code-bytes.js';
import { createKeyFinder, quoted } from './codes.js';
import { checkCounts } from './counts.js';
import { createEditionFinder, type EditionAtHand } from './editions.js';
import { groupsByRow } from './feedback-layout.js';
import { type FileView, viewFile, withoutPath } from './file-view.js';
import { createFindings, type Findings } from './findings.js';
import { checkLayout } from './layout.js';
import { checkLedger, createLedgerFinder, workFolderOf } from './ledger.js';
import { checkReports, readReports } from './reports.js';
import { checkRows } from './rows.js';
import { checkSmallTables } from './small-tables.js';
import { checkSourceFiles, createSourceFinder } from './source-files.js';
import { checkStationFacts } from './station-facts.js';
import { checkStations } from './stations.js';
import { checkStorage } from './storage.js';

export { type Finding, type FindingKind, REASONS } from './findings.js';

export interface VerifyOptions {
  /** Findings of a kind that are kept of each file. */
  limit: number;
  /** Work folder with the ledger, the cache of tables and the source files; undefined: the one that a file lies in, if any. */
  workdir?: string;
  /** Folder of the source files; undefined: `<workdir>/sources/<dataset>`. */
  sources?: string;
  /** Source files and folders to read again; undefined: the file is not compared with what it was made of. */
  against?: readonly string[];
  /** A group of feedback that every file is to have. */
  feedback?: string;
  signal?: AbortSignal;
}

/** What was found in one file. */
export interface VerifiedFile {
  path: string;
  /** Rows of observations_table, 0 where the file could not be opened. */
  rows: number;
  findings: Findings;
}

/** Rows of the longest station by a factor of a hundred: a number beyond is damage, and would be counted for days. */
const MOST_ROWS = 2 ** 32;

export interface Verifier {
  /** Throws StorageError where the file cannot be read, and the reason of the signal. */
  verify(path: string): Promise<VerifiedFile>;
}

/** A verifier keeps what several files need: editions, ledgers, checksums of source files. */
export function createVerifier(options: VerifyOptions): Verifier {
  const editions = createEditionFinder();
  const ledgers = createLedgerFinder();
  const sourceFiles = createSourceFinder(options.signal);
  const tablesBefore = knownTables();
  const { limit, signal } = options;

  const editionOf = async (
    view: FileView,
    workdir: string | undefined,
  ): Promise<EditionAtHand | undefined> => {
    const [repository, commit, sha256] = ['repository', 'commit', 'sha256'].map((part) =>
      view.attribute(`cdm_tables_${part}`),
    ) as [string, string, string];
    const found = await editions.find({ repository, commit, sha256 }, workdir);
    if (found === undefined)
      view.findings.note(
        `the tables ${view.attribute('cdm_tables_edition')} at ${commit} are not at hand: only names of columns were compared, with the bundled tables`,
      );
    const other = await editions.otherwise({ repository, commit, sha256 }, workdir);
    if (other !== undefined)
      view.findings.add(
        'attribute',
        { variable: 'cdm_tables_sha256' },
        () => `${quoted(sha256)}, but the tables of ${repository} at ${commit} have ${other}`,
      );
    return found;
  };

  const checkAgain = async (
    view: FileView,
    source: Source,
    edition: EditionAtHand | undefined,
    paths: readonly string[],
  ): Promise<void> => {
    if (edition === undefined) {
      view.findings.add(
        'against',
        {},
        () => 'the tables that the file was made with are not at hand: nothing was compared',
      );
      return;
    }
    // A whole harvest is loaded by those who ask for one.
    const { checkAgainst } = await import('./against.js');
    await checkAgainst(view, { paths, source, tables: edition.spec, finder: sourceFiles, signal });
  };

  const checkContents = async (view: FileView, workdir: string | undefined): Promise<void> => {
    const source = await sourceOf(view);
    const feedback = (await source?.describe())?.feedback ?? [];
    const edition = await editionOf(view, workdir);
    checkLayout(view, edition?.edition ?? (await editions.bundled()), feedback, edition !== undefined);
    checkHasFeedback(view, options.feedback);
    const byRow = new Set(groupsByRow(view, feedback));
    const checksums = checksumsOf(view, byRow);
    const keys = createKeyFinder(view, checksums, tablesBefore.keys);
    const { clean } = tablesBefore;
    await checkSmallTables(view, {
      byRow,
      edition: edition?.edition,
      keys,
      checksums,
      clean,
    });
    const reports = await readReports(view);
    await checkReports(view, reports);
    await checkStations(view, reports);
    await checkStationFacts(view, reports, source?.facts);
    if (view.rows('observations_table') <= MOST_ROWS)
      await checkRows(view, { reports, keys, source, feedback, signal });
    else view.findings.add('structure', { table: 'observations_table' }, () => 'no station has so many rows');
    await checkAttributes(view, reports);
    checkCounts(view);
    // A name in the file that is no known dataset must not become a path.
    const ofDataset = source && workdir && join(workdir, 'sources', source.id);
    const sourceFolder = options.sources ?? ofDataset;
    const above = options.sources ?? (workdir && join(workdir, 'sources'));
    if (sourceFolder !== undefined && above !== undefined)
      await checkSourceFiles(view, sourceFolder, above, sourceFiles);
    if (options.against !== undefined && source !== undefined)
      await checkAgain(view, source, edition, options.against);
  };

  return {
    async verify(path) {
      const findings = createFindings(limit);
      const workdir = options.workdir ?? (await workFolderOf(path));
      const contents = await openFile(path, findings);
      if (contents === undefined) return { path, rows: 0, findings };
      try {
        const view = viewFile(contents, findings);
        if (workdir !== undefined) await checkLedger(view, workdir, ledgers, signal);
        if (view.contents.root.groups.has('observations_table')) await checkContents(view, workdir);
        else
          findings.add(
            'table',
            { table: 'observations_table' },
            () => 'the table is missing: this is no station file',
          );
        return { path, rows: view.rows('observations_table'), findings };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        findings.add('structure', {}, () => withoutPath(error.message, path));
        return { path, rows: 0, findings };
      } finally {
        contents.close();
      }
    },
  };
}

function checkHasFeedback({ contents, findings }: FileView, name: string | undefined): void {
  if (name === undefined || feedbackGroups(contents).some((group) => group.name === name)) return;
  findings.add('table', { table: name }, () => 'there is no feedback of this name');
}

/** A file whose structure is damaged has one finding, and nothing else is looked at. */
async function openFile(path: string, findings: Findings): Promise<NetcdfContents | undefined> {
  try {
    await checkStructure(path);
    checkStorage(path, findings);
    return await openNetcdf(path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    findings.add('structure', {}, () => withoutPath(error.message, path));
    return undefined;
  }
}

/** Undefined for a dataset that this program does not know. */
async function sourceOf({ dataset, findings }: FileView): Promise<Source | undefined> {
  if (sources.has(dataset)) return await loadSource(dataset);
  findings.add('attribute', { variable: 'dataset' }, () => `${quoted(dataset)} is none of the datasets`);
  return undefined;
}
