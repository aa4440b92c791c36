/** The input files that a station file names, and whether those that lie at hand are still the same bytes. */

import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashFile } from '../fetch/identity.js';
import { expandInputs } from '../fetch/members.js';
import { listOf, number, object, parsed, text } from '../shape.js';
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';

/** One input file as the attribute `source_files` names it. */
export interface NamedSource {
  name: string;
  bytes: number;
  sha256: string;
}

/** Undefined where the attribute is not such a list. */
export function readSourceFiles({ attribute }: FileView): NamedSource[] | undefined {
  return parsed(
    attribute('source_files'),
    listOf(object<NamedSource>({ name: text, bytes: number, sha256: text })),
  );
}

/** Finds files by name below folders; each folder is listed once for all station files. */
export interface SourceFinder {
  /** Paths of the files of this name, none where the folder does not exist. */
  find(folder: string, name: string): Promise<readonly string[]>;
  /** Size and checksum; each file is read once. */
  identify(path: string): Promise<{ bytes: number; sha256: string }>;
}

export function createSourceFinder(signal: AbortSignal | undefined): SourceFinder {
  const folders = new Map<string, Promise<ReadonlyMap<string, readonly string[]>>>();
  const hashes = new Map<string, Promise<{ bytes: number; sha256: string }>>();
  return {
    async find(folder, name) {
      const known = folders.get(folder) ?? filesByName(folder);
      folders.set(folder, known);
      return (await known).get(name) ?? [];
    },
    identify(path) {
      const known = hashes.get(path) ?? hashFile(path, signal);
      hashes.set(path, known);
      return known;
    },
  };
}

async function filesByName(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const files = new Map<string, string[]>();
  for (const path of isFolder ? await expandInputs([folder]) : []) {
    const name = basename(path);
    files.set(name, [...(files.get(name) ?? []), path]);
  }
  return files;
}

/**
 * Size and checksum of the source files that lie below `folder`, which may have been put there again since: a file that is not the
 * one named is a finding, one that is not there a note.
 *
 * @param above the folder that is named where the files of several station files are missing
 */
export async function checkSourceFiles(
  view: FileView,
  folder: string,
  above: string,
  finder: SourceFinder,
): Promise<void> {
  for (const [row, { name, bytes, sha256 }] of (readSourceFiles(view) ?? []).entries()) {
    const paths = name === basename(name) ? await finder.find(folder, name) : [];
    if (paths.length === 0) {
      view.findings.note(
        `the source file ${quoted(name)} is not below ${join(folder, '.')}: it was not compared`,
        `source files that are not below ${join(above, '.')} were not compared`,
        [name],
      );
      continue;
    }
    const found = await Promise.all(paths.map((path) => finder.identify(path)));
    const same = found.some((file) => file.bytes === bytes && file.sha256 === sha256);
    const [first] = found;
    if (!same && first !== undefined)
      view.findings.add('source-file', { table: 'source_configuration', variable: 'source_file', row }, () =>
        first.bytes === bytes
          ? `${quoted(name)} has the ${bytes} bytes that the file states, but another sha256`
          : `${quoted(name)} has ${first.bytes} bytes, ${bytes} when the file was made`,
      );
  }
}
