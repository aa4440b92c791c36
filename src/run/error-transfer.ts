/** Errors between threads and into reports: a thread's message keeps neither the class of an error nor its fields. */
import {
  exitCodeOf,
  HarvestError,
  InputError,
  isSystemError,
  LockError,
  NetworkError,
  StorageError,
  TablesError,
  UsageError,
} from '../errors.js';
import type { ErrorJson } from './reports/json.js';

const CLASSES = {
  HarvestError,
  InputError,
  LockError,
  NetworkError,
  StorageError,
  TablesError,
  UsageError,
} as const;

/** An error in a form that threads can hand over and a ledger can keep. */
export interface TransferredError extends ErrorJson {
  /** Name of the class; `Error` for what the project did not throw on purpose. */
  name: string;
}

/** An error as plain data, for reports. */
export function errorAsJson(error: Error): ErrorJson {
  const exit_code = exitCodeOf(error);
  if (!(error instanceof HarvestError)) {
    const unexpected = !isSystemError(error) && error.stack !== undefined;
    return { message: error.message, ...(unexpected && { stack: error.stack }), exit_code };
  }
  return {
    code: error.code,
    message: error.message,
    ...error.position,
    ...(error.hint !== undefined && { hint: error.hint }),
    exit_code,
  };
}

/** An error as plain data, with what it takes to make it again. Anything that is no error becomes one. */
export function packError(error: unknown): TransferredError {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), exit_code: exitCodeOf(error) };
  const name = Object.hasOwn(CLASSES, error.name) ? error.name : 'Error';
  return { name, ...errorAsJson(error) };
}

/** The error of `packError`: the same class, code, message and position; of one from a report the class is `HarvestError`. */
export function unpackError(packed: ErrorJson & { name?: string }): Error {
  const { name = 'HarvestError', message, code, stack, hint, file, byteOffset, line, field } = packed;
  if (code !== undefined && Object.hasOwn(CLASSES, name)) {
    // It was the code of an error of this class when it was packed, or written by another version.
    return new CLASSES[name as keyof typeof CLASSES](code as never, message, {
      ...(hint !== undefined && { hint }),
      ...(file !== undefined && { file }),
      ...(byteOffset !== undefined && { byteOffset }),
      ...(line !== undefined && { line }),
      ...(field !== undefined && { field }),
    });
  }
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
