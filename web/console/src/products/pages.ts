import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const PricesEditPage = lazy(() => import('./prices-edit-page.js'));
const ProductsPage = lazy(() => import('./products-page.js'));
const ProductEditPage = lazy(() => import('./product-edit-page.js'));
const ProductNewPage = lazy(() => import('./product-new-page.js'));
const ProductPage = lazy(() => import('./product-page.js'));

export const pages: readonly Page[] = [
  { path: '/products', title: 'Products', roles: ['support', 'admin'], inNav: true, component: ProductsPage },
  // Not below `/products`, where it would be a SKU.
  { path: '/products-new', title: 'A new product', roles: ['admin'], inNav: false, component: ProductNewPage },
  { path: '/products/:sku', title: 'Product', roles: ['support', 'admin'], inNav: false, component: ProductPage },
  { path: '/products/:sku/edit', title: 'Edit a product', roles: ['admin'], inNav: false, component: ProductEditPage },
  { path: '/products/:sku/prices', title: 'Prices', roles: ['admin'], inNav: false, component: PricesEditPage },
];
