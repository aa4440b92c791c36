#!/usr/bin/env node
/**
 * The command line: words in, one call into `run/`, text out. Data goes to standard output, messages to standard error.
 * Everything heavy is loaded inside the handlers of the commands, so that `--help` costs little more than starting Node.
 */
import { asStorageError, exitCodeOf } from '../errors.js';
import { describeError, writeMessages } from './messages.js';
import { runCommandLine } from './parser.js';

// A reader that closes the pipe early (`harvest ... | head`) is no error: the harvest and its exit code are what they are.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  const failure = asStorageError(error, 'cannot write', 'standard output');
  writeMessages(describeError(failure));
  process.exit(exitCodeOf(failure));
});
// Where messages cannot be written either, nobody can be told, and the work goes on.
process.stderr.on('error', () => undefined);

try {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  writeMessages(describeError(error));
  process.exitCode = exitCodeOf(error);
}
