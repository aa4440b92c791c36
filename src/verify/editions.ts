/** The edition of the CDM tables that a file names, where it is at hand: bundled, in the cache, or the folder that it was. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CdmEdition, listCachedEditions, openTables } from '../cdm/index.js';
import { HarvestError } from '../errors.js';

/** An edition with the `--tables` value that opens it. */
export interface EditionAtHand {
  edition: CdmEdition;
  spec: string;
}

/** What a file says of the tables it was made with. */
export interface NamedEdition {
  repository: string;
  commit: string;
  sha256: string;
}

/** Finds editions; each is loaded once for all files of a run. */
export interface EditionFinder {
  /** Undefined where the tables with this checksum are nowhere to be found. */
  find(named: NamedEdition, workdir: string | undefined): Promise<EditionAtHand | undefined>;
  /** The checksum of the tables of this repository and commit, where they are at hand and it is another one. */
  otherwise(named: NamedEdition, workdir: string | undefined): Promise<string | undefined>;
  bundled(): Promise<CdmEdition>;
}

const BUNDLED = 'bundled';
/** The commit of tables that no version control knows: they may change under one name. */
const NO_COMMIT = 'none';

export function createEditionFinder(): EditionFinder {
  const known = new Map<string, Promise<EditionAtHand | undefined>>();
  const open = async (spec: string, cacheDir: string): Promise<CdmEdition> =>
    await openTables(spec, { cacheDir, offline: true });
  const search = async (
    named: NamedEdition,
    workdir: string | undefined,
  ): Promise<EditionAtHand | undefined> => {
    for await (const spec of specsOf(named, workdir)) {
      const edition = await open(spec, join(workdir ?? '.', 'cdm-tables', 'cache')).catch(unlessHarvest);
      if (edition?.sha256 === named.sha256) return { edition, spec };
    }
    return undefined;
  };
  const contradiction = async (
    named: NamedEdition,
    workdir: string | undefined,
  ): Promise<string | undefined> => {
    if (named.commit === NO_COMMIT) return undefined;
    for await (const spec of specsOf(named, workdir)) {
      const edition = await open(spec, join(workdir ?? '.', 'cdm-tables', 'cache')).catch(unlessHarvest);
      const isNamed = edition?.repository === named.repository && edition.commit === named.commit;
      if (isNamed && edition.sha256 !== named.sha256) return edition.sha256;
    }
    return undefined;
  };
  const others = new Map<string, Promise<string | undefined>>();
  return {
    otherwise(named, workdir) {
      const key = JSON.stringify([named.repository, named.commit, named.sha256, workdir]);
      const found = others.get(key) ?? contradiction(named, workdir);
      others.set(key, found);
      return found;
    },
    find(named, workdir) {
      const key = JSON.stringify([named.repository, named.commit, named.sha256, workdir]);
      const found = known.get(key) ?? search(named, workdir);
      known.set(key, found);
      return found;
    },
    bundled: () => open(BUNDLED, '.'),
  };
}

/** Where the edition may be, nearest first. */
async function* specsOf(
  { repository, commit }: NamedEdition,
  workdir: string | undefined,
): AsyncGenerator<string> {
  yield BUNDLED;
  if (workdir !== undefined) {
    const cached = await listCachedEditions(join(workdir, 'cdm-tables', 'cache'));
    for (const { folder, commit: at } of cached) if (at === commit) yield folder;
  }
  const isFolder = await stat(repository).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) yield repository;
}

/** A cache or folder that does not load is an edition that is not at hand. */
function unlessHarvest(error: unknown): undefined {
  if (error instanceof HarvestError) return undefined;
  throw error;
}
