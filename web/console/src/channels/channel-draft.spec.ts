import type { Schema } from '../../../shared/api/index.js';
import { channelDraft, readChannel } from './channel-draft.js';

const channel: Schema<'Channel'> = {
  code: 'at',
  name: 'Austria',
  currencies: ['EUR', 'CHF'],
  countries: ['AT'],
  locale: 'de-AT',
  timeZone: 'Europe/Vienna',
};

describe('a channel that is typed', () => {
  it('is the one that it was made of where nothing was typed', () => {
    expect(readChannel(channelDraft(channel))).toEqual({ body: channel, misfits: [] });
  });

  it('has its codes in capitals, and every country where none is named', () => {
    const draft = { ...channelDraft(channel), currencies: 'eur,chf', countries: ' ' };
    const { countries: _, ...everywhere } = channel;
    expect(readChannel(draft).body).toEqual(everywhere);
  });
});
