import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const ChannelsPage = lazy(() => import('./channels-page.js'));

export const pages: readonly Page[] = [
  {
    path: '/channels',
    title: 'Channels',
    roles: ['support', 'analyst', 'admin'],
    inNav: true,
    component: ChannelsPage,
  },
];
