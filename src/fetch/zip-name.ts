/** Names inside zip archives. */
import { InputError } from '../errors.js';

const LEFT_FILES: ReadonlySet<string> = new Set(['.ds_store', 'thumbs.db', 'desktop.ini']);

/**
 * The member's name as a label, its folders left off. Refused are names that would leave a folder or address a device if
 * someone made a path of them: such an archive was not made by the data centre.
 *
 * @throws InputError `ZIP_MEMBER_NAME`
 */
export function checkedMemberName(path: string, raw: Uint8Array): string {
  const name = new TextDecoder().decode(raw);
  const fault = faultOf(name);
  if (fault !== null) {
    throw new InputError(
      'ZIP_MEMBER_NAME',
      `${path}: the zip archive has a member whose name ${fault}: ${JSON.stringify(name.slice(0, 80))}`,
      { file: path, hint: 'Fetch the file again from the archive.' },
    );
  }
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * Whether a member holds no data: `__MACOSX/`, `._name` and `.DS_Store` of macOS, `Thumbs.db` and `desktop.ini` of Windows stand
 * in archives that were packed by hand.
 */
export function isLeftByFileManager(raw: Uint8Array): boolean {
  const folders = new TextDecoder().decode(raw).split('/');
  const name = folders.pop() ?? '';
  return folders.includes('__MACOSX') || name.startsWith('._') || LEFT_FILES.has(name.toLowerCase());
}

function faultOf(name: string): string | null {
  if (name === '') return 'is empty';
  if (name.length > 255) return 'is too long';
  if (name.startsWith('/')) return 'is an absolute path';
  if (/^[a-z]:/i.test(name)) return 'begins with a drive letter';
  if (name.includes('\\')) return 'holds a backslash';
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 'holds a control character';
  }
  return name.split('/').includes('..') ? 'leads out of its folder' : null;
}
