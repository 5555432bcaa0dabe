import { carts } from '../../write-side/cart/controller.js'; // sagas-send-commands-only-through-the-executor, no-circular
export const saga = carts;
