import type { Target } from '../action/action-dialog.js';

/** A product, or its stock, as what a dialog acts upon. Its writes are no answer to what was seen, and so are not guarded by it. */
export const productTarget = (sku: string, version = 0): Target => ({
  version,
  queryKey: ['product', sku],
  changesSince: async () => ({ titles: [], version }),
});
