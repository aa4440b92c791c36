/** Codes of the errors of inputs and downloads; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const FETCH_CODES = {
  UsageError: {
    CREDENTIAL_REFUSED:
      'A token or a cookie holds characters that no header may hold. Copy it again, as one line of plain characters.',
    URL_REFUSED:
      'An address is not one of https or http, or holds a password. Give it without, and the credential in a variable.',
  },
  NetworkError: {
    'HTTP_<status>':
      'The archive answered with this status: 401 and 403 want a login, 404 has no such file. Run again later.',
    HTTP_CONNECTION:
      'The connection could not be made, or was cut. Check the network and run again: it goes on where it stopped.',
    HTTP_TIMEOUT:
      'The archive did not answer in time. Check the network and run again: it goes on where it stopped.',
    HTTP_SLOW: 'The bytes came too slowly. Run again later: it goes on where it stopped.',
    HTTP_LENGTH:
      'The length of a file is not what the archive says, is not said, or is too large. Run again later.',
    HTTP_RANGE:
      'The archive sent a part where the whole file was asked for. Run again later, or use another `--mirror`.',
    HTTP_ENCODING: 'The archive sent compressed what was asked for as it is. Use another `--mirror`.',
    HTTP_LISTING:
      'The page that lists the files of the archive cannot be read. Run again later, or use another `--mirror`.',
    HTTP_TOO_MANY_REDIRECTS:
      'The archive leads from address to address. Run again later, or use another `--mirror`.',
    HTTP_REDIRECT_REFUSED:
      'The archive leads to an address that may not be asked. If the archive has moved, name its new address with `--mirror`.',
    HTTP_HOST_REFUSED:
      'The archive leads to a host or an address that nobody named. If this is meant, name the address with `--mirror`.',
  },
  InputError: {
    DOWNLOAD_NO_URL: 'There is no address to fetch from. Name one with `--mirror`.',
    DOWNLOAD_NAME:
      'The archive lists a file whose name no local file may have. Tell the archive; nothing was written.',
    DOWNLOAD_DAMAGED:
      'What the archive sends is damaged. It is kept for inspection; the next run fetches it again.',
    INPUT_EMPTY: 'A file is empty, as a download that failed is. Fetch it again.',
    GZIP_DAMAGED: 'The compressed data are damaged. Fetch the file again.',
    GZIP_TRUNCATED: 'The compressed data end too early. Fetch the file again.',
    GZIP_TRAILING_BYTES: 'Other data follow the compressed data. Fetch the file again, or unpack it.',
    GZIP_TOO_LARGE: 'The content is larger than any archive of soundings. Check what the file is.',
    GZIP_BOMB: 'A few bytes grow to more than any sounding file. Delete the file.',
    ZIP_DAMAGED: 'The zip archive is damaged. Fetch it again.',
    ZIP_TRUNCATED: 'The zip archive ends too early. Fetch it again.',
    ZIP_TRAILING_BYTES: 'Other data follow the zip archive. Fetch it again.',
    ZIP_TOO_LARGE: 'The content is larger than any archive of soundings. Check what the file is.',
    ZIP_BOMB: 'A few bytes grow to more than any sounding file. Delete the file.',
    ZIP_CRC: 'The content does not fit its checksum. Fetch the zip archive again.',
    ZIP_SIZE: 'The content has not the length that the zip archive declares. Fetch it again.',
    ZIP_METHOD: 'The member is compressed by a method other than deflate. Unpack it with another program.',
    ZIP_ENCRYPTED: 'The member is encrypted. Unpack it with its password.',
    ZIP_SYMLINK: 'The member is a symbolic link. Unpack the archive by hand and give the file.',
    ZIP_NESTED: 'The member is another zip archive. Unpack the outer one.',
    ZIP_OVERLAP: 'The member reaches into the directory of the zip archive. Fetch it again.',
    ZIP_NO_MEMBER: 'The zip archive holds no file. Fetch it again.',
    ZIP_SEVERAL_MEMBERS: 'The zip archive holds more than one file. Unpack it and give the files.',
    ZIP_MEMBER_NAME: 'The member has a name that no file may have. Fetch the archive again.',
  },
  StorageError: {
    INFLATE: 'There is not enough memory to decompress. Free some, or use fewer `--workers`.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    fetch: typeof FETCH_CODES;
  }
}
