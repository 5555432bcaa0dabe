import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const PromotionsPage = lazy(() => import('./promotions-page.js'));
const PromotionPage = lazy(() => import('./promotion-page.js'));

export const pages: readonly Page[] = [
  { path: '/promotions', title: 'Promotions', roles: ['support', 'admin'], inNav: true, component: PromotionsPage },
  { path: '/promotions/:id', title: 'Promotion', roles: ['support', 'admin'], inNav: false, component: PromotionPage },
];
