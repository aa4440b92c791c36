/**
 * Makes `docs/errors.md` of `error-codes.ts` of every room and format: `npx tsx scripts/make-errors-doc.ts`.
 */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  asStorageError,
  type Codes,
  type ErrorClass,
  EXIT,
  exitCodeOf,
  HarvestError,
  InputError,
  LockError,
  NetworkError,
  STORAGE_CODES,
  StorageError,
  TablesError,
  UsageError,
} from '../src/errors.js';

/** What each exit code means. */
const EXITS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done',
  unexpected: 'an error that is a fault of the program: please report it',
  usage: 'wrong words or settings',
  skippedInput: 'done, but some input was skipped or left out: it is listed',
  network: 'something could not be fetched; the rest is done',
  corruptInput: 'an input is of another format, damaged or cut',
  storage: 'the disk is full, or a file or a folder cannot be read or written',
  lockHeld: 'another run has the work folder or the output',
  validation: 'the CDM tables do not fit, or `harvest verify` or `harvest explain` found something wrong',
  interrupted: 'interrupted; what is finished is complete',
};

/** An error of each class, for its exit code. */
const EXAMPLES: Readonly<Record<ErrorClass, HarvestError>> = {
  HarvestError: new HarvestError('LEDGER_CLOSED', ''),
  UsageError: new UsageError('USAGE', ''),
  NetworkError: new NetworkError('HTTP_CONNECTION', ''),
  InputError: new InputError('WRONG_FORMAT', ''),
  StorageError: new StorageError('EIO', ''),
  LockError: new LockError('LOCK_HELD', ''),
  TablesError: new TablesError('UNKNOWN_CODE', ''),
};

const HEAD = `# Errors

A command that fails says on standard error what happened, where, and what to do. The code in brackets is stable: scripts may
look for it, and \`--json\` has it as \`code\`. The exit code says of which kind the error is. This page is made of the files
\`src/*/error-codes.ts\` by \`npx tsx scripts/make-errors-doc.ts\`.

\`\`\`
harvest: which dataset? --source is missing [NO_SOURCE]
  'harvest sources' lists the datasets, 'harvest --help' the options.
\`\`\`

`;

/** One code of one class. */
export interface ListedCode {
  /** The folder below `src` whose list it is of. */
  room: string;
  error: ErrorClass;
  code: string;
  /** What it means, and what to do: one sentence or more each. */
  means: string;
  remedy: string;
}

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Every code of every list. A list is the one export of its file. */
export async function listedCodes(): Promise<ListedCode[]> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(^|\/)error-codes\.ts$/.test(name),
  );
  const lists = files.sort().map(async (file) => {
    const [codes = {}]: Codes[] = Object.values(await import(pathToFileURL(join(SRC, file)).href));
    return codesOf(dirname(file), codes);
  });
  return (await Promise.all(lists)).flat();
}

function codesOf(room: string, list: Codes): ListedCode[] {
  return Object.entries(list).flatMap(([error, codes]) =>
    Object.entries(codes).map(([code, text]) => {
      const [, means = '', remedy = ''] = /^(.+?[.]) (.+)$/.exec(text) ?? [];
      return { room, error: error as ErrorClass, code, means, remedy };
    }),
  );
}

/** The page. */
export async function makeErrorsDoc(): Promise<string> {
  const exits = Object.entries(EXIT).map(
    ([name, code]) => `| ${code} | ${EXITS[name as keyof typeof EXIT]} |\n`,
  );
  const codes = await listedCodes();
  const sections = [...new Set(codes.map(({ room }) => room))].map((room) => {
    const rows = codes.filter((each) => each.room === room).map(row);
    return `## Of \`src/${room}\`\n\n${TITLES}${rows.join('')}\n`;
  });
  return `${HEAD}## Exit codes\n\n| exit code | what it means |\n| --- | --- |\n${exits.join('')}\n${sections.join('')}${ofSystem()}`;
}

const TITLES = '| code | class | exit code | what it means | what to do |\n| --- | --- | --- | --- | --- |\n';

function row({ error, code, means, remedy }: ListedCode): string {
  return `| \`${code}\` | ${error} | ${exitCodeOf(EXAMPLES[error])} | ${means} | ${remedy} |\n`;
}

/** What the operating system says, as the errors of storage tell it. */
function ofSystem(): string {
  const rows = STORAGE_CODES.map((code) => {
    const told = asStorageError(Object.assign(new Error(code), { code, errno: -1 }), 'cannot write', 'x');
    if (!(told instanceof StorageError)) throw new Error(`${code} is told as no error of storage`);
    const means = told.message.replace('cannot write x: ', '').replace(` (${code})`, '');
    return `| \`${code}\` | StorageError | ${EXIT.storage} | ${means[0]!.toUpperCase()}${means.slice(1)}. | ${told.hint} |\n`;
  });
  return `## Of the operating system\n\n${TITLES}${rows.join('')}`;
}

const [, script = ''] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  const target = fileURLToPath(new URL('../docs/errors.md', import.meta.url));
  await writeFile(target, await makeErrorsDoc());
}
