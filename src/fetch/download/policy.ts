/** Which URLs and which addresses a download may ask: what a server or its redirects say is not trusted. */
import { lookup as resolveName } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { NetworkError, UsageError } from '../../errors.js';

/** Which URLs and which addresses may be connected to. */
export interface Policy {
  /**
   * Checks a URL before it is asked.
   *
   * @throws NetworkError `HTTP_HOST_REFUSED`
   */
  check(url: string): URL;
  /** For an http agent: names are resolved here, and what they resolve to is checked, so that no name leads inside. */
  lookup: LookupFunction;
}

export interface PolicyOptions {
  /** URLs that the descriptor or the user names; their hosts are the allowed ones. */
  named: readonly string[];
  /** Whether the named hosts may have addresses that are not public: the user named them, a mirror in the house for example. */
  inside?: boolean;
  /** All addresses of a name; the system's resolver where nothing is given. */
  resolve?: (name: string) => Promise<{ address: string; family: number }[]>;
}

/**
 * The policy for a run: https to the hosts of the named URLs; plain http only to the very host and port of a named http URL;
 * no address that is not public, unless a named URL has it as its host (or is `localhost`), or `inside` is set. Names that redirects
 * lead to are the named ones, so that nobody else can send a request inside.
 *
 * @throws UsageError `URL_REFUSED` where a named URL is not http(s), or holds a user name or a password
 */
export function createPolicy({ named, inside = false, resolve = resolveAll }: PolicyOptions): Policy {
  const origins = new Set<string>();
  const namesLocalhost = named.some((url) => namedUrl(url).hostname === 'localhost');
  for (const url of named.map(namedUrl)) {
    origins.add(url.origin);
    // A named http host may move to https by itself.
    if (url.port === '') origins.add(`https://${url.hostname}`);
  }

  function check(text: string): URL {
    const url = parsed(text);
    if (url === undefined) throw refusedHost(text, 'this is no URL');
    if (url.username !== '' || url.password !== '')
      throw refusedHost(text, 'it holds a user name or a password');
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw refusedHost(text, `${url.protocol.slice(0, -1)} is not a protocol of downloads`);
    if (!origins.has(url.origin))
      throw refusedHost(text, 'neither the source nor the command names this host');
    return url;
  }

  function isAllowed(name: string, address: string): boolean {
    return (
      inside || isPublicAddress(address) || (name === 'localhost' && namesLocalhost && isLoopback(address))
    );
  }

  const lookup: LookupFunction = (name, options, callback) => {
    resolve(name).then(
      (found) => {
        const { family } = options;
        const wanted =
          family === 4 || family === 6 ? found.filter((entry) => entry.family === family) : found;
        const [first] = wanted;
        const refused = found.find(({ address }) => !isAllowed(name, address));
        if (refused !== undefined) callback(refusedAddress(name, refused.address), '');
        else if (first === undefined)
          callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
        else if (options.all === true) callback(null, wanted);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
  return { check, lookup };
}

async function resolveAll(name: string): Promise<{ address: string; family: number }[]> {
  return await resolveName(name, { all: true });
}

/** True for an address of the public internet; everything that is private, local, shared, mapped or reserved is not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsedAddress = ipaddr.parse(address);
  // Networks without IPv4 reach it through this prefix: what counts is the IPv4 address in its last four bytes.
  if (parsedAddress.range() === 'rfc6052')
    return new ipaddr.IPv4(parsedAddress.toByteArray().slice(-4)).range() === 'unicast';
  return parsedAddress.range() === 'unicast';
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

/** A URL for messages: without user name, password, query and fragment. */
export function printableUrl(text: string | URL): string {
  const url = typeof text === 'string' ? parsed(text) : text;
  if (url === undefined) return '(no URL)';
  return url.host === '' ? url.protocol : `${url.protocol}//${url.host}${url.pathname}`;
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function namedUrl(text: string): URL {
  const url = parsed(text);
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '')
    return url;
  const hasUser = url !== undefined && (url.username !== '' || url.password !== '');
  throw new UsageError(
    'URL_REFUSED',
    hasUser
      ? `the URL of ${url.host} holds a user name or a password`
      : `${printableUrl(text)} is not a https or http URL`,
    {
      hint: hasUser
        ? 'Give the URL without them, and the credential in a HARVEST_ variable or a file of mode 600.'
        : 'Give a URL that begins with https://.',
    },
  );
}

function refusedHost(text: string, reason: string): NetworkError {
  const file = printableUrl(text);
  return new NetworkError('HTTP_HOST_REFUSED', `${file} is not asked: ${reason}`, {
    file,
    hint: 'Only hosts that the source or the command names are asked, over https.',
  });
}

function refusedAddress(name: string, address: string): NetworkError {
  return new NetworkError(
    'HTTP_HOST_REFUSED',
    `${name} is not asked: it leads to ${address}, which is not an address of the public internet`,
    { hint: 'If this is meant, name the URL with --mirror.' },
  );
}
