/** Codes of the errors of the CDM tables; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const CDM_CODES = {
  UsageError: {
    INVALID_TABLES:
      '`--tables` names no edition. Use `bundled`, `glamod`, `cdm-obs`, `<name>@<40 hex>`, a https address or a folder.',
  },
  NetworkError: {
    GIT_MISSING:
      'The tables are fetched with git, which is not installed. Install it, or use `--tables bundled`.',
    TABLES_UNREACHABLE:
      'The tables cannot be fetched. Check the network, or use `--offline` or `--tables bundled`.',
    TABLES_NOT_CACHED:
      'The commit is not in the cache, and the network is off. Run once without `--offline`.',
  },
  TablesError: {
    TABLES_DRIFT:
      'The tables differ from what is written. Use the last edition that worked, which the message names, or `--tables bundled`.',
    UNKNOWN_TABLE: 'The tables lack a table that is written or looked up. Use another edition.',
    UNKNOWN_CODE: 'A code is not in its table. Use another edition.',
    UNKNOWN_KIND: 'An element is of a kind that is not known. Use another edition, or mend the table.',
    NOT_AN_EDITION:
      'The folder or the repository holds no tables. It needs the folders `tables` and `table_definitions`.',
    MALFORMED_TABLE: 'A table cannot be split into rows and cells. Mend the line, or use another edition.',
    MALFORMED_DEFINITION: 'The definition of a table cannot be read. Mend the line, or use another edition.',
    MALFORMED_IDENTITY:
      'The file that says where an edition comes from is no JSON. Delete the edition from the cache.',
    MALFORMED_EXTENSION:
      'An extension of the tables cannot be read. See the README in the folder of extensions.',
    EXTENSION_CONFLICT: 'An extension contradicts the official tables. Change the extension.',
    DUPLICATE_TABLE: 'A table stands twice. Delete one of its files.',
    DUPLICATE_ELEMENT: 'An element of a table stands twice. Delete one of its lines.',
    EMPTY_TABLE: 'A table has no header line. Mend the file, or use another edition.',
    TABLE_TOO_LARGE: 'A table or a repository is larger than any of the CDM. Check the address.',
    INVALID_COMMIT: 'A commit is not named by its 40 hexadecimal digits. Write all of them.',
    UNSAFE_TREE: 'The repository holds links, or names that differ in case only. Use another one.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    cdm: typeof CDM_CODES;
  }
}
