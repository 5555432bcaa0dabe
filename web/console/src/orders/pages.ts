import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const OrdersPage = lazy(() => import('./orders-page.js'));
const OrderPage = lazy(() => import('./order-page.js'));

export const pages: readonly Page[] = [
  { path: '/orders', title: 'Orders', roles: ['support', 'admin'], inNav: true, component: OrdersPage },
  { path: '/orders/:id', title: 'Order', roles: ['support', 'admin'], inNav: false, component: OrderPage },
];
