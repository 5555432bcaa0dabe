import { useQuery } from '@tanstack/react-query';
import { api } from './engine.js';

/** The time zone of the shop: of its default channel. */
export const useShopZone = () =>
  useQuery({
    queryKey: ['shop-zone'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/channels', { params: { query: {} }, signal });
      const found = data?.items.find(({ code }) => code === 'default') ?? data?.items[0];
      return found?.timeZone ?? 'UTC';
    },
  });
