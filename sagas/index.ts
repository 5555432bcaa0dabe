import { authorizationSaga } from './authorization/index.js';
import { checkoutSaga } from './checkout/index.js';
import { disputeSaga } from './dispute/index.js';
import { fulfilmentSaga } from './fulfilment/index.js';
import { refundSaga } from './refund/index.js';
import type { AnySaga } from './saga.js';

export * from './cart-abandonment/index.js';
export { createDispatcher } from './dispatcher/index.js';
export * from './runner/index.js';
export type * from './saga.js';

/** Every process of the engine. */
export const sagas: readonly AnySaga[] = [checkoutSaga, authorizationSaga, fulfilmentSaga, refundSaga, disputeSaga];
