/**
 * `harvest completion`: a script that completes commands, options and the values of options, made of what the commands say of
 * their words. The shell asks the script and not this program, so that no key waits for Node.
 */
import { SIGNIFICANCE_WORDS } from '../reading/significance.js';
import { sources } from '../sources/registry.js';
import { type CommandOption, type CommandPositional, type ListedCommand, nameOf } from './command.js';

/** Shells that have a script. */
export type Shell = 'bash' | 'zsh';

/** Words that may stand at some place of the command line. */
interface Place {
  /** A command (nothing for the harvest itself), with an option where they are its values. */
  at: string;
  words: readonly string[];
}

/** All that the script knows. */
interface Vocabulary {
  names: readonly string[];
  /** Options that take a value. */
  taking: ReadonlySet<string>;
  options: readonly Place[];
  positionals: readonly Place[];
  values: readonly Place[];
}

/** What a word of `offers` stands for. */
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  '<datasets>': [...sources.keys()].sort(),
  '<editions>': ['glamod', 'cdm-obs', 'bundled'],
  '<levels>': SIGNIFICANCE_WORDS,
};

/** Options of every command. */
const EVERYWHERE = ['--help', '--version'];

/** zsh runs the functions of bash. */
const PROLOGUE: Readonly<Record<Shell, string>> = {
  bash: '',
  zsh: '(( $+functions[compdef] )) || { autoload -U compinit && compinit; }\nautoload -U bashcompinit && bashcompinit\n',
};

/** The script. Where no words are known, the shell completes names of files. */
export async function completionScript(shell: Shell, commands: readonly ListedCommand[]): Promise<string> {
  const { names, taking, options, positionals, values } = await vocabularyOf(commands);
  return `# Words of harvest for ${shell}, made by: harvest completion ${shell}
${PROLOGUE[shell]}_harvest_takes_value() {
  case $1 in
    ${[...taking].join('|')}) return 0 ;;
  esac
  return 1
}
_harvest() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command='' list='' prefix='' i
  # bash takes the = of --option=value for a word of its own, zsh does not.
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $cur == --*=* ]]; then prev=\${cur%%=*}; prefix="$prev="; cur=\${cur#*=}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if _harvest_takes_value "\${COMP_WORDS[i - 1]}"; then continue; fi
    if [[ \${COMP_WORDS[i - 1]} == '=' ]]; then continue; fi
    case \${COMP_WORDS[i]} in
      ${names.join('|')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case "$command $prev" in
${branches(values, 4)}
    *)
      if [[ $cur == -* ]]; then
        case $command in
${branches(options, 10)}
        esac
      elif ! _harvest_takes_value "$prev"; then
        case $command in
${branches(positionals, 10)}
        esac
      fi ;;
  esac
  COMPREPLY=($(compgen -P "$prefix" -W "$list" -- "$cur"))
}
complete -o default -F _harvest harvest
`;
}

async function vocabularyOf(commands: readonly ListedCommand[]): Promise<Vocabulary> {
  const names = commands.map(commandName).filter((name) => name !== '');
  const [options, positionals, values]: [Place[], Place[], Place[]] = [[], [], []];
  const taking = new Set<string>();
  for (const listed of commands) {
    const name = commandName(listed);
    const command = await listed.load();
    options.push({
      at: name,
      words: [...Object.keys(command.options).map((each) => `--${each}`), ...EVERYWHERE],
    });
    const words = Object.values(command.positionals).map(wordsOf);
    positionals.push({ at: name, words: name === '' ? names : words.flat() });
    for (const [each, option] of Object.entries(command.options)) {
      if (option.type === 'boolean') continue;
      taking.add(`--${each}`);
      values.push({ at: `${name} --${each}`, words: wordsOf(option) });
    }
  }
  return { names, taking, options, positionals, values };
}

/** Nothing for the harvest itself, which is called without a name. */
function commandName(listed: ListedCommand): string {
  const name = nameOf(listed);
  return name === '$0' ? '' : name;
}

/** What a value may be: the choices, or what else is known of it. */
function wordsOf({ choices = [], offers = [] }: CommandOption | CommandPositional): string[] {
  return [...choices.map(String), ...offers.flatMap((word) => OFFERED[word] ?? [word])];
}

/** The branches of a `case`, but for places where no words are known. */
function branches(places: readonly Place[], indent: number): string {
  return places
    .filter(({ words }) => words.length > 0)
    .map(({ at, words }) => `${' '.repeat(indent)}'${at}') list='${[...new Set(words)].join(' ')}' ;;`)
    .join('\n');
}
