import {
  accept,
  currencyCodes,
  differing,
  isCountry,
  isCurrency,
  isTimeZone,
  localeOf,
  problemsOfCodes,
  refuse,
  refuseInvalid,
  withChanges,
} from '../shared/index.js';
import type { Aggregate, Decider, Decision, Problem, Refused } from '../shared/index.js';
import type { ChangeChannel, ChannelCommand, CreateChannel } from './commands.js';
import type { ChannelChanged, ChannelDetails, ChannelEvent } from './events.js';

export interface OpenChannel extends ChannelDetails {
  readonly status: 'open';
  readonly code: string;
}
/** Of the default channel there may be no event: `channelOf` knows it all the same. */
export type ChannelState = { readonly status: 'none' } | OpenChannel;

const initialState = (): ChannelState => ({ status: 'none' });

function evolve(state: ChannelState, event: ChannelEvent): ChannelState {
  switch (event.type) {
    case 'channel.created.v1':
      return { status: 'open', ...event.data };
    case 'channel.changed.v1': {
      const channel = channelOf(event.data.code, state);
      return channel === null ? state : withChanges(channel, event.data);
    }
    default:
      return event satisfies never;
  }
}

/** The channel of a cart that names none. It is there before any event and sells everything, whatever it is called. */
export const DEFAULT_CHANNEL = 'default';

const defaultChannel: OpenChannel = {
  status: 'open',
  code: DEFAULT_CHANNEL,
  name: 'Default',
  currencies: currencyCodes,
  locale: 'en',
  timeZone: 'UTC',
};

/** The channel of this code, whose folded stream is `state`; null where there is none. */
export function channelOf(code: string, state: ChannelState): OpenChannel | null {
  if (state.status === 'open') return state;
  return code === DEFAULT_CHANNEL ? defaultChannel : null;
}

/** What a buyer wants to buy in and from; who has not said a country may be in any. */
export interface Wanted {
  readonly currency: string;
  readonly country?: string;
}

export const sells = ({ currencies, countries }: OpenChannel, { currency, country }: Wanted): boolean =>
  currencies.includes(currency) && (countries === undefined || country === undefined || countries.includes(country));

export function createChannel(command: CreateChannel, state: ChannelState): Decision<ChannelEvent> {
  const { type: _, ...given } = command;
  if (channelOf(given.code, state) !== null) {
    return refuse('CHANNEL.CODE_TAKEN', `There is a channel ${given.code} already.`);
  }
  const problems = problemsOf(given);
  if (problems.length > 0) return invalid(problems);
  return accept({ type: 'channel.created.v1', data: tidied(given) });
}

export function changeChannel(command: ChangeChannel, state: ChannelState): Decision<ChannelEvent> {
  const { type: _, ...given } = command;
  const channel = channelOf(given.code, state);
  if (channel === null) return refuse('CHANNEL.NOT_FOUND', 'There is no such channel.');
  const problems = [...problemsOf(given), ...(channel.code === DEFAULT_CHANNEL ? narrowing(given) : [])];
  if (problems.length > 0) return invalid(problems);
  const changes = differing(tidied(given), channel);
  if (Object.keys(changes).length === 0) return accept();
  return accept({ type: 'channel.changed.v1', data: { ...changes, code: channel.code } });
}

const invalid = (problems: readonly Problem[]): Refused =>
  refuseInvalid('CHANNEL.INVALID', 'There cannot be such a channel', problems);

type Given = ChannelChanged['data'];

const LOCALE = 'must be a BCP 47 language tag of a known language, such as de-AT';
const TIME_ZONE = 'must be an IANA time zone such as Europe/Berlin';

function problemsOf({ currencies, countries, locale, timeZone }: Given): readonly Problem[] {
  const problems = [
    ...problemsOfCodes('currencies', currencies, { is: isCurrency, message: 'must be an ISO 4217 currency code' }),
    ...problemsOfCodes('countries', countries ?? undefined, {
      is: isCountry,
      message: 'must be an ISO 3166-1 alpha-2 country code',
    }),
  ];
  if (locale !== undefined && localeOf(locale) === null) problems.push({ path: 'locale', message: LOCALE });
  if (timeZone !== undefined && !isTimeZone(timeZone)) problems.push({ path: 'timeZone', message: TIME_ZONE });
  return problems;
}

const SELLS_ALL = `cannot be said of the channel ${DEFAULT_CHANNEL}, which sells everything`;

const narrowing = ({ currencies, countries }: Given): readonly Problem[] => [
  ...(currencies === undefined ? [] : [{ path: 'currencies', message: SELLS_ALL }]),
  ...(countries ? [{ path: 'countries', message: SELLS_ALL }] : []),
];

/** Normalises what is valid: each code once, the locale as it is usually written. */
function tidied<Details extends Given>(given: Details): Details {
  const { currencies, countries, locale } = given;
  return {
    ...given,
    ...(currencies === undefined ? {} : { currencies: [...new Set(currencies)] }),
    ...(countries ? { countries: [...new Set(countries)] } : {}),
    ...(locale === undefined ? {} : { locale: localeOf(locale) ?? locale }),
  };
}

function decide(command: ChannelCommand, state: ChannelState): Decision<ChannelEvent> {
  switch (command.type) {
    case 'create-channel':
      return createChannel(command, state);
    case 'change-channel':
      return changeChannel(command, state);
    default:
      return command satisfies never;
  }
}

export const channelDecider: Decider<ChannelState, ChannelCommand, ChannelEvent> = { initialState, decide, evolve };

/** Stream `channel-{code}`; a channel changes rarely, so no snapshot. */
export const channelAggregate: Aggregate<ChannelState, ChannelCommand, ChannelEvent> = {
  category: 'channel',
  decider: channelDecider,
};
