/** The filters of `GET /v1/events` that the page has fields for, as they stand in its own address too. */
export const FILTERS = ['type', 'category', 'stream', 'actor', 'correlationId', 'since', 'until'] as const;

export type EventQuestion = { readonly [Name in (typeof FILTERS)[number]]?: string };

export function questionIn(search: URLSearchParams): EventQuestion {
  const said = FILTERS.map((name) => [name, search.get(name) ?? ''] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== ''));
}

/** What an `<input type="datetime-local">` shows of a time of the API, in the reader's time zone; empty where that is none. */
export function localTime(time: string | undefined): string {
  const ms = Date.parse(time ?? '');
  if (Number.isNaN(ms)) return '';
  const offset = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offset).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}

/** The other way round; undefined where nothing is chosen. */
export const apiTime = (local: string): string | undefined =>
  local === '' ? undefined : new Date(local).toISOString();

/** A text within single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The command that asks the same of the API. */
export function curlOf(origin: string, question: EventQuestion): string {
  const query = new URLSearchParams(question).toString();
  return `curl -sS -H "Authorization: Bearer $TOKEN" ${quoted(`${origin}/v1/events${query === '' ? '' : `?${query}`}`)}`;
}

const OPTIONS: { readonly [Name in keyof EventQuestion]-?: string } = {
  type: '--type',
  category: '--category',
  stream: '--stream',
  actor: '--actor',
  correlationId: '--correlation-id',
  since: '--since',
  until: '--until',
};

/** The same with the engine's own command line. */
export function cliOf(origin: string, question: EventQuestion): string {
  const options = FILTERS.flatMap((name) => {
    const value = question[name];
    return value === undefined ? [] : [`${OPTIONS[name]} ${quoted(value)}`];
  });
  return [`npm run -s cli -- events --url ${quoted(origin)} --token "$TOKEN"`, ...options].join(' ');
}
