import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const CouponsNewPage = lazy(() => import('./coupons-new-page.js'));
const PromotionEditPage = lazy(() => import('./promotion-edit-page.js'));
const PromotionNewPage = lazy(() => import('./promotion-new-page.js'));
const PromotionsPage = lazy(() => import('./promotions-page.js'));
const PromotionPage = lazy(() => import('./promotion-page.js'));

export const pages: readonly Page[] = [
  { path: '/promotions', title: 'Promotions', roles: ['support', 'admin'], inNav: true, component: PromotionsPage },
  { path: '/promotions/:id', title: 'Promotion', roles: ['support', 'admin'], inNav: false, component: PromotionPage },
  // Not below `/promotions`, where it would be an id.
  { path: '/promotions-new', title: 'A new promotion', roles: ['admin'], inNav: false, component: PromotionNewPage },
  {
    path: '/promotions/:id/edit',
    title: 'Edit a promotion',
    roles: ['admin'],
    inNav: false,
    component: PromotionEditPage,
  },
  {
    path: '/promotions/:id/coupons-new',
    title: 'Issue coupons',
    roles: ['admin'],
    inNav: false,
    component: CouponsNewPage,
  },
];
