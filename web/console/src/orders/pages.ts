import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const OrdersPage = lazy(() => import('./orders-page.js'));
const CausationPage = lazy(() => import('./causation/causation-page.js'));
const ChangesPage = lazy(() => import('./changes/changes-page.js'));
const OrderPage = lazy(() => import('./order-page.js'));

export const pages: readonly Page[] = [
  { path: '/orders', title: 'Orders', roles: ['support', 'admin'], inNav: true, component: OrdersPage },
  { path: '/orders/:id', title: 'Order', roles: ['support', 'admin'], inNav: false, component: OrderPage },
  {
    path: '/orders/:id/causation',
    title: 'Causation',
    roles: ['support', 'admin'],
    inNav: false,
    component: CausationPage,
  },
  { path: '/orders/:id/changes', title: 'Changes', roles: ['support', 'admin'], inNav: false, component: ChangesPage },
];
