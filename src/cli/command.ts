/**
 * What a command is: its words as data, and what it does. The parser, the help, the completion of shells and the page of the
 * documentation are made of the same data; nothing else lists the options of a command.
 */
import type { ArgumentsCamelCase, InferredOptionTypes, Options, PositionalOptions } from 'yargs';

/** Words that completion offers where the choices are open; `<datasets>`, `<editions>` and `<levels>` stand for all that there are. */
type Offers = readonly string[];

/** A word of a command that has no name before it. */
export interface CommandPositional extends PositionalOptions {
  demandOption?: boolean;
  offers?: Offers;
}

/** An option of a command. */
export interface CommandOption extends Options {
  offers?: Offers;
  /** Whether `harvest.config.json` and variables of the environment set it. */
  isSetting?: boolean;
  /** Whether its value `-` is standard input or output. */
  takesStream?: boolean;
  /** What its value looks like, where it may stand without one: another word that follows it is not its value. */
  mayLack?: RegExp;
}

type Positionals = Readonly<Record<string, CommandPositional>>;
type OptionsOf = Readonly<Record<string, CommandOption>>;

/** The words of a command as they are parsed. */
type Words<P extends Positionals, O extends OptionsOf> = ArgumentsCamelCase<
  InferredOptionTypes<P> & InferredOptionTypes<O>
>;

/** One command without the types of its words. Its name and its line of description stand in the list of commands. */
export interface Command {
  readonly positionals: Positionals;
  readonly options: OptionsOf;
  /** Calls, `$0` for the name of the program, with what they do. */
  readonly examples: readonly (readonly [call: string, what: string])[];
  /** Does what the words ask for and prints it; resolves to the exit code. What is heavy is loaded in here. */
  readonly handler: (words: never, commands: readonly ListedCommand[]) => Promise<number>;
}

/** A line of the list of commands. */
export interface ListedCommand {
  /** The name and the words that follow it, as the parser has them: `show <file>`; `$0` is the harvest itself. */
  readonly usage: string;
  /** One line. */
  readonly describe: string;
  readonly load: () => Promise<Command>;
}

/** A command whose handler gets the words that its options describe. */
export function defineCommand<const P extends Positionals, const O extends OptionsOf>(command: {
  positionals?: P;
  options: O;
  examples?: Command['examples'];
  handler: (words: Words<P, O>, commands: readonly ListedCommand[]) => Promise<number>;
}): Command {
  const { positionals = {}, options, examples = [], handler } = command;
  return { positionals, options, examples, handler };
}

/** The name in a usage: `show` of `show <file>`. */
export function nameOf({ usage }: ListedCommand): string {
  return usage.split(' ', 1)[0]!;
}
