import { secret } from '../../domain/order/decider.js'; // outside-sees-a-context-by-its-index
import { store } from '../../infra/event-store/sqlite/store.js'; // only-the-composition-root-names-adapters
import { main } from '../../infra/app/main.js'; // layers-do-not-import-the-composition-root
import { model } from '../../projections/cart/model.js'; // write-side-reads-no-read-model
import { fake } from './cart.spec.js'; // no-test-code-in-the-product
export const carts = [secret, store, main, model, fake];
