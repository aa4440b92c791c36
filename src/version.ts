/** The version of this package, as package.json states it. */
import { createRequire } from 'node:module';

const manifest: { version: string } = createRequire(import.meta.url)('../package.json');

export const VERSION: string = manifest.version;
