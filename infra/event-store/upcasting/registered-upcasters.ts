import type { Upcaster } from '../../../domain/shared/upcaster.js';

/** Every context's `upcasters.ts`, added here together with the first one that it has. No stored version is old yet. */
export const registeredUpcasters: readonly Upcaster[] = [];
