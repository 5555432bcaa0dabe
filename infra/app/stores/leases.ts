import { createLease, type Lease } from '../../lease/index.js';
import type { DocumentStore } from '../../document-store/index.js';
import type { ReadModelStore } from '../../read-model-store/index.js';

/** The lease of the process whose runners keep the read models. */
export const projectionsLease = ({ documents }: Pick<ReadModelStore, 'documents'>): Lease =>
  createLease({ store: documents, name: 'projections' });

/** The lease of the process that runs the sagas, in the document store of the processes. */
export const sagasLease = (processes: DocumentStore): Lease => createLease({ store: processes, name: 'sagas' });
