/** The HTTP client of a run: one policy, one budget of retries, few connections per host, patience with an end. */
import { Agent as HttpAgent, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { got, type Request } from 'got';
import pRetry from 'p-retry';
import { UsageError } from '../../errors.js';
import { bodyChunks, type Patience } from './body.js';
import { createHostQueue } from './host-queue.js';
import { givenUp, isPassing, networkError, withoutRequest } from './network-error.js';
import { type Policy, printableUrl } from './policy.js';

/** An answer with status 200, 206, 304 or 416; any other status is an error. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Where it came from in the end, without query; for messages. */
  url: string;
  /** Content-Length, null where there is none. */
  length: number | null;
  body: AsyncIterable<Buffer>;
}

export interface Client {
  /**
   * One GET, tried again while the failure may pass and the budget lasts.
   *
   * @param prepare headers of the next attempt (a range, a condition), asked before each
   * @param consume reads the answer; a passing NetworkError of its own leads to another attempt as well
   * @throws NetworkError; the reason of the signal; what `prepare` and `consume` throw
   */
  get<T>(
    url: string,
    prepare: () => Promise<Record<string, string>>,
    consume: (answer: Answer) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
}

export interface ClientOptions extends Partial<Patience> {
  policy: Policy;
  /** Of the program, for the User-Agent. */
  version: string;
  /** Sent to `credentialOrigin` alone, never to other hosts or to where it redirects. */
  credentials?: { cookie?: string; token?: string };
  /** Scheme, host and port that the credentials are for; the host that is asked where nothing is said. */
  credentialOrigin?: string;
  /** For the name, the connection and its encryption, each (ms). */
  connectTimeoutMs?: number;
  /** Further attempts per file and mirror. */
  retries?: number;
  /** Further attempts in the whole run. */
  retryBudget?: number;
  /** Mean wait before the first further attempt (ms); doubles with each. */
  retryDelayMs?: number;
  /** Longest wait that an archive may ask for (ms); beyond it the file is given up for this run. */
  maxRetryAfterMs?: number;
  connectionsPerHost?: number;
  signal?: AbortSignal;
}

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const ANSWERS = new Set([200, 206, 304, 416]);

/**
 * A client for one run.
 *
 * @throws UsageError `CREDENTIAL_REFUSED` for one that does not fit into a header
 */
export function createClient(options: ClientOptions): Client {
  const {
    policy,
    retries = 5,
    retryDelayMs = 1000,
    maxRetryAfterMs = 120_000,
    connectionsPerHost = 4,
  } = options;
  const { idleTimeoutMs = 30_000, connectTimeoutMs = 15_000 } = options;
  const patience = {
    idleTimeoutMs,
    minBytesPerSecond: options.minBytesPerSecond ?? 1000,
    slowWindowMs: options.slowWindowMs ?? 60_000,
  };
  const credentials = credentialHeaders(options.credentials ?? {});
  const queue = createHostQueue(connectionsPerHost);
  const agentOptions = { keepAlive: true, maxFreeSockets: connectionsPerHost, lookup: policy.lookup };
  const agent = { http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions) };
  let budget = options.retryBudget ?? 300;

  /** Sends one request and waits for the head of the answer. */
  async function open(
    url: URL,
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<Request> {
    const stream = got.stream(url, {
      agent,
      headers,
      ...(signal !== undefined && { signal }),
      decompress: false,
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: {
        lookup: connectTimeoutMs,
        connect: connectTimeoutMs,
        secureConnect: connectTimeoutMs,
        response: idleTimeoutMs,
      },
    });
    await new Promise<void>((resolve, reject) => {
      stream.once('response', () => resolve());
      // Stays for the life of the stream: an error after its end has no reader, and would end the process.
      stream.on('error', reject);
    });
    return stream;
  }

  async function attempt<T>(
    first: URL,
    headers: Record<string, string>,
    consume: (answer: Answer) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    let url = first;
    let trusted = (options.credentialOrigin ?? first.origin) === first.origin;
    for (let redirects = 0; ; redirects++) {
      const leave = await queue.enter(url.host, signal);
      let stream: Request | undefined;
      try {
        stream = await open(url, { ...base, ...headers, ...(trusted ? credentials : {}) }, signal);
        const answer = answerOf(stream, url, patience, signal);
        const { status } = answer;
        if (ANSWERS.has(status)) return await consume(answer);
        const { location } = answer.headers;
        if (!REDIRECTS.has(status) || location === undefined) throw refusal(answer, url);
        if (redirects === MAX_REDIRECTS) {
          throw networkError('HTTP_TOO_MANY_REDIRECTS', first, `more than ${MAX_REDIRECTS} redirects`);
        }
        const next = redirectTarget(location, url);
        trusted &&= next.origin === first.origin;
        url = next;
      } catch (error) {
        signal?.throwIfAborted();
        throw isOfLibrary(error) ? withoutRequest(error, url) : error;
      } finally {
        stream?.destroy();
        leave();
      }
    }
  }

  const base = {
    'user-agent': `radiosonde-harvester/${options.version}`,
    'accept-encoding': 'identity',
  };

  function redirectTarget(location: string, from: URL): URL {
    const target = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
    try {
      return policy.check(target?.href ?? '');
    } catch {
      const where = target === undefined ? 'no URL' : `${target.protocol}//${target.host}`;
      throw networkError(
        'HTTP_REDIRECT_REFUSED',
        from,
        `it redirects to where no request may go (${where})`,
        {
          hint: 'If the archive has moved, name its new URL.',
        },
      );
    }
  }

  /** The error for a status other than the expected ones; where the server asks to wait, its host is paused. */
  function refusal({ status, headers }: Answer, url: URL): Error {
    const error = networkError(`HTTP_${status}`, url, `the archive answers with status ${status}`);
    const rest = retryAfterMs(headers['retry-after']);
    if (rest === null) return error;
    if (rest > maxRetryAfterMs) return givenUp(error);
    queue.pause(url.host, rest);
    return error;
  }

  async function get<T>(
    text: string,
    prepare: () => Promise<Record<string, string>>,
    consume: (answer: Answer) => Promise<T>,
    ownSignal?: AbortSignal,
  ): Promise<T> {
    const url = policy.check(text);
    const signals = [options.signal, ownSignal].filter((signal) => signal !== undefined);
    const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    return await pRetry(async () => attempt(url, await prepare(), consume, signal), {
      retries,
      // Multiplied by 1 to 2 at random, so that many runs do not come back all at once.
      minTimeout: retryDelayMs / 1.5,
      randomize: true,
      maxTimeout: 60_000,
      ...(signal !== undefined && { signal }),
      shouldRetry: ({ error }) => isPassing(error) && budget-- > 0,
    });
  }

  return { get };
}

function answerOf(stream: Request, url: URL, patience: Patience, signal: AbortSignal | undefined): Answer {
  const { response } = stream;
  if (response === undefined) throw networkError('HTTP_CONNECTION', url, 'no answer came');
  const { headers, statusCode } = response;
  const length = headers['content-length'];
  return {
    status: statusCode,
    headers,
    url: printableUrl(url),
    length: length === undefined ? null : Number(length),
    body: bodyChunks(stream, url, patience, signal),
  };
}

/** Milliseconds that `Retry-After` asks for, as seconds or as a date; null where it says nothing that can be read. */
export function retryAfterMs(value: string | undefined, now = Date.now()): number | null {
  if (value === undefined) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function credentialHeaders({ cookie, token }: { cookie?: string; token?: string }): Record<string, string> {
  for (const value of [cookie, token]) {
    if (value !== undefined && !/^[\x20-\x7e]+$/.test(value)) {
      throw new UsageError(
        'CREDENTIAL_REFUSED',
        'the cookie or token holds characters that no header may hold',
        {
          hint: 'Copy it again, as one line of plain characters.',
        },
      );
    }
  }
  return {
    ...(cookie !== undefined && { cookie }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

/** Errors of the HTTP library carry the request's options. */
function isOfLibrary(error: unknown): boolean {
  return error instanceof Error && 'options' in error;
}
