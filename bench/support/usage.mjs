// What a process has used, by the kernel's count (Linux; null elsewhere).
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

function cpuSeconds(file) {
  const [, fields] = /\) (.*)/s.exec(readFileSync(file, 'utf8'));
  const [user, system] = fields.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / TICKS_A_SECOND;
}

/** CPU seconds of the process and of each of its threads, and bytes that it had written to the disk. */
export function usageOf(pid) {
  const directory = `/proc/${pid}`;
  if (!existsSync(`${directory}/task`)) return null;
  const threads = new Map(
    readdirSync(`${directory}/task`).map((id) => [id, cpuSeconds(`${directory}/task/${id}/stat`)]),
  );
  const [, written] = /write_bytes: (\d+)/.exec(readFileSync(`${directory}/io`, 'utf8'));
  return { pid: String(pid), all: cpuSeconds(`${directory}/stat`), threads, written: Number(written) };
}

/** CPU seconds between two readings: of all, of the first thread, and of the others, the busiest first. */
export function cpuBetween(before, after) {
  const spent = (id) => after.threads.get(id) - (before.threads.get(id) ?? 0);
  const others = [...after.threads.keys()].filter((id) => id !== after.pid).map(spent);
  return { all: after.all - before.all, main: spent(after.pid), others: others.sort((a, b) => b - a) };
}

const kilobytesOf = (status, name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]);

/** The memory of the process, resident: now, and the most that it has had at once; MiB. */
export function memoryOf(pid) {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const status = readFileSync(file, 'utf8');
  return { now: kilobytesOf(status, 'VmRSS') / 1024, peak: kilobytesOf(status, 'VmHWM') / 1024 };
}
