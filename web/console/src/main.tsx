import { createRoot } from 'preact/compat/client';
import '../../shared/ui/tokens.css';
import '../../shared/ui/base.css';
import './console.css';
import { App } from './app.js';

// An engine of another version was started meanwhile, and has no longer what this page would load next.
addEventListener('vite:preloadError', () => location.reload());

const root = document.getElementById('app');
if (root !== null) createRoot(root).render(<App />);
