import { Suspense } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useStore } from '../../../shared/store.js';
import { areaAt, areasOf, homeOf, type Area } from '../areas.js';
import { isEngineThere } from '../engine.js';
import type { Page } from '../page.js';
import { SearchPalette } from '../search/search-palette.js';
import { signOut, type Session } from '../session.js';

/** Everything around the page: where else to go, the search, who is signed in. */
export function Shell({ session }: { readonly session: Session }) {
  const [isSearching, setIsSearching] = useState(false);
  const [location] = useLocation();
  const areas = areasOf(session.role);
  const area = areaAt(areas, location);
  const pages = areas.flatMap((one) => one.pages);
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
      <Navigation area={area} areas={areas} />
      <main id="page" tabIndex={-1}>
        <Away />
        <Suspense fallback={<p className="soft">Loading …</p>}>
          <Switch>
            {pages.map(({ path, component, title }) => (
              <Route key={path} path={path}>
                <Titled title={title} component={component} />
              </Route>
            ))}
            <Elsewhere area={area} home={homeOf(session.role)} />
          </Switch>
        </Suspense>
      </main>
      <SearchPalette isOpen={isSearching} onOpenChange={setIsSearching} pages={pages} />
    </div>
  );
}

/** An area begins with its first page, and so does the console where there is none at its root; what else is asked for is not there. */
const Elsewhere = ({ area, home }: { readonly area: Area | undefined; readonly home: string }) => (
  <Switch>
    {area === undefined || area.path === '/' ? null : (
      <Route path={area.path}>
        <First area={area} />
      </Route>
    )}
    <Route path="/">
      {area !== undefined && home === '/' ? <First area={area} /> : <Redirect to={home} replace />}
    </Route>
    <Route>
      <h1>There is no such page</h1>
      <p>
        <Link href={home}>Back to the first page</Link>
      </p>
    </Route>
  </Switch>
);

const First = ({ area: { pages } }: { readonly area: Area }) => {
  const [first] = pages;
  return first === undefined ? null : <Redirect to={first.path} replace />;
};

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

function Navigation({ area, areas }: { readonly area: Area | undefined; readonly areas: readonly Area[] }) {
  const [location] = useLocation();
  const isHere = (path: string) => (path === '/' ? location === '/' : location.startsWith(path));
  const others = areas.filter((one) => one !== area);
  return (
    <nav className="nav" aria-label="Pages">
      <ul>
        {(area?.pages ?? [])
          .filter(({ inNav }) => inNav)
          .map(({ path, title }) => (
            <li key={path}>
              <Link href={path} aria-current={isHere(path) ? 'page' : undefined}>
                {title}
              </Link>
            </li>
          ))}
        {others.map(({ path, title }) => (
          <li key={path} className="nav-other">
            <Link href={path}>
              <span aria-hidden="true">→ </span>
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
