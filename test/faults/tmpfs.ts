/** Small file systems in memory, to be filled up. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why there is none here; null where one can be mounted (it takes root and a kernel that lets it). */
export const TMPFS_ABSENT: string | null = probe();

function probe(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root on Linux can mount a small file system';
  try {
    unmountTmpfs(mountTmpfs(64));
    return null;
  } catch {
    return 'mounting is not allowed here';
  }
}

/** Mounts an empty file system of this many KiB and returns its folder. */
export function mountTmpfs(kibibytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'harvest-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  return folder;
}

/** Unmounts and removes the folder. */
export function unmountTmpfs(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'pipe' });
  rmdirSync(folder);
}
