import { isLeaseCollection } from '../../infra/lease/index.js';
import { heldBuilds } from './held-builds.js';
import { knownBuilds } from './known-builds.js';
import { parkedEvents, parkedKeys } from './parked-keys.js';
import { retryRequests } from './retry-requests.js';

const OWN = new Set([parkedKeys, parkedEvents, heldBuilds, knownBuilds, retryRequests].map(({ name }) => name));

/** Whether a collection is the runner's own book-keeping and no read model. */
export const isOwnCollection = (name: string): boolean => OWN.has(name) || isLeaseCollection(name);
