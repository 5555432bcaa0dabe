import { CallTimeoutError } from './errors.js';

const GRACE_MS = 500;

/** Leaves the call its own deadline, but never waits much longer: some of the driver's failures are never told. */
export function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CallTimeoutError(milliseconds)), milliseconds + GRACE_MS);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Undefined when it takes longer. */
export function orLate<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
