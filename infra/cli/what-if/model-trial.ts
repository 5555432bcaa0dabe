import type { Json, JsonObject } from '../../../domain/shared/index.js';
import type { EventView } from '../../../read-api/events/event-view.js';
import { showingPositions, textOf, type RecordedEvent } from '../../event-store/index.js';
import type { Position } from '../../shared/position.js';
import { jsonChanges } from '../../shared/json-changes.js';
import { reasonOf } from './load-what-if.js';
import { RuleError, type Result, type Row, type Trial } from './trial.js';
import type { FeedEvent, OwnModel, Rule } from './what-if.js';

const MOST_EXAMPLES = 10;

/** What an own model is compared with: documents by id, as the API answers them. */
export type LiveDocuments = AsyncIterable<{ readonly id: string; readonly doc: object }>;

/** Folds an analyst's own read model, in memory, from events as the feed of analysts shows them. */
export class ModelTrial implements Trial {
  readonly needsPast = false;
  readonly filter;
  private documents = new Map<string, Json>();
  /** The same as they were when this run began, and where that was in the log. */
  private begun = new Map<string, string>();
  private from: Position | null = null;
  private readonly shown;

  constructor(
    private readonly model: OwnModel,
    private readonly view: EventView,
    /** Null where it is compared with nothing. */
    private readonly live: LiveDocuments | null,
  ) {
    this.filter = { types: Object.keys(model.on) };
    this.shown = showingPositions(view.log.logId);
  }

  begin(from: Position | null): void {
    this.from = from;
  }

  async take(recorded: RecordedEvent): Promise<void> {
    const rule = this.model.on[recorded.type];
    if (rule === undefined) return;
    const event = this.asInFeed(recorded);
    const ids = keysOf(rule, event);
    try {
      for (const id of ids) this.evolve(rule, event, id);
    } catch (error) {
      for (const id of ids) await this.restoreBefore(recorded.position, id);
      throw error;
    }
  }

  async result(): Promise<Result> {
    if (this.live === null) return { rows: this.ownRows(), examples: this.ownExamples() };
    return this.compared(this.live);
  }

  save(): Json {
    return [...this.documents].map(([id, doc]) => [id, doc] as const) as object as Json;
  }

  restore(saved: Json): void {
    this.documents = new Map(saved as object as [string, Json][]);
    this.begun = new Map([...this.documents].map(([id, doc]) => [id, JSON.stringify(doc)]));
  }

  private asInFeed(recorded: RecordedEvent): FeedEvent {
    return JSON.parse(this.view.lineOf(this.shown(textOf(recorded)))) as FeedEvent;
  }

  private evolve(rule: Rule, event: FeedEvent, id: string): void {
    let doc: unknown;
    try {
      doc = rule.evolve(this.documents.get(id) ?? null, event, id);
    } catch (error) {
      throw new RuleError(reasonOf(error));
    }
    if (doc === undefined) throw new RuleError(`evolve gives no document for ${id}: null deletes it`);
    if (doc === null) this.documents.delete(id);
    else this.documents.set(id, doc as Json);
  }

  /** Makes a document again that a rule which threw may have half changed: rules are functions of the events alone. */
  private async restoreBefore(position: Position, id: string): Promise<void> {
    const begun = this.begun.get(id);
    this.documents.delete(id);
    if (begun !== undefined) this.documents.set(id, JSON.parse(begun) as Json);
    for await (const recorded of this.view.log.readAll({ from: this.from, filter: this.filter })) {
      if (recorded.position >= position) return;
      const rule = this.model.on[recorded.type];
      if (rule === undefined) continue;
      const event = this.asInFeed(recorded);
      if (keysOf(rule, event).includes(id)) this.evolve(rule, event, id);
    }
  }

  private ownRows(): readonly Row[] {
    const sums = new Map<string, number>();
    for (const doc of this.documents.values()) addNumbers(sums, doc);
    const rows = [...sums].map(([what, sum]) => ({ what, whatIf: String(sum) }));
    return [{ what: 'documents', whatIf: String(this.documents.size) }, ...rows];
  }

  private ownExamples(): readonly string[] {
    return [...this.documents].slice(0, MOST_EXAMPLES).map(([id, doc]) => `${id}: ${JSON.stringify(doc)}`);
  }

  private async compared(live: LiveDocuments): Promise<Result> {
    const comparison = new Comparison();
    const left = new Map(this.documents);
    for await (const { id, doc } of live) {
      comparison.add(id, doc as JsonObject, left.get(id));
      left.delete(id);
    }
    for (const [id, doc] of left) comparison.add(id, undefined, doc);
    return comparison.result();
  }
}

class Comparison {
  private readonly numbers = { live: new Map<string, number>(), own: new Map<string, number>() };
  private readonly counts = { live: 0, own: 0, onlyLive: 0, onlyOwn: 0, different: 0 };
  private readonly examples: string[] = [];

  add(id: string, live: JsonObject | undefined, own: Json | undefined): void {
    this.count(live, own);
    const [first, ...others] = jsonChanges(live ?? null, (own ?? null) as JsonObject | null);
    if (first === undefined) return;
    if (live !== undefined && own !== undefined) this.counts.different += 1;
    if (this.examples.length === MOST_EXAMPLES) return;
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    this.examples.push(`${id}${first.path}: ${textOfValue(first.before)} would be ${textOfValue(first.after)}${more}`);
  }

  private count(live: JsonObject | undefined, own: Json | undefined): void {
    const { counts, numbers } = this;
    if (live === undefined) counts.onlyOwn += 1;
    else {
      counts.live += 1;
      addNumbers(numbers.live, live);
    }
    if (own === undefined) counts.onlyLive += 1;
    else {
      counts.own += 1;
      addNumbers(numbers.own, own);
    }
  }

  result(): Result {
    const { live, own } = this.numbers;
    const { counts } = this;
    const members = [...new Set([...live.keys(), ...own.keys()])];
    return {
      rows: [
        row('documents', counts.live, counts.own),
        row('in one alone', counts.onlyLive, counts.onlyOwn),
        { what: 'different', whatIf: String(counts.different) },
        ...members.map((name) => row(name, live.get(name) ?? 0, own.get(name) ?? 0)),
      ],
      examples: this.examples,
    };
  }
}

const row = (what: string, live: number, whatIf: number): Row => ({
  what,
  live: String(live),
  whatIf: String(whatIf),
  difference: String(whatIf - live),
});

const textOfValue = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Adds up every number of a document by its place; a place in a list is that of all its items. */
function addNumbers(sums: Map<string, number>, value: Json | undefined, at = ''): void {
  if (typeof value === 'number') sums.set(at, (sums.get(at) ?? 0) + value);
  else if (Array.isArray(value)) for (const item of value) addNumbers(sums, item, `${at}/-`);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) addNumbers(sums, member, `${at}/${name}`);
}

function keysOf(rule: Rule, event: FeedEvent): readonly string[] {
  let keys: unknown;
  try {
    keys = rule.key(event);
  } catch (error) {
    throw new RuleError(reasonOf(error));
  }
  if (typeof keys === 'string') return [keys];
  if (Array.isArray(keys) && keys.every((key) => typeof key === 'string')) return keys;
  throw new RuleError('key gives neither a text nor a list of texts');
}
