// What a process has used, by the kernel's count (Linux; null elsewhere).
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;
const MIB = 2 ** 20;

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

/** The most memory that the process has had at once, MiB. */
export function peakMemory(pid) {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes === undefined ? null : (Number(kilobytes) * 1024) / MIB;
}
