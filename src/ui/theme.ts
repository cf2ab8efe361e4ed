// Puts the chosen theme on <html data-theme>, where the tokens read it.
import { preferences, setPreferences } from '../state/preferences.ts';

/** Applies the theme now and whenever it changes; call once before the page is drawn. Returns the undo. */
export function applyTheme(): () => void {
  const apply = () => {
    document.documentElement.dataset.theme = preferences.getState().theme;
  };
  apply();
  return preferences.subscribe(apply);
}

export function toggleTheme(): void {
  setPreferences({ theme: preferences.getState().theme === 'dark' ? 'light' : 'dark' });
}
