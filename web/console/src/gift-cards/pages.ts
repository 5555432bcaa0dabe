import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const GiftCardsPage = lazy(() => import('./gift-cards-page.js'));

export const pages: readonly Page[] = [
  { path: '/gift-cards', title: 'Gift cards', roles: ['support', 'admin'], inNav: true, component: GiftCardsPage },
];
