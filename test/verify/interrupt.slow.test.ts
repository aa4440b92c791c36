/** Ctrl-C while a source is read again: nothing stays in the temporary folder. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/built.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { makeStation } from '../support/soundings.js';
import { smallEdition } from './planted.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-interrupt-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('harvest verify --against that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s', async (signal) => {
    const work = join(folder, signal);
    const source = join(work, 'XXM00011035-data.txt');
    mkdirSync(work);
    // Some seconds of work.
    const soundings = makeStation(5, { id: 'XXM00011035', soundings: 1500, kinds: ['modern'] });
    writeFileSync(source, encodeIgra2(soundings));
    const output = join(work, 'output');
    await harvestQuietly({ input: [source], output, workdir: work, tables: smallEdition(work) });
    const temporary = join(work, 'temporary');
    mkdirSync(temporary);
    let sent = false;
    const outcome = await runCli(['verify', output, '--against', source], {
      env: { TMPDIR: temporary },
      started: (child) => {
        const timer = setInterval(() => {
          if (!readdirSync(temporary).some((name) => name.startsWith('harvest-verify-'))) return;
          clearInterval(timer);
          sent = child.kill(signal);
        }, 5);
        child.on('close', () => clearInterval(timer));
      },
    });
    expect(sent, 'it ended before it was interrupted').toBe(true);
    expect(outcome).toMatchObject({ code: 130, stdout: '' });
    expect(outcome.stderr).toMatch(/^interrupted: /m);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
