/**
 * Errors of downloads. Those of the HTTP library carry the request with its headers, so none of them is ever kept as a cause:
 * what goes on is a new error with the system's code and a plain text. No header and no query is in any of them.
 */
import { type ClassCode, type ErrorCode, type HarvestErrorOptions, NetworkError } from '../../errors.js';
import { printableUrl } from './policy.js';

/** What may pass by itself: worth another attempt. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'HTTP_CONNECTION',
  'HTTP_TIMEOUT',
  'HTTP_LENGTH',
  'HTTP_408',
  'HTTP_425',
  'HTTP_429',
  'HTTP_500',
  'HTTP_502',
  'HTTP_503',
  'HTTP_504',
]);

const HINTS: Readonly<Record<string, string>> = {
  HTTP_401: 'The archive wants a login: see `harvest sources` for where to get one.',
  HTTP_403: 'The archive refuses: it may want a login, or have had too many requests.',
  HTTP_404: 'The archive has no such file; its listing may be older than its files.',
  HTTP_429: 'The archive asks for fewer requests: run the same command again later.',
  HTTP_CONNECTION: 'Check the network and run the same command again: it goes on where it stopped.',
  HTTP_TIMEOUT: 'Check the network and run the same command again: it goes on where it stopped.',
  HTTP_SLOW: 'Run the same command again later: it goes on where it stopped.',
};

/**
 * An error of a download.
 *
 * @param code `HTTP_<status>` or `HTTP_<REASON>`
 * @param text what happened, without the URL
 */
export function networkError(
  code: ClassCode<'NetworkError'>,
  url: string | URL,
  text: string,
  options: HarvestErrorOptions = {},
): NetworkError {
  const file = printableUrl(url);
  const hint = HINTS[code] ?? 'Run the same command again later: it goes on where it stopped.';
  return new NetworkError(code, `${file}: ${text}`, { file, hint, ...options });
}

/** True where another attempt may do better. */
export function isPassing(error: unknown): boolean {
  return error instanceof NetworkError && PASSING.has(error.code) && !GIVEN_UP.has(error);
}

const GIVEN_UP = new WeakSet<NetworkError>();

/** Marks an error that would pass as one that is not to be tried again in this run. */
export function givenUp(error: NetworkError): NetworkError {
  GIVEN_UP.add(error);
  return error;
}

/** Where a failed request of the HTTP library stands in the chain of causes, nearest first. */
function* causes(error: unknown): Generator<Error> {
  for (let depth = 0; depth < 10 && error instanceof Error; depth++) {
    yield error;
    error = error.cause;
  }
}

/** What the HTTP library throws, as an error that tells nothing of the request but its URL. */
export function withoutRequest(error: unknown, url: string | URL): NetworkError {
  let code = '';
  for (const cause of causes(error)) {
    if (cause instanceof NetworkError) return cause;
    if ('code' in cause && typeof cause.code === 'string' && !cause.code.startsWith('ERR_GOT'))
      code = cause.code;
  }
  if (code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT')
    return networkError('HTTP_TIMEOUT', url, 'the archive did not answer in time');
  const reason = REASONS[code] ?? (/^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'no further word');
  return networkError('HTTP_CONNECTION', url, `the connection failed (${reason})`, {
    cause: new Error(code === '' ? 'connection failed' : code),
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host is not known, ENOTFOUND',
  EAI_AGAIN: 'the name of the host cannot be looked up now, EAI_AGAIN',
  ECONNREFUSED: 'refused, ECONNREFUSED',
  ECONNRESET: 'cut off, ECONNRESET',
};
