/** The real sample files beside the project: tests that need them skip where they are absent, and fail there in CI. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/samples', import.meta.url));

/** Why sample tests are skipped; null where the samples are there. In CI the samples are required. */
export const SAMPLES_ABSENT: string | null = existsSync(FOLDER)
  ? null
  : 'the folder ../shared/samples with real files is absent';

/** Title of a describe block that needs the samples, with the reason where it is skipped. */
export function samplesTitle(title: string): string {
  return SAMPLES_ABSENT === null ? title : `${title} (skipped: ${SAMPLES_ABSENT})`;
}

/** True where the tests are to be skipped; throws in CI, where the samples must be there. */
export function skipSamples(): boolean {
  if (SAMPLES_ABSENT !== null && process.env.CI === 'true') throw new Error(`CI=true, but ${SAMPLES_ABSENT}`);
  return SAMPLES_ABSENT !== null;
}

/** Path of a sample file. */
export function samplePath(name: string): string {
  return `${FOLDER}/${name}`;
}
