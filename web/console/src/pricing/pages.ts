import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const PolicyEditPage = lazy(() => import('./policy-edit-page.js'));
const PricingPage = lazy(() => import('./pricing-page.js'));

export const pages: readonly Page[] = [
  { path: '/pricing', title: 'Taxes and shipping', roles: ['support', 'admin'], inNav: true, component: PricingPage },
  {
    path: '/pricing/edit',
    title: 'Edit taxes and shipping',
    roles: ['admin'],
    inNav: false,
    component: PolicyEditPage,
  },
];
