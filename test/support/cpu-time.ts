/** Time that this process has computed: what a hang of a parser costs, whatever else the machine does meanwhile. */

/** Milliseconds of CPU time of all threads of the process. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
