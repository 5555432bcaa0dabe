import { createLease, type Lease } from '../lease/index.js';
import type { ReadStore } from '../read-store/index.js';

/** Whose runners keep the read models. */
export const projectionsLease = (readStore: ReadStore): Lease => createLease({ store: readStore, name: 'projections' });

/** Whose runner runs the sagas; in the store of what the processes derive for themselves. */
export const sagasLease = (processes: ReadStore): Lease => createLease({ store: processes, name: 'sagas' });
