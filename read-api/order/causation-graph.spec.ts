import { CausationGraph } from './causation-graph.js';
import type { CausationNode } from './order-causation.js';

function graphOf(...nodes: readonly (readonly [id: string, kind: CausationNode['kind']])[]): CausationGraph {
  const graph = new CausationGraph();
  nodes.forEach(([id, kind], minute) => graph.add({ id, kind, title: id, at: `2026-11-05T12:0${minute}:00.000Z` }));
  return graph;
}

describe('the graph of causes', () => {
  it('never leads round, though a step takes the answers to what it has sent', () => {
    const graph = graphOf(['pay', 'command'], ['step', 'saga-step'], ['capture', 'command']);
    graph.connect('pay', 'step');
    graph.connect('step', 'capture');
    graph.connectOnward('capture', 'step');
    graph.connect('capture', 'capture');
    expect(graph.shown().edges).toEqual([
      { from: 'pay', to: 'step' },
      { from: 'step', to: 'capture' },
    ]);
  });

  it('shows what a command led to, in the order of time, and nothing that none led to', () => {
    const graph = graphOf(['stray', 'event'], ['sent', 'event'], ['pay', 'command'], ['after', 'event']);
    graph.connect('pay', 'sent');
    graph.connect('stray', 'after');
    graph.connect('pay', 'nothing known');
    const { nodes, edges } = graph.shown();
    expect(nodes.map(({ id }) => id)).toEqual(['sent', 'pay']);
    expect(edges).toEqual([{ from: 'pay', to: 'sent' }]);
  });
});
