import { Graph, layout } from '@dagrejs/dagre';
import type { Schema } from '../../../../shared/api/index.js';

export type Causation = Schema<'OrderCausation'>;
export type CausationNode = Schema<'CausationNode'>;

export interface Placed {
  readonly node: CausationNode;
  /** Of its top left corner, in pixels. */
  readonly x: number;
  readonly y: number;
}

export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  /** Paths in the language of SVG, with the ids that they join. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

export const NODE_WIDTH = 210;
export const NODE_HEIGHT = 46;
const MARGIN = 12;

/** Places causes above what came of them. */
export function drawn({ nodes, edges }: Causation): Drawn {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 16, ranksep: 34, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const { x, y } = graph.node(node.id) as Point;
      return { node, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 };
    }),
    edges: edges.map(({ from, to }) => ({
      from,
      to,
      path: pathOf((graph.edge(from, to) as { readonly points: readonly Point[] }).points),
    })),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${Math.round(x)} ${Math.round(y)}`).join('');

/** The beginning that most came of: what an order is looked at for. Empty where there is nothing. */
export function mainCause({ nodes, edges }: Causation): string {
  const caused = new Set(edges.map(({ to }) => to));
  const after = new Map<string, string[]>();
  for (const { from, to } of edges) after.set(from, [...(after.get(from) ?? []), to]);
  let main = { id: '', count: 0 };
  for (const { id } of nodes.filter((node) => !caused.has(node.id))) {
    const reached = new Set<string>();
    const left = [id];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      left.push(...(after.get(next) ?? []));
    }
    if (reached.size > main.count) main = { id, count: reached.size };
  }
  return main.id;
}
