import { useState } from 'preact/hooks';
import { Alert } from '../../../shared/ui/index.js';
import { createApi, hasStatus } from '../../../shared/api/index.js';
import { useStore } from '../../../shared/store.js';
import { sessionOf, signedOutBecause, signIn } from '../session.js';

/** Asks the engine whether it takes a token, before anything is shown with it. */
async function tryToken(token: string): Promise<void> {
  const found = sessionOf(token);
  if (found === null) throw new Error('This is no access token: it has three parts, joined by dots.');
  if (found.role === 'customer') throw new Error('This is a customer’s token. The console is for staff.');
  const api = createApi({
    baseUrl: location.origin,
    token: () => token,
    onUnauthorized: () => undefined,
    onReach: () => undefined,
  });
  // What a role may not read is refused by 403, which says that the token is good.
  await api.GET('/v1/orders', { params: { query: { limit: 1 } } }).catch((error: unknown) => {
    if (!hasStatus(error, 403)) throw error;
  });
}

/** What is shown until somebody is signed in. */
export function SignIn() {
  const because = useStore(signedOutBecause);
  const [token, setToken] = useState('');
  const [trouble, setTrouble] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: { preventDefault: () => void }) => {
    event.preventDefault();
    setIsBusy(true);
    setTrouble(null);
    try {
      await tryToken(token.trim());
      signIn(token.trim());
    } catch (error) {
      setTrouble(error);
    }
    setIsBusy(false);
  };
  return (
    <main className="sign-in">
      <h1>
        Cartwright <span className="soft">console</span>
      </h1>
      <p className="soft">Orders, stock and read models of this engine, as they are and as they were.</p>
      <form onSubmit={submit} className="card stack">
        <label className="stack tight">
          <span>Access token</span>
          <input
            type="text"
            className="input mono"
            autoComplete="off"
            autoCapitalize="off"
            spellcheck={false}
            value={token}
            required
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        <Alert isOfAction error={trouble ?? (because === null ? null : new Error(because))} />
        <button type="submit" className="button primary" disabled={isBusy}>
          {isBusy ? 'Asking the engine …' : 'Sign in'}
        </button>
      </form>
      <p className="soft">
        A token is printed by <code>npm run -s cli -- token --role support</code>. It is kept in this tab and gone with
        it.
      </p>
    </main>
  );
}
