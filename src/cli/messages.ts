/** Errors and skips in words: what, where, what to do. */
import { styleText } from 'node:util';
import { asStorageError, HarvestError, isSystemError } from '../errors.js';
import type { Skip } from '../records/tally.js';

/** The message of an error for the terminal, ending in a newline; `about` says what it concerns. */
export function describeError(error: unknown, about?: string): string {
  if (error instanceof HarvestError) {
    const { file, line, byteOffset, field } = error.position;
    const where = [
      file !== undefined && !error.message.includes(file) && file,
      line !== undefined && `line ${line}`,
      byteOffset !== undefined && `byte ${byteOffset}`,
      field !== undefined && `field ${field}`,
    ].filter((part) => part !== false);
    // A message may have lines of its own (the differences between two editions); a file's name may not make any.
    const message = file === undefined ? error.message : error.message.replaceAll(file, printable(file));
    const subject = about === undefined ? '' : `${printable(about)}: `;
    const lines = `harvest: ${subject}${message} [${error.code}]`.split('\n');
    if (where.length > 0) lines.push(`  where: ${where.join(', ')}`);
    if (error.hint !== undefined) lines.push(`  ${error.hint}`);
    return `${lines.map(printable).join('\n')}\n`;
  }
  if (isSystemError(error)) {
    // Of what every action may meet, the program's own files included.
    const storage = asStorageError(error, 'cannot open', error.path ?? 'a file');
    if (storage instanceof HarvestError && error.code === 'EMFILE') return describeError(storage, about);
    return `${printable(`harvest: ${error.message}`)}\n`;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `harvest: unexpected error, please report it with the command that led to it\n${text}\n`;
}

/** One line for a skipped part of an input. */
export function describeSkip(skip: Skip): string {
  return printable(`skipped: ${skip.file}, byte ${skip.byteOffset}: ${skip.detail} [${skip.reason}]`);
}

/**
 * One line of a message as a terminal may show it: control characters from names and data, line breaks among them, and
 * marks that reorder text become escapes, so that no name of a file can forge a message.
 */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (c) => {
    const code = c.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

/** Writes messages to standard error; on a terminal that may have colours (not `NO_COLOR`), what kind they are is coloured. */
export function writeMessages(text: string, stream: NodeJS.WriteStream = process.stderr): void {
  const { NO_COLOR, TERM } = process.env;
  const plain = stream.isTTY !== true || (NO_COLOR !== undefined && NO_COLOR !== '') || TERM === 'dumb';
  stream.write(
    plain
      ? text
      : text
          .replace(/^harvest:/gm, (word) => styleText('red', word))
          .replace(/^(?:warning|skipped|interrupted):/gm, (word) => styleText('yellow', word)),
  );
}

/** `1 level`, `2 levels`. */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
