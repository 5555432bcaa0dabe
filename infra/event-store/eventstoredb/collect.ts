import type { StreamingRead } from '@eventstore/db-client';
import { CallTimeoutError } from './errors.js';

/**
 * Everything that one read answers. The driver's reads have no deadline of their own: here one ends after so many
 * milliseconds without an event.
 */
export function collect<Resolved>(read: StreamingRead<Resolved>, patience: number): Promise<Resolved[]> {
  return new Promise((resolve, reject) => {
    const all: Resolved[] = [];
    const timer = setTimeout(() => {
      reject(new CallTimeoutError(patience));
      read.cancel().catch(() => undefined);
    }, patience);
    read.on('data', (resolved: Resolved) => {
      all.push(resolved);
      timer.refresh();
    });
    read.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    read.on('end', () => {
      clearTimeout(timer);
      resolve(all);
    });
  });
}
