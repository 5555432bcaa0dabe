import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who has a lease, as it is recorded. */
export type Holder = {
  readonly host: string;
  readonly pid: number;
  readonly released: boolean;
};

/** Process ids mean something on this host, within this process-id namespace (a container has its own). */
const host = `${hostname()} ${pidNamespace()}`;

export const thisProcess = (): Holder => ({ host, pid: process.pid, released: false });

/** Whether the holder is known to be gone; false where that cannot be told from here. */
export function isGone({ host: other, pid, released }: Holder): boolean {
  if (released) return true;
  return other === host && pid !== process.pid && !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process cannot be signalled, and runs.
    return !(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH');
  }
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
