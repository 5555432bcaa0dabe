import { carts } from '../../write-side/cart/controller.js'; // sagas-know-no-other-layer, no-circular
export const saga = carts;
