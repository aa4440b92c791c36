// Loaded into a measured process: writes what the process has used when it ends.
import { readFileSync, writeFileSync } from 'node:fs';

/** Linux hands the peak of the parent down to a process that it starts (`ru_maxrss`); `VmHWM` is the process's own. */
function peakKilobytes(maxRSS) {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? maxRSS);
  } catch {
    return maxRSS;
  }
}

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuMicroseconds: userCPUTime + systemCPUTime, peakKilobytes: peakKilobytes(maxRSS) };
  writeFileSync(process.env.BENCH_USAGE_FILE, JSON.stringify(usage));
});
