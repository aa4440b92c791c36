/** The listing of a folder as Apache writes it: one link per file, then its time and its size. */
import { Parser } from 'htmlparser2';
import { networkError } from './network-error.js';

/** One file of a listing. Time (of the server's clock, unknown zone) and size (rounded) are texts: they tell a change, no more. */
export interface ListingEntry {
  name: string;
  /** `YYYY-MM-DD HH:MM` */
  modified: string;
  /** As listed, for example `1.2M`. */
  size: string;
}

/** The listing of 3,000 stations has 0.6 MB. */
const MAX_LISTING_BYTES = 64 * 2 ** 20;
/** Nothing that could leave a folder, hide, or look like an option. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._:-]{0,199}$/;
const ROW = /^\s*(\d{4}-\d{2}-\d{2} \d{2}:\d{2})\s+(\d[\d.]*[KMGT]?)(?:\s|$)/;
/** A listing nests six tags; the parser's time grows with the square of the depth. */
const MAX_DEPTH = 200;
/** Between the link and the size there are some blanks, the time, and nothing else. */
const MAX_ROW_TEXT = 200;

/** True for a name that may stand in a folder of downloads. */
export function isSafeName(name: string): boolean {
  return SAFE_NAME.test(name) && !name.includes('..');
}

/**
 * Reads a listing in table form or in `pre` form. Folders, links to elsewhere, and names that are not plain (see
 * `isSafeName`) are left out.
 *
 * @param options.url for messages
 * @param options.fits which names count
 * @returns in the order of the page, every name once
 * @throws NetworkError `HTTP_LISTING` for a page that ends early, is too large, or holds fewer fitting names than `atLeast`
 *   (or none at all): a page that lost its rows must not look like an archive that lost its files
 */
export async function readListing(
  chunks: AsyncIterable<Buffer>,
  options: { url: string; atLeast: number; fits: (name: string) => boolean },
): Promise<ListingEntry[]> {
  const entries = new Map<string, ListingEntry>();
  let name = '';
  let text = '';
  let complete = false;

  function finishRow(): void {
    const [, modified, size] = ROW.exec(text) ?? [];
    if (
      modified !== undefined &&
      size !== undefined &&
      !entries.has(name) &&
      isSafeName(name) &&
      options.fits(name)
    )
      entries.set(name, { name, modified, size });
    name = '';
    text = '';
  }

  let inLink = false;
  let depth = 0;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (++depth > MAX_DEPTH)
        throw listingError(options.url, `the listing nests more than ${MAX_DEPTH} tags`);
      if (tag === 'a') {
        finishRow();
        name = attributes.href ?? '';
        inLink = true;
      } else if (tag === 'td') text += ' ';
      else if (tag === 'tr') finishRow();
    },
    ontext(part) {
      if (name !== '' && !inLink && text.length < MAX_ROW_TEXT) text += part;
    },
    onclosetag(tag, implied) {
      depth--;
      if (tag === 'a') inLink = false;
      else if (tag === 'tr' || tag === 'pre' || tag === 'table') finishRow();
      else if (tag === 'html' && !implied) complete = true;
    },
  });
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MAX_LISTING_BYTES)
      throw listingError(options.url, `the listing has more than ${MAX_LISTING_BYTES} bytes`);
    // Names are ASCII or left out: no character that counts is cut between two chunks.
    parser.write(chunk.toString('latin1'));
  }
  parser.end();
  if (!complete) throw listingError(options.url, `the listing ends early, after ${entries.size} files`);
  const least = Math.max(1, options.atLeast);
  if (entries.size < least)
    throw listingError(
      options.url,
      `the listing holds ${entries.size} files, and at least ${least} are expected`,
    );
  return [...entries.values()];
}

/** An error for a listing that cannot be what the archive holds. */
export function listingError(url: string, text: string): Error {
  return networkError('HTTP_LISTING', url, text, {
    hint: 'Nothing was changed. Look at the page in a browser; run the same command again later.',
  });
}
