/**
 * The error classes of the whole project: few, with a stable `code`, the place where it happened, what to do about it,
 * and the `cause`. `exitCodeOf` is the one place that maps an error to the exit code of the command line.
 */

/** Where in the input an error was met. Offsets are 0-based bytes of the uncompressed content, lines are 1-based. */
export interface ErrorPosition {
  file?: string;
  byteOffset?: number;
  line?: number;
  field?: string;
}

export interface HarvestErrorOptions extends ErrorPosition {
  /** What the user can do about it, one sentence. */
  hint?: string;
  cause?: unknown;
}

/** The classes below. */
export type ErrorClass =
  | 'HarvestError'
  | 'UsageError'
  | 'NetworkError'
  | 'InputError'
  | 'StorageError'
  | 'LockError'
  | 'TablesError';

/**
 * The codes of a room by class, each with what it means (one sentence) and what to do (the rest), for `docs/errors.md`. They stand in
 * `error-codes.ts` of the room, or of the folder of a format, which adds them to `RoomCodes`: a code that is in none does not compile.
 */
export type Codes = Readonly<Partial<Record<ErrorClass, Readonly<Record<string, string>>>>>;

/** The codes of all rooms. */
export interface RoomCodes {
  /** What the operating system calls the errors of its file functions, in the words of `describeErrno`. */
  system: { StorageError: Readonly<Record<StorageCode, string>> };
}

/** The codes that an error of this class may have. */
export type ClassCode<C extends ErrorClass> = {
  [R in keyof RoomCodes]: CodesOf<RoomCodes[R], C>;
}[keyof RoomCodes];

/** The codes of this class in the list of a room; `HTTP_<status>` stands for one code per status. */
export type CodesOf<T, C extends ErrorClass = ErrorClass> = {
  [K in keyof T]: K extends C ? Written<keyof T[K]> : never;
}[keyof T];

type Written<K> = K extends 'HTTP_<status>' ? `HTTP_${number}` : K;

/** Any code. */
export type ErrorCode = ClassCode<ErrorClass>;

/** What a class of errors is made of: the codes that it may have, what happened, and where. */
type Given<C extends ErrorCode> = [code: C, message: string, options?: HarvestErrorOptions];

/** Base of every error that the project throws on purpose. */
export class HarvestError extends Error {
  /** Stable, upper-case identifier, for programs. */
  readonly code: ErrorCode;
  readonly position: ErrorPosition;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: HarvestErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    const { file, byteOffset, line, field, hint } = options;
    this.position = {
      ...(file !== undefined && { file }),
      ...(byteOffset !== undefined && { byteOffset }),
      ...(line !== undefined && { line }),
      ...(field !== undefined && { field }),
    };
    this.hint = hint;
  }
}

/** The command was called with words that do not fit. Exit code 2. */
export class UsageError extends HarvestError {
  constructor(...given: Given<ClassCode<'UsageError'>>) {
    super(...given);
  }
}

/** A remote host could not be reached or answered wrongly. Exit code 4. */
export class NetworkError extends HarvestError {
  constructor(...given: Given<ClassCode<'NetworkError'>>) {
    super(...given);
  }
}

/** The input is not what its format prescribes: unknown format, truncated, damaged. Exit code 5. */
export class InputError extends HarvestError {
  constructor(...given: Given<ClassCode<'InputError'>>) {
    super(...given);
  }
}

/** The operating system refused a file operation: full disk, permission, missing directory. Exit code 6. */
export class StorageError extends HarvestError {
  constructor(...given: Given<ClassCode<'StorageError'>>) {
    super(...given);
  }
}

/** Another process works in the same folder: its lock is held. Exit code 7. */
export class LockError extends HarvestError {
  constructor(...given: Given<ClassCode<'LockError'>>) {
    super(...given);
  }
}

/** The CDM tables do not load, do not resolve a code, or an output does not validate. Exit code 8. */
export class TablesError extends HarvestError {
  constructor(...given: Given<ClassCode<'TablesError'>>) {
    super(...given);
  }
}

/** Exit codes of the command line (the contract of the run documentation). */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  skippedInput: 3,
  network: 4,
  corruptInput: 5,
  storage: 6,
  lockHeld: 7,
  validation: 8,
  interrupted: 130,
} as const;

/** What the operating system calls the errors of its file functions that are told as errors of storage. */
export const STORAGE_CODES = [
  'ENOSPC',
  'EDQUOT',
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EFBIG',
  'ENAMETOOLONG',
  'EEXIST',
  'ENOTEMPTY',
  'ELOOP',
  'EBUSY',
  'ENXIO',
  'ENODEV',
  'EXDEV',
  'ESTALE',
] as const;

export type StorageCode = (typeof STORAGE_CODES)[number];

const isStorageCode = (code: string | undefined): code is StorageCode =>
  STORAGE_CODES.some((each) => each === code);

/** True for an error of the operating system's file functions (it carries an errno name in `code`). */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    typeof (error as NodeJS.ErrnoException).code === 'string' &&
    typeof (error as NodeJS.ErrnoException).errno === 'number'
  );
}

/**
 * Wraps an error of the operating system into a `StorageError` that names the action and the path;
 * any other error is returned unchanged.
 */
export function asStorageError(error: unknown, action: string, path: string): unknown {
  if (!isSystemError(error) || error instanceof HarvestError) return error;
  const { code } = error;
  if (!isStorageCode(code)) return error;
  return new StorageError(code, `${action} ${path}: ${describeErrno(code)}`, {
    file: path,
    cause: error,
    hint: hintForErrno(code),
  });
}

function describeErrno(code: StorageCode): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `no space left on the device (${code})`;
    case 'EACCES':
    case 'EPERM':
      return `permission denied (${code})`;
    case 'EROFS':
      return 'the file system is read-only (EROFS)';
    case 'ENOENT':
      return 'no such file or directory (ENOENT)';
    case 'ENOTDIR':
      return 'a part of the path is not a directory (ENOTDIR)';
    case 'EISDIR':
      return 'it is a directory (EISDIR)';
    case 'EFBIG':
      return 'the file would be larger than the limit of the user or the file system (EFBIG)';
    case 'ELOOP':
      return 'too many symbolic links (ELOOP)';
    case 'EMFILE':
    case 'ENFILE':
      return `too many open files (${code})`;
    default:
      return `input/output error (${code})`;
  }
}

function hintForErrno(code: StorageCode): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some space or choose another folder, and run the same command again.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'Check the owner and the mode of the file and its folder.';
    case 'EMFILE':
    case 'ENFILE':
      return 'Raise the limit of open files (ulimit -n) and run the same command again.';
    default:
      return 'Check the path and run the same command again.';
  }
}

/** The exit code that an error leads to. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof NetworkError) return EXIT.network;
  if (error instanceof InputError) return EXIT.corruptInput;
  if (error instanceof StorageError) return EXIT.storage;
  if (error instanceof LockError) return EXIT.lockHeld;
  if (error instanceof TablesError) return EXIT.validation;
  if (isSystemError(error) && isStorageCode(error.code)) return EXIT.storage;
  return EXIT.unexpected;
}
