import { describe, expect, it } from 'vitest';
import { StorageError } from '../../src/errors.js';
import {
  runSchedule,
  type ScheduleClock,
  type ScheduleOptions,
  type ScheduleSummary,
  systemClock,
} from '../../src/run/schedule.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A clock that passes when it is slept on, and can be set. */
interface TestClock extends ScheduleClock {
  time: number;
  slept: number[];
  /** Called after every sleep. */
  onWake: () => void;
}

function clockAt(start: string): TestClock {
  const clock: TestClock = {
    time: Date.parse(start),
    slept: [],
    onWake: () => {},
    now: () => new Date(clock.time),
    sleep: async (milliseconds) => {
      clock.slept.push(milliseconds);
      clock.time += milliseconds;
      clock.onWake();
    },
  };
  return clock;
}

interface Scheduled extends ScheduleSummary {
  planned: string[];
  messages: string[];
}

/** Runs a schedule until `last` harvests have been started. */
async function scheduled(
  clock: ScheduleClock,
  last: number,
  harvest: (count: number, at: Date) => number | Promise<number>,
  more: Partial<ScheduleOptions> = {},
): Promise<Scheduled> {
  const controller = new AbortController();
  const planned: string[] = [];
  const messages: string[] = [];
  const summary = await runSchedule({
    expression: '17 3 * * *',
    clock,
    signal: controller.signal,
    onMessage: (message) => messages.push(message),
    run: async (at) => {
      planned.push(at.toISOString());
      try {
        return await harvest(planned.length, at);
      } finally {
        if (planned.length === last) controller.abort();
      }
    },
    ...more,
  });
  return { ...summary, planned, messages };
}

describe('runSchedule', () => {
  it('harvests at the planned times, in UTC, and tells the next one', async () => {
    const clock = clockAt('2026-02-27T10:00:00Z');
    const { planned, messages, ...summary } = await scheduled(clock, 3, () => 0);
    expect(planned).toEqual([
      '2026-02-28T03:17:00.000Z',
      '2026-03-01T03:17:00.000Z',
      '2026-03-02T03:17:00.000Z',
    ]);
    expect(summary).toEqual({ runs: 3, failed: 0, skipped: 0 });
    expect(messages).toEqual([
      'next harvest at 2026-02-28T03:17:00Z',
      'next harvest at 2026-03-01T03:17:00Z',
      'next harvest at 2026-03-02T03:17:00Z',
    ]);
  });

  it.each([
    // The clocks go from 02:00 to 03:00 on 29 March and back on 25 October.
    ['17 3 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:17:00.000Z', '2026-03-30T01:17:00.000Z']],
    ['17 3 * * *', '2026-10-24T12:00:00Z', ['2026-10-25T02:17:00.000Z', '2026-10-26T02:17:00.000Z']],
    ['30 2 * * *', '2026-10-24T12:00:00Z', ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']],
    ['0 12 * * 1', '2026-10-24T12:00:00Z', ['2026-10-26T11:00:00.000Z', '2026-11-02T11:00:00.000Z']],
  ])('follows a time zone when it is given: %s from %s', async (expression, start, times) => {
    const { planned } = await scheduled(clockAt(start), 2, () => 0, {
      expression,
      timezone: 'Europe/Vienna',
    });
    expect(planned).toEqual(times);
  });

  it('sleeps an hour at most, also for months', async () => {
    const clock = clockAt('2026-01-01T00:00:00Z');
    const { planned } = await scheduled(clock, 1, () => 0, { expression: '30 6 1 7 *' });
    expect(planned).toEqual(['2026-07-01T06:30:00.000Z']);
    expect(Math.max(...clock.slept)).toBe(HOUR);
    expect(clock.slept.reduce((a, b) => a + b)).toBe(Date.UTC(2026, 6, 1, 6, 30) - Date.UTC(2026, 0, 1));
  });

  it('skips times that pass during a harvest, says so once and counts them', async () => {
    const clock = clockAt('2026-01-01T00:00:00Z');
    const { planned, messages, skipped } = await scheduled(
      clock,
      3,
      (count) => {
        clock.time += count === 1 ? 150 * MINUTE : count === 2 ? 65 * MINUTE : 0;
        return 0;
      },
      { expression: '0 * * * *' },
    );
    expect(planned.map((time) => time.slice(11, 16))).toEqual(['01:00', '04:00', '06:00']);
    expect(skipped).toBe(3);
    expect(messages.filter((message) => message.endsWith('skipped'))).toEqual([
      '2 planned times (2026-01-01T02:00:00Z to 2026-01-01T03:00:00Z) passed while the harvest of 2026-01-01T01:00:00Z was under way: skipped',
      'the planned time 2026-01-01T05:00:00Z passed while the harvest of 2026-01-01T04:00:00Z was under way: skipped',
    ]);
  });

  it('harvests once when a suspended machine is back', async () => {
    const clock = clockAt('2026-01-01T00:00:00Z');
    let woken = 0;
    clock.onWake = () => {
      if (++woken === 2) clock.time += 72 * HOUR;
    };
    const { planned, messages, skipped } = await scheduled(clock, 2, () => 0);
    expect(planned).toEqual(['2026-01-03T03:17:00.000Z', '2026-01-04T03:17:00.000Z']);
    expect(skipped).toBe(2);
    expect(messages).toContain(
      '2 planned times (2026-01-01T03:17:00Z to 2026-01-02T03:17:00Z) passed while the machine was suspended or its clock was set: skipped',
    );
  });

  it('does not repeat a planned time when the clock is set back a little', async () => {
    const clock = clockAt('2026-01-01T00:00:00Z');
    const { planned } = await scheduled(clock, 2, () => {
      clock.time -= 10 * MINUTE;
      return 0;
    });
    expect(planned).toEqual(['2026-01-01T03:17:00.000Z', '2026-01-02T03:17:00.000Z']);
  });

  it('plans anew when a clock that was far ahead is set right', async () => {
    const clock = clockAt('2062-01-01T00:00:00Z');
    clock.onWake = () => {
      if (clock.time > Date.UTC(2060, 0)) clock.time = Date.UTC(2026, 0, 5, 12);
    };
    const { planned, skipped } = await scheduled(clock, 1, () => 0);
    expect(planned).toEqual(['2026-01-06T03:17:00.000Z']);
    expect(skipped).toBe(0);
  });

  it('comes to an end when the clock jumps from 1970 to today', async () => {
    const clock = clockAt('1970-01-01T00:00:00Z');
    clock.onWake = () => {
      if (clock.time < Date.UTC(1980, 0)) clock.time = Date.UTC(2026, 0);
    };
    const { runs, skipped, planned } = await scheduled(clock, 2, () => 0, { expression: '* * * * *' });
    expect(runs).toBe(2);
    expect(skipped).toBe(10_000);
    expect(planned[1]).toBe('2026-01-01T00:01:00.000Z');
  });

  it('tells a harvest that failed and goes on', async () => {
    const outcomes: (() => number)[] = [
      () => 4,
      () => {
        throw new StorageError('ENOSPC', 'cannot write x: no space left', { hint: 'Free some space.' });
      },
      () => 3,
      () => {
        throw new TypeError('oops');
      },
      () => 0,
    ];
    const clock = clockAt('2026-01-01T00:00:00Z');
    const { messages, ...summary } = await scheduled(clock, 5, (count) => outcomes[count - 1]?.() ?? 0);
    expect(summary).toMatchObject({ runs: 5, failed: 3, skipped: 0 });
    expect(messages.filter((message) => !message.startsWith('next'))).toEqual([
      'the harvest of 2026-01-01T03:17:00Z ended with exit code 4; the schedule goes on',
      'the harvest of 2026-01-02T03:17:00Z failed: cannot write x: no space left [ENOSPC] (Free some space.); the schedule goes on',
      'the harvest of 2026-01-04T03:17:00Z failed: TypeError: oops; the schedule goes on',
    ]);
  });
});

describe('the end of a schedule', () => {
  it('is at once while it sleeps, on the clock of the machine', async () => {
    const begun = Date.now();
    const summary = await runSchedule({
      expression: '0 0 1 1 *',
      clock: systemClock,
      run: async () => 0,
      onMessage: () => {},
      signal: AbortSignal.timeout(30),
    });
    expect(summary).toEqual({ runs: 0, failed: 0, skipped: 0 });
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  it('waits for the harvest to abandon its work, which is no failure', async () => {
    const controller = new AbortController();
    const steps: string[] = [];
    const clock = clockAt('2026-01-01T00:00:00Z');
    const summary = await runSchedule({
      expression: '17 3 * * *',
      clock,
      signal: controller.signal,
      onMessage: () => {},
      run: async (_, signal) => {
        setTimeout(() => controller.abort(), 10);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        steps.push('aborted');
        await new Promise((resolve) => setTimeout(resolve, 10));
        steps.push('tidied up');
        return 130;
      },
    });
    expect(steps).toEqual(['aborted', 'tidied up']);
    expect(summary).toEqual({ runs: 1, failed: 0, skipped: 0 });
  });

  it('is before the first harvest where the signal was aborted already', async () => {
    const { runs } = await scheduled(clockAt('2026-01-01T00:00:00Z'), 1, () => 0, {
      signal: AbortSignal.abort(),
    });
    expect(runs).toBe(0);
  });

  it('is an error of the clock where the clock fails', async () => {
    const clock = {
      ...clockAt('2026-01-01T00:00:00Z'),
      sleep: async () => Promise.reject(new Error('stuck')),
    };
    await expect(scheduled(clock, 1, () => 0)).rejects.toThrow('stuck');
  });
});

describe('an expression', () => {
  it.each([
    ['', 'it has 0 fields, not 5'],
    ['17 3 * *', 'it has 4 fields, not 5'],
    ['0 17 3 * * *', 'it has 6 fields, not 5'],
    ['2030-01-01T00:00:00', 'it has 1 fields, not 5'],
    ['daily', 'it has 1 fields, not 5'],
    ['@never', /^"@never" is not a schedule: /],
    ['60 3 * * *', /minute/],
    ['17 25 * * *', /hour/],
    ['a b c d e', /^"a b c d e" is not a schedule: /],
    ['0 0 30 2 *', 'no such time ever comes'],
  ])('%j is refused with an example', async (expression, message) => {
    const harvest = scheduled(clockAt('2026-01-01T00:00:00Z'), 1, () => 0, { expression });
    await expect(harvest).rejects.toMatchObject({
      name: 'UsageError',
      code: 'INVALID_SCHEDULE',
      message:
        typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
      hint: expect.stringContaining('"17 3 * * *"'),
    });
  });

  it('with an unknown time zone is refused', async () => {
    const harvest = scheduled(clockAt('2026-01-01T00:00:00Z'), 1, () => 0, { timezone: 'Mars/Olympus' });
    await expect(harvest).rejects.toMatchObject({
      code: 'INVALID_SCHEDULE',
      message: expect.stringContaining('Mars'),
    });
  });

  it('may be a nickname, or a day that comes every four years', async () => {
    const weekly = await scheduled(clockAt('2026-01-01T00:00:00Z'), 1, () => 0, { expression: '@weekly' });
    expect(weekly.planned).toEqual(['2026-01-04T00:00:00.000Z']);
    const leap = await scheduled(clockAt('2026-01-01T00:00:00Z'), 1, () => 0, { expression: '0 0 29 2 *' });
    expect(leap.planned).toEqual(['2028-02-29T00:00:00.000Z']);
  });
});
