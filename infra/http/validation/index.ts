export * from './commerce-fields.js';
export * from './countries.js';
export * from './nested-fields.js';
export * from './number-fields.js';
export { OptionalBody } from './optional-body.js';
export * from './query-fields.js';
export * from './text-fields.js';
export * from './time-fields.js';
