import { carts } from '../../write-side/cart/controller.js'; // infra-does-not-import-layers
import 'no-such-package'; // no-undeclared-packages
export const server = carts;
