import { saga } from '../../sagas/checkout/saga.js'; // projections-know-no-other-layer
export const model = saga;
