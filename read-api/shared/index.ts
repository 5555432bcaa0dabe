export * from './keyset.js';
export * from './list-params.js';
export * from './not-offered.js';
export * from './read-consistency.js';
export * from './reads.js';
export * from './responses.js';
export * from './scan-page.js';
