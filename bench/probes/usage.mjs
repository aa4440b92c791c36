// Loaded into a measured process: writes what the process has used when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuMicroseconds: userCPUTime + systemCPUTime, peakKilobytes: maxRSS };
  writeFileSync(process.env.BENCH_USAGE_FILE, JSON.stringify(usage));
});
