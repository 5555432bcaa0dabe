import type { CausationEdge, CausationNode, OrderCausation } from './order-causation.js';

/** Nodes and edges that never lead round. */
export class CausationGraph {
  readonly #nodes = new Map<string, CausationNode>();
  readonly #after = new Map<string, Set<string>>();
  readonly #before = new Map<string, Set<string>>();

  add(node: CausationNode): void {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node);
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  hasCause(id: string): boolean {
    return (this.#before.get(id)?.size ?? 0) > 0;
  }

  /** Leaves out what is of unknown things. */
  connect(from: string, to: string): void {
    if (from === to || !this.has(from) || !this.has(to)) return;
    setIn(this.#after, from).add(to);
    setIn(this.#before, to).add(from);
  }

  /** The same unless it would lead round: a step takes the answers to commands that it has sent itself. */
  connectOnward(from: string, to: string): void {
    if (!this.#reached([to]).has(from)) this.connect(from, to);
  }

  /** Leaves out what is reached from no command, in the order of time. */
  shown(): OrderCausation {
    const roots = [...this.#nodes.values()].filter(({ id, kind }) => kind === 'command' && !this.hasCause(id));
    const reached = this.#reached(roots.map(({ id }) => id));
    const nodes = [...this.#nodes.values()].filter(({ id }) => reached.has(id));
    const edges: CausationEdge[] = [];
    for (const { id: from } of nodes) for (const to of this.#after.get(from) ?? []) edges.push({ from, to });
    return { nodes: nodes.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)), edges };
  }

  #reached(from: readonly string[]): ReadonlySet<string> {
    const reached = new Set<string>();
    const left = [...from];
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      left.push(...(this.#after.get(id) ?? []));
    }
    return reached;
  }
}

function setIn(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key) ?? new Set<string>();
  map.set(key, known);
  return known;
}
