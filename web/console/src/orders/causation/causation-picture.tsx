import { useEffect, useRef } from 'preact/hooks';
import { NODE_HEIGHT, NODE_WIDTH, type CausationNode, type Drawn, type Placed } from './layout.js';

interface CausationPictureProps {
  readonly picture: Drawn;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

const KINDS: Readonly<Record<CausationNode['kind'], string>> = {
  command: 'Command',
  event: 'Event',
  'saga-step': 'Step of a process',
  'provider-call': 'Call of the provider',
  notification: 'Notification',
};

export const kindText = (kind: CausationNode['kind']): string => KINDS[kind];

/** Causes stand above what came of them. Each node is a button: its details name what led to it and what it led to. */
export function CausationPicture({ picture, chosen, onChoose }: CausationPictureProps) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current
      ?.querySelector(`[data-node="${CSS.escape(chosen)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen]);
  return (
    <div ref={frame} className="card picture" role="group" aria-label="Graph of causes" tabIndex={0}>
      <svg width={picture.width} height={picture.height} viewBox={`0 0 ${picture.width} ${picture.height}`}>
        <defs>
          <marker
            id="tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerUnits="userSpaceOnUse"
            markerWidth="9"
            markerHeight="9"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" className="tip" />
          </marker>
        </defs>
        <g aria-hidden="true">
          {picture.edges.map(({ from, to, path }) => (
            <path
              key={`${from} ${to}`}
              d={path}
              className={from === chosen || to === chosen ? 'edge near' : 'edge'}
              markerEnd="url(#tip)"
            />
          ))}
        </g>
        {picture.nodes.map((placed) => (
          <Node key={placed.node.id} placed={placed} isChosen={placed.node.id === chosen} onChoose={onChoose} />
        ))}
      </svg>
    </div>
  );
}

interface NodeProps {
  readonly placed: Placed;
  readonly isChosen: boolean;
  readonly onChoose: (id: string) => void;
}

function Node({ placed: { node, x, y }, isChosen, onChoose }: NodeProps) {
  const { id, kind, title } = node;
  return (
    <g data-node={id} transform={`translate(${x} ${y})`}>
      <foreignObject width={NODE_WIDTH} height={NODE_HEIGHT}>
        <button type="button" className={`node ${kind}`} aria-pressed={isChosen} onClick={() => onChoose(id)}>
          <span className="node-kind">{kindText(kind)}</span>
          <bdi className="node-title">{title.replace(/^(Command|Request): /, '')}</bdi>
        </button>
      </foreignObject>
    </g>
  );
}
