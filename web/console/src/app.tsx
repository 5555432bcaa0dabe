import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { useStore } from '../../shared/store.js';
import { queries } from './engine.js';
import { session } from './session.js';
import { Shell } from './shell/shell.js';
import { SignIn } from './shell/sign-in.js';

export function App() {
  const signedIn = useStore(session);
  if (signedIn === null) return <SignIn />;
  return (
    // The policy of the page takes no style elements but its own.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <Router base="/console">
          <Shell session={signedIn} />
        </Router>
      </QueryClientProvider>
    </CSPProvider>
  );
}
