/** The examples of docs/operations: they parse, and they call the command line with the right words. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseShard } from '../../src/run/shard.js';

const EXAMPLES = new URL('../../docs/operations/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, EXAMPLES), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'harvest-operations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Programs that only write down how they are called, one call per line, the words separated by tabs. */
const bin = join(folder, 'bin');
const calls = join(folder, 'calls');
mkdirSync(bin);
function fake(name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/bin/bash\n${body}\n`);
  chmodSync(join(bin, name), 0o755);
}
fake('harvest', `(IFS=$'\\t'; printf '%s\\n' "harvest\t$*" >>"$CALLS"); exit "\${EXIT_CODE:-0}"`);
fake('sbatch', `(IFS=$'\\t'; printf '%s\\n' "sbatch\t$*" >>"$CALLS"); echo 17`);
// One job after the other, as GNU parallel does it with --jobs 1.
fake('parallel', `command="\${!#}"; while read -r line; do sh -c "\${command//'{}'/$line}" </dev/null; done`);

/** Runs a program with the fakes before all others in the PATH; what was called, and how it ended. */
function run(
  command: readonly string[],
  env: Record<string, string> = {},
): { code: number | null; calls: string[][]; stdout: string; stderr: string } {
  rmSync(calls, { force: true });
  const [program = '', ...words] = command;
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    env: { PATH: `${bin}:${process.env.PATH}`, CALLS: calls, ...env },
  });
  const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [];
  return { code: status, stdout, stderr, calls: lines.map((line) => line.split('\t')) };
}

function has(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
}

/** A work folder whose name needs quotes, with a report of an earlier harvest in shards and others that are to stay. */
const workdir = join(folder, 'a b$HOME');
const reports = join(workdir, 'output', 'reports');
const kept = [
  '20200101T000000Z-igra2-merged.json',
  '20200101T000000Z-igra2.json',
  '20200101T000000Z-igra2-shard-3-of-160.json',
  '20200101T000000Z-ncar-shard-3-of-16.json',
].sort();
const forgotten = [
  '20200101T000000Z-igra2-shard-3-of-16.json',
  '20200101T000000Z-igra2-shard-3-of-16-2.json',
];
function earlierReports(): void {
  mkdirSync(reports, { recursive: true });
  for (const name of [...kept, ...forgotten]) writeFileSync(join(reports, name), '{}');
}

const shards = (of: number): string[] => Array.from({ length: of }, (_, i) => `${i + 1}/${of}`);

describe('slurm-array.sh', () => {
  const script = new URL('slurm-array.sh', EXAMPLES).pathname;
  const [, array = ''] = /^#SBATCH --array=(\S+)$/m.exec(read('slurm-array.sh')) ?? [];
  const of = Number(/^SHARDS=(\d+)$/m.exec(read('slurm-array.sh'))?.[1]);

  it('has an array of as many tasks as there are shards', () => {
    expect(array).toBe(`1-${of}`);
  });

  it('harvests a shard per task, with the cores of the task', () => {
    const all = Array.from({ length: of }, (_, i) => {
      const env = { WORKDIR: workdir, SLURM_ARRAY_TASK_ID: String(i + 1), SLURM_CPUS_PER_TASK: '4' };
      const { code, calls } = run(['bash', script], env);
      expect(code).toBe(0);
      return calls;
    }).flat();
    expect(all).toEqual(
      shards(of).map((shard) => [
        ...['harvest', '--source', 'igra2', '--workdir', workdir, '--shard', shard],
        ...['--workers', '4', '--quiet'],
      ]),
    );
  });

  it.each([
    ['0', 0],
    ['3', 0],
    ['4', 4],
    ['130', 130],
  ])('ends a task whose harvest ends with %s with %i', (exitCode, expected) => {
    const env = { WORKDIR: workdir, SLURM_ARRAY_TASK_ID: '2', EXIT_CODE: exitCode };
    expect(run(['bash', script], env).code).toBe(expected);
  });

  it('submits itself, then the merge that waits for it, and forgets the shards of an earlier harvest', () => {
    earlierReports();
    const { code, calls: submitted, stdout } = run(['bash', script], { WORKDIR: workdir });
    expect(code).toBe(0);
    expect(stdout).toBe('array job 17, merge job 17\n');
    expect(submitted).toHaveLength(2);
    expect(submitted[0]).toEqual(['sbatch', '--parsable', script]);
    expect(submitted[1]).toContain('--dependency=afterany:17');
    const wrapped = submitted[1]?.at(-1) ?? '';
    expect(run(['sh', '-c', wrapped], { WORKDIR: workdir }).calls).toEqual([
      ['harvest', 'report', '--merge', join(workdir, 'output')],
    ]);
    expect(readdirSync(reports).sort()).toEqual(kept);
  });

  it('forgets the shards of every dataset where all are harvested', () => {
    earlierReports();
    expect(run(['bash', script], { WORKDIR: workdir, SOURCE: 'all' }).code).toBe(0);
    expect(readdirSync(reports).sort()).toEqual(kept.filter((name) => !name.includes('-of-16.')));
  });

  it('wants to know the work folder', () => {
    expect(run(['bash', script], { SLURM_ARRAY_TASK_ID: '1' })).toMatchObject({
      calls: [],
      stderr: expect.stringContaining('name the shared work folder'),
    });
  });
});

describe('parallel.sh', () => {
  const script = new URL('parallel.sh', EXAMPLES).pathname;

  it('harvests every shard once, then joins the reports, and forgets those of an earlier harvest', () => {
    earlierReports();
    const { code, calls: called } = run(['bash', script], { WORKDIR: workdir });
    expect(code).toBe(0);
    expect(called).toEqual([
      ...shards(16).map((shard) => [
        ...['harvest', '--source', 'igra2', '--workdir', workdir, '--shard', shard, '--quiet'],
      ]),
      ['harvest', 'report', '--merge', join(workdir, 'output')],
    ]);
    expect(readdirSync(reports).sort()).toEqual(kept);
  });

  it('ends as the merged report says, whatever single shards said', () => {
    const { code, calls: called } = run(['bash', script], { WORKDIR: workdir, SHARDS: '3', EXIT_CODE: '4' });
    expect(code).toBe(4);
    expect(called).toHaveLength(4);
  });
});

describe('kubernetes-job.yaml', () => {
  const text = read('kubernetes-job.yaml');
  const command = /^ {12}- \|\n((?: {14}.*\n)+)/m.exec(text)?.[1]?.replaceAll(/^ {14}/gm, '') ?? '';
  const env = Object.fromEntries(
    Array.from(text.matchAll(/\{ name: ([A-Z]+), value: "?([^" }]+)"? \}/g), ([, name, value]) => [
      name,
      value,
    ]),
  ) as Record<string, string>;
  const of = Number(/^ {2}completions: (\d+)$/m.exec(text)?.[1]);

  it('harvests a shard per index', () => {
    expect(env.SHARDS).toBe(String(of));
    const all = Array.from({ length: of }, (_, i) => {
      const { code, calls } = run(['sh', '-c', command], { ...env, JOB_COMPLETION_INDEX: String(i) });
      expect(code).toBe(0);
      return calls;
    }).flat();
    expect(all).toEqual(
      shards(of).map((shard) => [
        ...['harvest', '--source', 'igra2', '--workdir', '/harvest', '--shard', shard],
        ...['--workers', '4', '--quiet'],
      ]),
    );
  });

  it.each([
    ['3', 0],
    ['7', 7],
  ])('ends a pod whose harvest ends with %s with %i', (exitCode, expected) => {
    const { code } = run(['sh', '-c', command], { ...env, JOB_COMPLETION_INDEX: '0', EXIT_CODE: exitCode });
    expect(code).toBe(expected);
  });

  it.skipIf(!has('kubectl'))('is decoded by kubectl (skipped where there is none)', () => {
    const path = new URL('kubernetes-job.yaml', EXAMPLES).pathname;
    const decode = 'kubectl label --local --dry-run=client -f "$0" a=b -o json';
    const json = execFileSync('sh', ['-c', decode, path], { encoding: 'utf8' });
    const objects = json
      .split(/^(?=\{)/m)
      .map((part): { spec: { completions?: number; suspend?: boolean; template: { spec: unknown } } } =>
        JSON.parse(part),
      );
    expect(objects).toHaveLength(2);
    expect(objects[0]?.spec).toMatchObject({ completions: of, completionMode: 'Indexed' });
    expect(objects[0]?.spec.template.spec).toMatchObject({ containers: [{ args: [command] }] });
    expect(objects[1]?.spec).toMatchObject({ suspend: true });
    expect(objects[1]?.spec.template.spec).toMatchObject({
      containers: [{ command: ['harvest', 'report', '--merge', `${env.WORKDIR}/output`] }],
    });
  });
});

describe('harvest.cron', () => {
  it('is an entry of /etc/cron.d that harvests everything every night', () => {
    const lines = read('harvest.cron')
      .split('\n')
      .filter((line) => line !== '' && !/^(#|[A-Z]+=)/.test(line));
    expect(lines).toHaveLength(1);
    const [, when, user, command = ''] = /^((?:\S+ ){5})(\S+) (.*)$/.exec(lines[0] ?? '') ?? [];
    expect(when).toBe('17 3 * * * ');
    expect(user).toBe('harvest');
    // To cron a % is the end of the line.
    expect(command).not.toContain('%');
    expect(run(['sh', '-c', command]).calls).toEqual([
      ['harvest', '--source', 'all', '--workdir', '/var/lib/harvest', '--quiet'],
    ]);
    expect(read('harvest.cron').endsWith('\n')).toBe(true);
  });
});

describe('harvest.service and harvest.timer', () => {
  const service = read('harvest.service');

  it('harvest everything into the folder that systemd makes, and write nowhere else', () => {
    const setting = (name: string): string[] =>
      Array.from(service.matchAll(new RegExp(`^${name}=(.*)$`, 'gm')), ([, value]) => value ?? '');
    const [command = ''] = setting('ExecStart');
    expect(run(['sh', '-c', command.replace('/usr/local/bin/', '')]).calls).toEqual([
      ['harvest', '--source', 'all', '--workdir', '/var/lib/harvest', '--quiet'],
    ]);
    expect(setting('StateDirectory')).toEqual(['harvest']);
    expect(setting('ReadWritePaths')).toEqual(['/var/lib/harvest']);
    expect(setting('ProtectSystem')).toEqual(['strict']);
    expect(setting('NoNewPrivileges')).toEqual(['yes']);
    expect(setting('SuccessExitStatus')).toEqual(['3 130']);
    // Node compiles into memory that it then runs.
    expect(setting('MemoryDenyWriteExecute')).toEqual([]);
  });

  it.skipIf(!has('systemd-analyze'))('pass systemd-analyze verify (skipped where there is none)', () => {
    const units = join(folder, 'units');
    mkdirSync(units);
    // The program is looked for where it is installed.
    const installed = service.replace('/usr/local/bin/harvest', join(bin, 'harvest'));
    expect(installed).not.toBe(service);
    writeFileSync(join(units, 'harvest.service'), installed);
    writeFileSync(join(units, 'harvest.timer'), read('harvest.timer'));
    const { code, stderr } = run([
      ...['sh', '-c', 'systemd-analyze verify --man=no "$0/harvest.service" "$0/harvest.timer"', units],
    ]);
    // What is said of other units of the machine is not about these.
    expect(stderr.split('\n').filter((line) => line.includes('harvest'))).toEqual([]);
    expect(code).toBe(0);
  });
});

describe('README.md', () => {
  const page = read('README.md');

  it('names every file of the folder', () => {
    for (const name of readdirSync(EXAMPLES)) if (name !== 'README.md') expect(page).toContain(`(${name})`);
  });

  it('explains every exit code', async () => {
    const { EXIT } = await import('../../src/errors.js');
    const explained = Array.from(page.matchAll(/^\| ([\d, ]+) *\|/gm), ([, codes]) => codes?.split(',') ?? [])
      .flat()
      .map(Number);
    expect(explained.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  it('has shards that the command line takes', () => {
    for (const [, shard = ''] of page.matchAll(/--shard (\S+?)`/g)) expect(parseShard(shard).of).toBe(4);
  });

  it('and the shell files parse', () => {
    for (const [, block = ''] of page.matchAll(/^```sh\n([\s\S]*?)^```$/gm))
      execFileSync('bash', ['-n'], { input: block });
    for (const name of readdirSync(EXAMPLES).filter((file) => file.endsWith('.sh')))
      execFileSync('bash', ['-n', new URL(name, EXAMPLES).pathname]);
  });
});
