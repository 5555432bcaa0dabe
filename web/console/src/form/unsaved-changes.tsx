import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useEffect, useState } from 'preact/hooks';

/** Goes on to where somebody wanted to go. */
type GoOn = () => void;

/** How to go on where the browser was about to go; null where it leaves the page, which `beforeunload` asks about. */
function goOnOf({ cancelable, destination, hashChange, navigationType }: NavigateEvent): GoOn | null {
  if (!cancelable || hashChange || !destination.sameDocument) return null;
  const { key, url } = destination;
  if (navigationType === 'traverse') return () => void navigation.traverseTo(key);
  return () => history.pushState(null, '', url);
}

/** Asks before what was typed is left, wherever to: by a link, back, another address, or by closing the tab. */
export function UnsavedChanges({ isHeld }: { readonly isHeld: () => boolean }) {
  const [goOn, setGoOn] = useState<GoOn | null>(null);
  const [isLeaving, setIsLeaving] = useState(false);
  useEffect(() => {
    if (isLeaving) return goOn?.();
    const onUnload = (event: BeforeUnloadEvent) => {
      if (isHeld()) event.preventDefault();
    };
    const onNavigate = (event: NavigateEvent) => {
      const after = isHeld() ? goOnOf(event) : null;
      if (after === null) return;
      event.preventDefault();
      setGoOn(() => after);
    };
    addEventListener('beforeunload', onUnload);
    // Browsers that do not tell of navigation ask where the tab is closed, and not within it.
    if ('navigation' in window) navigation.addEventListener('navigate', onNavigate);
    return () => {
      removeEventListener('beforeunload', onUnload);
      if ('navigation' in window) navigation.removeEventListener('navigate', onNavigate);
    };
  }, [isLeaving]);
  return (
    <AlertDialog.Root open={goOn !== null && !isLeaving} onOpenChange={(open) => open || setGoOn(null)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>Leave without saving?</AlertDialog.Title>
          <div className="stack">
            <AlertDialog.Description>What you typed is not saved, and lost once you leave.</AlertDialog.Description>
            <div className="dialog-buttons">
              <AlertDialog.Close className="button primary">Stay here</AlertDialog.Close>
              <button type="button" className="button danger" onClick={() => setIsLeaving(true)}>
                Leave it
              </button>
            </div>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
