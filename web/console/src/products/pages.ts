import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const ProductsPage = lazy(() => import('./products-page.js'));
const ProductPage = lazy(() => import('./product-page.js'));

export const pages: readonly Page[] = [
  { path: '/products', title: 'Products', roles: ['support', 'admin'], inNav: true, component: ProductsPage },
  { path: '/products/:sku', title: 'Product', roles: ['support', 'admin'], inNav: false, component: ProductPage },
];
