import { given } from '../shared/test-support/index.js';
import { channelDecider, channelOf, channelView, sells } from './index.js';
import type { ChangeChannel, ChannelEvent, ChannelState, CreateChannel } from './index.js';

const channels = given(channelDecider);

const austria = {
  code: 'shop-at',
  name: 'Shop Austria',
  currencies: ['EUR'],
  countries: ['AT', 'DE'],
  locale: 'de-AT',
  timeZone: 'Europe/Vienna',
};
const create = (given: Partial<CreateChannel> = {}): CreateChannel => ({
  type: 'create-channel',
  ...austria,
  ...given,
});
const change = (given: Partial<ChangeChannel>): ChangeChannel => ({
  type: 'change-channel',
  code: 'shop-at',
  ...given,
});
const created: ChannelEvent = { type: 'channel.created.v1', data: austria };
const problems = (paths: readonly string[]) => ({
  errors: paths.map((path) => ({ path, message: expect.any(String) as string })),
});

describe('a channel', () => {
  it('is created once, with each code once and its locale as it is usually written', () => {
    channels.when(create()).then(created);
    channels.when(create({ currencies: ['EUR', 'EUR'], locale: 'DE-at' })).then(created);
    channels.events(created).when(create()).refused('CHANNEL.CODE_TAKEN');
  });

  it('is refused with all that is wrong with it', () => {
    const wrong = {
      currencies: ['EUR', 'EURO'],
      countries: ['AT', 'Austria'],
      locale: 'de_AT',
      timeZone: 'Vienna',
    };
    const paths = ['currencies.1', 'countries.1', 'locale', 'timeZone'];
    channels.when(create(wrong)).refused('CHANNEL.INVALID', problems(paths));
    channels.events(created).when(change(wrong)).refused('CHANNEL.INVALID', problems(paths));
    const empty = { currencies: [], countries: [], locale: 'deutsch', timeZone: '+01:00' };
    channels
      .when(create(empty))
      .refused('CHANNEL.INVALID', problems(['currencies', 'countries', 'locale', 'timeZone']));
  });

  it('changes what is said of it, and nothing where it is so already', () => {
    const data = { code: 'shop-at', name: 'Austria' };
    channels.events(created).when(change(data)).thenOnce({ type: 'channel.changed.v1', data });
    channels
      .events(created)
      .when(change({ ...austria, locale: 'de-at' }))
      .then();
    channels.when(change({ name: 'Austria' })).refused('CHANNEL.NOT_FOUND');
  });

  it('sells in its currencies, to buyers of its countries and those who have not said where they are', () => {
    const at = (events: readonly ChannelEvent[], wanted: { currency: string; country?: string }) => {
      const channel = channelOf('shop-at', channels.events(...events).state());
      return channel !== null && sells(channel, wanted);
    };
    expect(at([created], { currency: 'EUR' })).toBe(true);
    expect(at([created], { currency: 'EUR', country: 'DE' })).toBe(true);
    expect(at([created], { currency: 'EUR', country: 'FR' })).toBe(false);
    expect(at([created], { currency: 'CHF', country: 'DE' })).toBe(false);
    const everywhere: ChannelEvent = { type: 'channel.changed.v1', data: { code: 'shop-at', countries: null } };
    expect(at([created, everywhere], { currency: 'EUR', country: 'FR' })).toBe(true);
    channels
      .events(created, everywhere)
      .when(change({ countries: null }))
      .then();
  });
});

describe('the default channel', () => {
  const known = (state: ChannelState) => channelOf('default', state);

  it('is there before any event and sells everything', () => {
    const channel = known(channels.state());
    expect(channel !== null && sells(channel, { currency: 'KWD', country: 'QA' })).toBe(true);
    expect(channel && channelView(channel, -1)).not.toHaveProperty('version');
    expect(channelOf('shop-at', channels.state())).toBeNull();
    channels.when(create({ code: 'default' })).refused('CHANNEL.CODE_TAKEN');
  });

  it('can be called otherwise, and sells everything still', () => {
    const data = { code: 'default', name: 'The shop', timeZone: 'Europe/Berlin' };
    const called: ChannelEvent = { type: 'channel.changed.v1', data };
    channels.when(change(data)).thenOnce(called);
    const channel = known(channels.events(called).state());
    expect(channel).toMatchObject(data);
    expect(channel !== null && sells(channel, { currency: 'KWD' })).toBe(true);
    channels
      .when(change({ code: 'default', currencies: ['EUR'], countries: ['DE'] }))
      .refused('CHANNEL.INVALID', problems(['currencies', 'countries']));
    channels.when(change({ code: 'default', countries: null })).then();
  });
});
