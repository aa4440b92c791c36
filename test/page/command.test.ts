/** `harvest report DIR --html` without a process of its own: where the page goes, what it prints, how it ends. */
import { cpSync, existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type ReportWords, reportCommand } from '../../src/cli/report.js';
import { harvestFolder, type OutputFolder, temporaryFolder } from './folders.js';

let made: OutputFolder;
beforeAll(async () => {
  made = await harvestFolder(2);
});

/** A work folder with a copy of the outputs. */
function workFolder(): string {
  const folder = temporaryFolder();
  cpSync(made.path, join(folder, 'output'), { recursive: true });
  return folder;
}

/** Runs the command; what it prints to standard output and standard error. */
async function report(words: Partial<ReportWords>): Promise<{ code: number; out: string; messages: string }> {
  const [out, messages] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(() => true),
  );
  const said = (spy: typeof out): string => spy?.mock.calls.map(([text]) => String(text)).join('') ?? '';
  try {
    const code = await reportCommand({ workdir: '.', json: false, ...words });
    return { code, out: said(out), messages: said(messages) };
  } finally {
    out?.mockRestore();
    messages?.mockRestore();
  }
}

describe('harvest report --html', () => {
  it('writes the page into the folder, or into the file that is named, and leaves nothing else', async () => {
    const work = workFolder();
    const output = join(work, 'output');
    const { code, out, messages } = await report({ file: output, html: '' });
    expect({ code, messages }).toEqual({ code: 0, messages: '' });
    expect(out).toBe(`${join(output, 'report.html')}: 2 files of 1 dataset, 2 stations, 0 troubles\n`);
    expect(readFileSync(join(output, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(await report({ workdir: work, html: join(work, 'page.html') })).toMatchObject({ code: 0 });
    expect(existsSync(join(work, 'page.html'))).toBe(true);
    expect(readdirSync(output).sort()).toEqual(['igra2', 'report.html', 'reports']);
  });

  it('gives the page of a run beside its report, and the data; ends with 3 where a file is damaged', async () => {
    const work = workFolder();
    const reports = join(work, 'output', 'reports');
    const [name = ''] = readdirSync(reports);
    expect(await report({ file: join(reports, name), html: '' })).toMatchObject({ code: 0, messages: '' });
    expect(readFileSync(join(reports, name.replace('.json', '.html')), 'utf8')).toContain('The run <code>');
    truncateSync(join(work, 'output', 'igra2', '0-20000-0-99001_igra2_harvested.nc'), 5000);
    const { code, out, messages } = await report({ file: join(work, 'output'), html: '', json: true });
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      datasets: [{ id: 'igra2', files: 1 }],
      troubles: [{ kind: 'unreadable station file', subject: 'igra2/0-20000-0-99001_igra2_harvested.nc' }],
    });
    expect(messages).toMatch(/^warning: igra2\/0-20000-0-99001_igra2_harvested\.nc: the file has 5000 bytes/);
    expect(existsSync(join(work, 'output', 'report.html'))).toBe(false);
  });

  it('refuses what it cannot do, and writes nothing', async () => {
    const work = workFolder();
    const output = join(work, 'output');
    const empty = join(work, 'output', 'reports', 'none');
    await expect(report({ file: output, html: join(work, 'gone', 'page.html') })).rejects.toMatchObject({
      code: 'ENOENT',
      position: { file: join(work, 'gone', 'page.html') },
    });
    await expect(report({ workdir: work, html: output })).rejects.toMatchObject({
      code: 'USAGE',
      hint: `For the page of ${output}: harvest report ${output} --html`,
    });
    for (const name of ['reports/run.json', 'igra2/0-20000-0-99001_igra2_harvested.nc', 'page'])
      await expect(report({ file: output, html: join(output, name) })).rejects.toMatchObject({
        code: 'USAGE',
        message: expect.stringContaining('does not end in .html'),
      });
    await expect(report({ file: output, html: 'x.html', json: true })).rejects.toMatchObject({
      code: 'USAGE',
    });
    await expect(report({ merge: output, html: '' })).rejects.toMatchObject({ code: 'USAGE' });
    await expect(report({ file: empty, html: '' })).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(report({ file: temporaryFolder(), html: '' })).rejects.toMatchObject({
      code: 'NO_STATION_FILES',
    });
    expect(readdirSync(output).sort()).toEqual(['igra2', 'reports']);
  });

  it('is told from the report of the folder, which is text', async () => {
    const { out } = await report({ file: made.path });
    expect(out).toMatch(/^igra2, \d{8}T\d{6}Z-igra2\nstation +primary id/);
  });
});
