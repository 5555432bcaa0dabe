import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { EVENT_STORE, memberIn, SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, EventText } from '../../infra/event-store/index.js';
import type { Principal } from '../../infra/http/index.js';
import { personsNulled, secretsNulled } from '../shared/index.js';
import { CartPseudonyms } from './cart-pseudonyms.js';

/** The log as a role may see it. */
export interface EventView {
  readonly log: EventStore;
  /** Resolves the name of a stream in this view. */
  streamNamed(name: string): string;
  /** How this view names a stream. */
  nameOf(stream: string): string;
  /** An event as a line of NDJSON. */
  lineOf(event: EventText): string;
}

/** Shows all but payment credentials; for admin. */
export const clearView = (log: EventStore): EventView => ({
  log,
  streamNamed: (name) => name,
  nameOf: (stream) => stream,
  lineOf: (event) => lineOf(event, secretsNulled(event)),
});

/** Shows persons and carts by pseudonyms, from the sealed log; for analysts. */
export function pseudonymousView(sealed: EventStore, serverSecret: Uint8Array): EventView {
  const carts = new CartPseudonyms(serverSecret);
  return {
    log: sealed,
    streamNamed: (name) => carts.streamNamed(name),
    nameOf: (stream) => carts.hide(stream),
    lineOf: (event) => carts.hide(lineOf(event, personsNulled(event))),
  };
}

/** Writes the line by concatenation, which costs less than JSON.stringify as the data is text already. */
function lineOf({ id, position, stream, revision, type, at, metadata }: EventText, data: string): string {
  const { actor, commandId, correlationId, causationId } = metadata;
  const name = idText(stream);
  return (
    `{"id":"${id}","position":"${position}","stream":${name},"category":${categoryIn(name)},"revision":${revision},` +
    `"type":${quoted(type)},"at":"${at}","actor":${quoted(actor)},"commandId":${idText(commandId)},` +
    `"correlationId":${idText(correlationId)},"causationId":${causationId === null ? 'null' : idText(causationId)},"data":${data}}\n`
  );
}

/** Leaves some members of a line, in this order. It is cut from the whole line, in which what is hidden is hidden everywhere. */
export function picked(line: string, fields: readonly string[]): string {
  const members = fields.map((name) => {
    const span = memberIn(line, name);
    return `"${name}":${span === null ? 'null' : line.slice(span.start, span.end)}`;
  });
  return `{${members.join(',')}}\n`;
}

/** Cuts the quoted category from the quoted name of a stream: escape sequences have no `-`. */
function categoryIn(name: string): string {
  const dash = name.indexOf('-');
  return dash < 0 ? name : `${name.slice(0, dash)}"`;
}

/** Characters that JSON writes as they are, and all that most ids and streams have. */
const PLAIN = /^[\w:.-]*$/;

/** Writes an id as JSON: to look at it takes a third of what JSON.stringify does. */
const idText = (id: string): string => (PLAIN.test(id) ? `"${id}"` : JSON.stringify(id));

/** Most names whose quoted form is cached: types and actors are few. */
const MOST_QUOTED = 1_024;
const inQuotes = new LRUCache<string, string>({ max: MOST_QUOTED });

function quoted(name: string): string {
  const known = inQuotes.get(name);
  if (known !== undefined) return known;
  const made = JSON.stringify(name);
  inQuotes.set(name, made);
  return made;
}

/** Chooses the view of the log by the role of the reader. */
@Injectable()
export class EventViews {
  readonly #clear: EventView;
  readonly #pseudonymous: EventView;

  constructor(
    @Inject(EVENT_STORE) log: EventStore,
    @Inject(SEALED_EVENT_STORE) sealed: EventStore,
    @Inject(CONFIG) { serverSecret }: Pick<Config, 'serverSecret'>,
  ) {
    this.#clear = clearView(log);
    this.#pseudonymous = pseudonymousView(sealed, serverSecret);
  }

  of(principal: Principal | null): EventView {
    return principal?.role === 'admin' ? this.#clear : this.#pseudonymous;
  }
}
