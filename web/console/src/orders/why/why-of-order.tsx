import { Dialog } from '@base-ui/react/dialog';
import { useCallback, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { WhyContext } from '../../../../shared/ui/index.js';
import { WhyPanel } from './why-panel.js';

interface WhyOfOrderProps {
  readonly orderId: string;
  /** The time that the page shows; null is now. */
  readonly asOf: string | null;
  readonly children: ComponentChildren;
}

/** Lets whoever looks at an order ask of its numbers, states and times why they are what they are. */
export function WhyOfOrder({ orderId, asOf, children }: WhyOfOrderProps) {
  // From the field that was asked for to the one that is shown.
  const [way, setWay] = useState<readonly string[]>([]);
  const ask = useCallback(
    (pointer: string) => (
      <button type="button" className="why" aria-label="Why…" title="Why…" onClick={() => setWay([pointer])}>
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d="M5.2 5.6a2.8 2.8 0 1 1 4.2 2.5c-.9.5-1.4 1-1.4 2M8 12.6v.2" />
        </svg>
      </button>
    ),
    [],
  );
  return (
    <WhyContext.Provider value={ask}>
      {children}
      <Dialog.Root open={way.length > 0} onOpenChange={(open) => (open ? undefined : setWay([]))}>
        <Dialog.Portal>
          <Dialog.Backdrop className="backdrop" />
          <Dialog.Popup className="dialog why-panel">
            <WhyPanel
              resource={`orders/${orderId}`}
              asOf={asOf}
              way={way}
              onWalk={(pointer) => setWay([...way, pointer])}
              onBack={() => setWay(way.slice(0, -1))}
            />
            <div className="dialog-buttons">
              <Dialog.Close className="button">Close</Dialog.Close>
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </WhyContext.Provider>
  );
}
