import { UsageError } from '../errors.js';

/** Where the two published editions live. */
export const REPOSITORIES: ReadonlyMap<string, string> = new Map([
  ['glamod', 'https://github.com/glamod/common_data_model'],
  ['cdm-obs', 'https://github.com/ecmwf-projects/cdm-obs'],
]);

/** What a `--tables` value asks for. */
export type TablesSpec =
  | { kind: 'bundled' }
  | { kind: 'folder'; folder: string }
  | { kind: 'repository'; name: string; url: string; commit?: string };

const FULL_HASH = /^[0-9a-f]{40}$/;

/**
 * Reads a `--tables` value: `bundled`, `glamod` or `cdm-obs` (optionally `@<40 hex>`), an https URL (optionally `@<40 hex>`), or a
 * local folder. Everything that could become an option, another transport or a credential on git's command line is refused here.
 * @throws UsageError `INVALID_TABLES`.
 */
export function parseTablesSpec(spec: string, allowFileUrls = false): TablesSpec {
  if (spec === '' || spec.startsWith('-') || hasControlCharacter(spec)) {
    throw invalid(spec, 'it is empty, begins with "-" or holds control characters');
  }
  if (spec === 'bundled') return { kind: 'bundled' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(spec)) return parseUrlSpec(spec, allowFileUrls);
  if (/^[a-z][a-z0-9+.-]*::/i.test(spec)) throw invalid(spec, 'git remote helpers are not allowed');

  const at = spec.indexOf('@');
  const name = at < 0 ? spec : spec.slice(0, at);
  const url = REPOSITORIES.get(name);
  if (url !== undefined) {
    return {
      kind: 'repository',
      name,
      url,
      ...(at >= 0 && { commit: checkedHash(spec, spec.slice(at + 1)) }),
    };
  }
  if (/^[^/\\]*@[^/\\]*:/.test(spec)) throw invalid(spec, 'only https URLs are allowed');
  return { kind: 'folder', folder: spec };
}

function parseUrlSpec(spec: string, allowFileUrls: boolean): TablesSpec {
  // First of all, for no later message may repeat a password.
  if (/^[^/]*\/\/[^/]*@/.test(spec)) {
    throw new UsageError('INVALID_TABLES', 'the tables URL holds a user name or password', {
      hint: 'Give the URL without credentials; only public repositories are read.',
    });
  }
  const suffix = /^(.*)@([^/@]*)$/.exec(spec);
  const text = suffix?.[1] ?? spec;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid(spec, 'it is not a URL');
  }
  const allowed = url.protocol === 'https:' || (allowFileUrls && url.protocol === 'file:');
  if (!allowed) throw invalid(spec, `the scheme ${url.protocol} is not allowed, only https:`);
  if (/[?#@\s]/.test(text)) {
    throw invalid(spec, 'a query, a fragment, "@" or blanks in it');
  }
  const commit = suffix === null ? undefined : checkedHash(spec, suffix[2] ?? '');
  const name =
    url.pathname
      .replace(/\/+$/, '')
      .split('/')
      .at(-1)
      ?.replace(/\.git$/, '') ?? '';
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) throw invalid(spec, 'its path names no repository');
  return { kind: 'repository', name, url: url.href, ...(commit !== undefined && { commit }) };
}

function checkedHash(spec: string, ref: string): string {
  const hash = ref.toLowerCase();
  if (!FULL_HASH.test(hash))
    throw invalid(spec, 'after "@" stands no full commit hash (40 hexadecimal digits)');
  return hash;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

function invalid(spec: string, reason: string): UsageError {
  return new UsageError('INVALID_TABLES', `--tables ${JSON.stringify(spec)}: ${reason}`, {
    hint: 'Use bundled, glamod, cdm-obs, <name>@<40 hex>, an https URL, or a folder.',
  });
}
