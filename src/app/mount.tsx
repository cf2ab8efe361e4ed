// Starts the page.
import { createRoot } from 'react-dom/client';
import '../ui/styles/index.css';
import { applyTheme } from '../ui/theme.ts';
import { App } from './app.tsx';
import { startOffline } from './offline.ts';

export function mount(root: HTMLElement): void {
  applyTheme();
  createRoot(root).render(<App />);
  addEventListener('load', () => void startOffline(), { once: true });
}
