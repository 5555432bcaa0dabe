export { Alert } from './alert.js';
export { AmountInput } from './amount-input.js';
export { Amount, DiffersContext, Field, Time } from './field.js';
export { Paging } from './paging.js';
export { Status } from './status.js';
export { Table } from './table.js';
export type { Column } from './table.js';
export { useCursors } from './use-cursors.js';
