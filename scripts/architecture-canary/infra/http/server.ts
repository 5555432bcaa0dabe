import { carts } from '../../write-side/cart/controller.js'; // infra-does-not-import-layers
import 'no-such-package'; // no-undeclared-packages
export const server = carts;
import { page } from '../../web/console/page.js'; // layers-know-no-pages
export const pages = page;
