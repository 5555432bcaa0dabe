import { pages as attention } from './attention/pages.js';
import { pages as channels } from './channels/pages.js';
import { pages as giftCards } from './gift-cards/pages.js';
import { pages as invariants } from './invariants/pages.js';
import { pages as orders } from './orders/pages.js';
import type { Page } from './page.js';
import { pages as pricing } from './pricing/pages.js';
import { pages as products } from './products/pages.js';
import { pages as projections } from './projections/pages.js';
import { pages as promotions } from './promotions/pages.js';
import { pages as sagas } from './sagas/pages.js';
import { pages as sales } from './sales/pages.js';

/** Every page, in the order of the navigation; each context has its own in a folder of its own. */
export const pages: readonly Page[] = [
  ...attention,
  ...orders,
  ...products,
  ...promotions,
  ...giftCards,
  ...channels,
  ...pricing,
  ...sales,
  ...sagas,
  ...projections,
  ...invariants,
];
