/** What the writer remembers of recently written ids: by id alone, over all streams, the newest writing winning. */
export class RecentIds {
  readonly #byId = new Map<string, { readonly stream: string; readonly revision: number }>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  remember(id: string, place: { readonly stream: string; readonly revision: number }): void {
    this.#byId.delete(id);
    this.#byId.set(id, place);
    if (this.#byId.size <= this.#limit) return;
    const oldest = this.#byId.keys().next();
    if (!oldest.done) this.#byId.delete(oldest.value);
  }

  revisionIn(stream: string, id: string): number | undefined {
    const place = this.#byId.get(id);
    return place?.stream === stream ? place.revision : undefined;
  }

  forget(): void {
    this.#byId.clear();
  }
}
