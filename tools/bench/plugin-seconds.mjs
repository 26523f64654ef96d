/**
 * How long Nx waited for this plugin, as its log says (NX_PERF_LOGGING). It includes the time that the data takes to the process
 * of the plugin and back.
 *
 * @param {string} log
 * @throws if the log does not mention the plugin
 */
export function pluginSeconds(log) {
  // Nx 24 logs createNodes twice: in its own process, and in the one of the plugin.
  const times = new Map();
  for (const [, step, milliseconds] of log.matchAll(/'@verify-exports\/nx:(\w+)' ([\d.]+)ms/g))
    times.set(step, Math.max(times.get(step) ?? 0, Number(milliseconds)));
  if (times.size === 0) throw new Error(`Nx did not use the plugin:\n${log.slice(-2000)}`);
  return [...times.values()].reduce((sum, time) => sum + time, 0) / 1000;
}
