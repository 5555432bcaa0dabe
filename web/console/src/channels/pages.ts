import { lazy } from 'preact/compat';
import type { Page } from '../page.js';

const ChannelEditPage = lazy(() => import('./channel-edit-page.js'));
const ChannelNewPage = lazy(() => import('./channel-new-page.js'));
const ChannelsPage = lazy(() => import('./channels-page.js'));

export const pages: readonly Page[] = [
  {
    path: '/channels',
    title: 'Channels',
    roles: ['support', 'analyst', 'admin'],
    inNav: true,
    component: ChannelsPage,
  },
  // Not below `/channels`, where it would be a code.
  { path: '/channels-new', title: 'A new channel', roles: ['admin'], inNav: false, component: ChannelNewPage },
  { path: '/channels/:code/edit', title: 'Edit a channel', roles: ['admin'], inNav: false, component: ChannelEditPage },
];
