/** Errors and skips in words: what, where, what to do. */
import { HarvestError, isSystemError } from '../errors.js';
import type { Skip } from '../records/tally.js';

/** The message of an error for the terminal, ending in a newline. */
export function describeError(error: unknown): string {
  if (error instanceof HarvestError) {
    const { file, line, byteOffset, field } = error.position;
    const where = [
      file !== undefined && !error.message.includes(file) && file,
      line !== undefined && `line ${line}`,
      byteOffset !== undefined && `byte ${byteOffset}`,
      field !== undefined && `field ${field}`,
    ].filter((part) => part !== false);
    const lines = [`harvest: ${error.message} [${error.code}]`];
    if (where.length > 0) lines.push(`  where: ${where.join(', ')}`);
    if (error.hint !== undefined) lines.push(`  ${error.hint}`);
    return `${lines.map(printable).join('\n')}\n`;
  }
  if (isSystemError(error)) return `${printable(`harvest: ${error.message}`)}\n`;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `harvest: unexpected error, please report it with the command that led to it\n${text}\n`;
}

/** One line for a skipped part of an input. */
export function describeSkip(skip: Skip): string {
  return printable(`skipped: ${skip.file}, byte ${skip.byteOffset}: ${skip.detail} [${skip.reason}]`);
}

/** Control characters from names and data do not reach the terminal; line breaks and tabs do. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (c) =>
    c === '\n' || c === '\t' ? c : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
