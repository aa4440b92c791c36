/** What a command says on standard output. */
import { EXIT } from '../errors.js';

/** Writes a text with a line end at its end, and gives the exit code of a command that has nothing else to do. */
export function print(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return EXIT.ok;
}
