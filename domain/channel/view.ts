import { count, listOf, named, object, optional, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { OpenChannel } from './decider.js';

/** A channel as every API shows it. */
export const Channel = named(
  'Channel',
  object(
    {
      code: text('Tells it from other channels.', 'shop-at'),
      name: text('For people.', 'Shop Austria'),
      currencies: listOf(text(), 'ISO 4217: what is sold in it is priced in these.', ['EUR']),
      countries: optional(
        listOf(text(), 'ISO 3166-1 alpha-2: buyers of these; absent: of every country.', ['AT', 'DE']),
      ),
      locale: text('BCP 47: the language of what it says.', 'de-AT'),
      timeZone: text('IANA: by which its days begin.', 'Europe/Vienna'),
      version: optional(count('How often it has changed, also its ETag; absent for a `default` that never has.', 0)),
    },
    'Where and how a shop sells.',
  ),
);
export type Channel = Of<typeof Channel>;

/** `revision` is below 0 for the default channel before it was changed. */
export function channelView(channel: OpenChannel, revision: number): Channel {
  const { status: _, ...shown } = channel;
  return { ...shown, ...(revision < 0 ? {} : { version: revision }) };
}
