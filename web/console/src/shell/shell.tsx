import { Suspense } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useStore } from '../../../shared/store.js';
import { isEngineThere } from '../engine.js';
import type { Page } from '../page.js';
import { SearchPalette } from '../search/search-palette.js';
import { signOut, type Session } from '../session.js';

/** Everything around the page: where else to go, the search, who is signed in. */
export function Shell({ session, pages }: { readonly session: Session; readonly pages: readonly Page[] }) {
  const [isSearching, setIsSearching] = useState(false);
  useSearchKey(() => setIsSearching(true));
  return (
    <div className="shell">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <header className="top">
        <Link href="/" className="wordmark">
          Cartwright
        </Link>
        <button type="button" className="search-opener" onClick={() => setIsSearching(true)}>
          <span>Search orders and products</span>
          <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <div className="who">
          <span className="soft" title={`Signed in as ${session.role}`}>
            {session.subject}
          </span>
          <button type="button" className="button quiet" onClick={() => signOut(null)}>
            Sign out
          </button>
        </div>
      </header>
      <Navigation pages={pages} />
      <main id="page" tabIndex={-1}>
        <Away />
        <Suspense fallback={<p className="soft">Loading …</p>}>
          <Switch>
            {pages.map(({ path, component, title }) => (
              <Route key={path} path={path}>
                <Titled title={title} component={component} />
              </Route>
            ))}
            <Elsewhere first={pages[0]} />
          </Switch>
        </Suspense>
      </main>
      <SearchPalette isOpen={isSearching} onOpenChange={setIsSearching} pages={pages} />
    </div>
  );
}

/** The first page of who has no page at the root; what else is asked for is not there. */
const Elsewhere = ({ first }: { readonly first: Page | undefined }) => (
  <Switch>
    <Route path="/">{first === undefined ? null : <Redirect to={first.path} replace />}</Route>
    <Route>
      <h1>There is no such page</h1>
      <p>
        <Link href="/">Back to the first page</Link>
      </p>
    </Route>
  </Switch>
);

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

function useSearchKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function Navigation({ pages }: { readonly pages: readonly Page[] }) {
  const [location] = useLocation();
  const isHere = (path: string) => (path === '/' ? location === '/' : location.startsWith(path));
  return (
    <nav className="nav" aria-label="Pages">
      <ul>
        {pages
          .filter(({ inNav }) => inNav)
          .map(({ path, title }) => (
            <li key={path}>
              <Link href={path} aria-current={isHere(path) ? 'page' : undefined}>
                {title}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}

/** Said while the engine does not answer; what is shown stays, and is asked for again once it is back. */
function Away() {
  if (useStore(isEngineThere)) return null;
  return (
    <div role="alert" className="alert away">
      <p>The engine does not answer. What you see is what it said last; the page goes on by itself once it is back.</p>
    </div>
  );
}

function Titled({ title, component: Component }: Pick<Page, 'title' | 'component'>) {
  useEffect(() => {
    document.title = `${title} · Cartwright`;
  }, [title]);
  return <Component />;
}
