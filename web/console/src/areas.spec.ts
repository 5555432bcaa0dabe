import { areaAt, areasOf, homeOf } from './areas.js';

describe('the areas of the console', () => {
  it('are the console and the analytics for admins, one of the two for others', () => {
    const titles = (role: 'admin' | 'support' | 'analyst') => areasOf(role).map(({ title }) => title);
    expect([titles('admin'), titles('support'), titles('analyst')]).toEqual([
      ['Console', 'Analytics'],
      ['Console'],
      ['Analytics'],
    ]);
    expect([homeOf('admin'), homeOf('analyst')]).toEqual(['/', '/analytics']);
  });

  it('are told apart by the beginning of the address', () => {
    const areas = areasOf('admin');
    const at = (location: string) => areaAt(areas, location)?.title;
    expect([at('/analytics'), at('/analytics/events'), at('/orders/1'), at('/analyticsx')]).toEqual([
      'Analytics',
      'Analytics',
      'Console',
      'Console',
    ]);
  });

  it('have every page below their own path', () => {
    const analytics = areasOf('analyst')[0];
    expect(analytics?.pages.every(({ path }) => path.startsWith('/analytics/'))).toBe(true);
  });
});
