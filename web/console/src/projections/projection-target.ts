import type { Target } from '../action/action-dialog.js';

/** A read model as what a dialog acts upon: it has no revision that could be another by then. */
export const targetOf = (name: string): Target => ({
  version: 0,
  queryKey: ['projection', name],
  changesSince: async () => ({ titles: [], version: 0 }),
});
