import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';
import type {
  CollectionState,
  CollectionVersion,
  ProjectionStore,
  StoredDocument,
} from '../../read-model-store/index.js';
import { jsonDifference, type JsonDifference } from './json-difference.js';
import type { ModelRebuild } from './model-rebuild.js';
import { labelOf, loadParkedKeys } from './parked-keys.js';

export interface DocumentDifference extends JsonDifference {
  readonly id: string;
}

export interface Comparison {
  readonly documents: number;
  /** Documents that are not the same. */
  readonly differing: number;
  /** In the order of ids; `one` is the live document's, `other` the rebuilt one's. */
  readonly firstDifference: DocumentDifference | null;
  /** Documents left out: the live one could not apply an event to them. */
  readonly parked: number;
  /** Documents left out: the live one stands still behind the rebuilt one. */
  readonly undecided: number;
}

export interface ModelComparisonOptions {
  readonly readModelStore: ProjectionStore;
  readonly live: CollectionState;
  readonly rebuild: Pick<ModelRebuild, 'collection' | 'position' | 'buildUpTo'>;
  readonly onCompared: (documents: number) => void;
}

const PAGE = 500;
const POLL_MS = 20;
const MAX_POLLS = 250;

type Outcome = 'same' | 'undecided' | DocumentDifference;

/**
 * Compares a rebuilt read model with the live one while both go on: documents are the same when their JSON is, positions
 * aside. Documents that differ are compared again at the same event: the rebuild is folded up to the live one's position,
 * or the live one is waited for.
 */
export class ModelComparison {
  private documents = 0;
  private undecided = 0;
  private differing = 0;
  private parked = new Map<string, Position>();

  constructor(private readonly options: ModelComparisonOptions) {}

  async run(): Promise<Comparison> {
    const { readModelStore, live, rebuild } = this.options;
    this.parked = await loadParkedKeys(readModelStore, labelOf(live));
    const ofLive = await this.scan(live, rebuild.collection);
    const ofRebuilt = await this.scan(rebuild.collection, live);
    const firstDifference = first(ofLive, ofRebuilt);
    const { documents, differing, undecided } = this;
    return { documents, differing, firstDifference, parked: this.parked.size, undecided };
  }

  /** Compares what is in the one with what the other has; tells the first difference. */
  private async scan(scanned: CollectionVersion, other: CollectionVersion): Promise<DocumentDifference | null> {
    const { readModelStore, onCompared } = this.options;
    let after = '';
    let found: DocumentDifference | null = null;
    for (;;) {
      const page = await readModelStore.scan<JsonObject>(scanned, { after, limit: PAGE });
      const difference = await this.comparePage(page, other);
      found ??= difference;
      onCompared(this.documents);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return found;
      after = last.id;
    }
  }

  private async comparePage(
    page: readonly StoredDocument<JsonObject>[],
    other: CollectionVersion,
  ): Promise<DocumentDifference | null> {
    const { readModelStore, live } = this.options;
    const counterparts = await readModelStore.load(
      other,
      page.map(({ id }) => id),
    );
    let found: DocumentDifference | null = null;
    for (const { id, doc } of page) {
      const counterpart = counterparts.get(id)?.doc ?? null;
      // What both have was compared when the live one was scanned.
      if (this.parked.has(id) || (other === live && counterpart !== null)) continue;
      const outcome = jsonDifference(doc, counterpart) === null ? 'same' : await this.compare(id);
      this.documents += 1;
      if (outcome === 'undecided') this.undecided += 1;
      else if (outcome !== 'same') {
        this.differing += 1;
        found ??= outcome;
      }
    }
    return found;
  }

  private async compare(id: string): Promise<Outcome> {
    for (let polls = 0; polls < MAX_POLLS; polls++) {
      const outcome = await this.look(id);
      if (outcome !== 'undecided') return outcome;
      await pause(POLL_MS);
    }
    return 'undecided';
  }

  /** `undecided`: the live one has yet to fold what the rebuilt one has. */
  private async look(id: string): Promise<Outcome> {
    const { readModelStore, live, rebuild } = this.options;
    // Before the documents: what lies before it is in them, or never will be.
    const liveAt = (await readModelStore.checkpoint(live))?.position ?? null;
    const one = (await readModelStore.load(live, [id])).get(id) ?? NOTHING;
    await rebuild.buildUpTo(one.position);
    const other = (await readModelStore.load(rebuild.collection, [id])).get(id) ?? NOTHING;
    const difference = jsonDifference(one.doc, other.doc);
    if (difference === null) return 'same';
    const isLiveBehind = isBefore(one.position, other.position) && isBefore(liveAt, other.position);
    return isLiveBehind ? 'undecided' : { id, ...difference };
  }
}

const NOTHING = { position: null, doc: null };

const isBefore = (one: Position | null, other: Position | null): boolean =>
  other !== null && (one === null || one < other);

function first(one: DocumentDifference | null, other: DocumentDifference | null): DocumentDifference | null {
  if (one === null || other === null) return one ?? other;
  return one.id <= other.id ? one : other;
}
