import { createLease, type Lease } from '../../lease/index.js';
import type { DocumentStore } from '../../document-store/index.js';
import type { ReadModelStore } from '../../read-model-store/index.js';

/** Whose runners keep the read models. */
export const projectionsLease = ({ documents }: Pick<ReadModelStore, 'documents'>): Lease =>
  createLease({ store: documents, name: 'projections' });

/** Whose runner runs the sagas; in the store of what the processes note for themselves. */
export const sagasLease = (processes: DocumentStore): Lease => createLease({ store: processes, name: 'sagas' });
