/** Limits against archives that grow without bound when they are opened. */
import { InputError } from '../errors.js';

/** Largest content of one input: ten times the longest station of any archive. */
export const MAX_CONTENT = 64 * 2 ** 30;
/** Above this size the ratio counts. */
const RATIO_FREE = 64 * 2 ** 20;
/** Sounding text shrinks 5 to 15 times; deflate cannot do more than about 1030 times, which only a bomb reaches. */
const MAX_RATIO = 1000;

/**
 * Refuses content that is larger than any sounding archive, or that grows as only a bomb does.
 *
 * @param container prefix of the error code: `ZIP` or `GZIP`
 * @throws InputError `<container>_TOO_LARGE`, `<container>_BOMB`
 */
export function checkGrowth(
  container: 'ZIP' | 'GZIP',
  path: string,
  compressed: number,
  content: number,
): void {
  if (content > MAX_CONTENT) {
    throw new InputError(
      `${container}_TOO_LARGE`,
      `${path}: the content is larger than ${MAX_CONTENT / 2 ** 30} GiB`,
      {
        file: path,
      },
    );
  }
  if (content > RATIO_FREE && content > compressed * MAX_RATIO) {
    throw new InputError(
      `${container}_BOMB`,
      `${path}: ${compressed} bytes that grow to ${content} or more are no sounding file`,
      { file: path, hint: 'The file is an archive bomb; delete it.' },
    );
  }
}
