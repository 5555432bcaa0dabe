import type { Door } from './front-page.js';

/** The page's only style; its hash is the one that the page's policy allows. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d232b; --soft: #5a6572; --paper: #fbfaf7; --card: #fff; --line: #e3dfd6; --accent: #0b6b5c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --soft: #a4acb6; --paper: #14171a; --card: #1c2024; --line: #30363c; --accent: #6fd1bd; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: clamp(2rem, 8vh, 6rem) 1.25rem 3rem; }
h1 { margin: 0 0 .5rem; font-size: clamp(2rem, 6vw, 3rem); letter-spacing: -.02em; line-height: 1.1; }
p { margin: 0 0 2rem; font-size: 1.125rem; color: var(--soft); max-width: 36rem; }
ul { list-style: none; margin: 0 0 2.5rem; padding: 0; display: grid; gap: .75rem; }
a { display: block; padding: .9rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; text-decoration: none; color: inherit; }
a:hover, a:focus-visible { border-color: var(--accent); outline: 2px solid var(--accent); outline-offset: 1px; }
a b { color: var(--accent); font-size: 1.05rem; }
a code { float: right; color: var(--soft); font-size: .875rem; }
a span { display: block; color: var(--soft); }
footer { color: var(--soft); border-top: 1px solid var(--line); padding-top: 1rem; }
code { font-family: ui-monospace, monospace; font-size: .925em; }
`;

/** The page at the root. Nothing in it comes from a request. */
export const frontPageHtml = (about: string, doors: readonly Door[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cartwright</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Cartwright</h1>
<p>${about}</p>
<ul>
${doors.map(doorHtml).join('\n')}
</ul>
<footer>A token for the routes of staff: <code>npm run -s cli -- token --role admin</code></footer>
</main>
</body>
</html>
`;

const doorHtml = ({ path, name, what }: Door): string =>
  `<li><a href="${path}"><code>${path}</code><b>${name}</b><span>${what}</span></a></li>`;
