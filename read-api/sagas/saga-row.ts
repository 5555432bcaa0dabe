import type { SagaDocument } from '../../projections/saga/index.js';
import type { SagaRow } from './saga-view.js';

/** What lists show of a process. */
export const sagaRow = ({
  name,
  id,
  orderId = null,
  state,
  since,
}: Omit<SagaDocument, 'version' | 'orderId'> & { readonly orderId?: string | null }): SagaRow => ({
  name,
  id,
  orderId,
  state,
  since,
});
