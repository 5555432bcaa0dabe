export { Alert } from './alert.js';
export { AmountInput } from './amount-input.js';
export { Amount, Asked, DiffersContext, Field, Time, WhyContext } from './field.js';
export { Paging } from './paging.js';
export { Status } from './status.js';
export { Table } from './table.js';
export type { Column } from './table.js';
export { useCursors } from './use-cursors.js';
