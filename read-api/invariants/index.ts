import { InvariantsController } from './invariants.controller.js';

export const invariantReads = { controllers: [InvariantsController], handlers: [] };

export { INVARIANT_SWEEP, InvariantSweep } from './invariant-sweep.js';
export { INVARIANTS } from './invariants.js';
export type { InvariantName } from './invariants.js';
