import type { Schema } from '../../../shared/api/index.js';
import { codesIn, DraftReader, filled, someOf, type Reading } from '../form/draft-reader.js';

type Channel = Schema<'Channel'>;
export type ChannelFacts = Omit<Channel, 'version'>;

/** A channel as it is typed. */
export interface ChannelDraft {
  code: string;
  name: string;
  /** Codes, and so are countries; none is every country. */
  currencies: string;
  countries: string;
  locale: string;
  timeZone: string;
}

export const NO_CHANNEL: ChannelDraft = {
  code: '',
  name: '',
  currencies: '',
  countries: '',
  locale: '',
  timeZone: '',
};

export const LABELS = {
  name: 'Name',
  currencies: 'Currencies',
  countries: 'Countries',
  locale: 'Language',
  timeZone: 'Time zone',
};

export const channelDraft = ({ code, name, currencies, countries = [], locale, timeZone }: Channel): ChannelDraft => ({
  code,
  name,
  currencies: currencies.join(', '),
  countries: countries.join(', '),
  locale,
  timeZone,
});

const upper = (codes: readonly string[]): string[] => codes.map((code) => code.toUpperCase());

export const readChannel = (draft: ChannelDraft): Reading<ChannelFacts> =>
  new DraftReader().reading({
    code: draft.code.trim(),
    name: draft.name.trim(),
    currencies: upper(codesIn(draft.currencies)),
    ...filled({ countries: someOf(upper(codesIn(draft.countries))) }),
    locale: draft.locale.trim(),
    timeZone: draft.timeZone.trim(),
  });
