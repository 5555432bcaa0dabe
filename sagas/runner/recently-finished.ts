/** The last finished instances: what still comes for them need not be looked up in the store. */
export class RecentlyFinished {
  private younger = new Set<string>();
  private older = new Set<string>();

  constructor(private readonly generation: number) {}

  has(stream: string): boolean {
    return this.younger.has(stream) || this.older.has(stream);
  }

  add(stream: string): void {
    this.younger.add(stream);
    if (this.younger.size < this.generation) return;
    this.older = this.younger;
    this.younger = new Set();
  }
}
