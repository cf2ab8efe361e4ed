// Finds a Chromium for the tests, or with --install gets one: CHROMIUM_PATH, Playwright's own, the usual places,
// then `playwright install`, then Debian's package (root only, and only under CI or after saying so).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const SENTENCE = 'No Chromium was found: run "npx playwright install chromium", or set CHROMIUM_PATH to a Chrome or Chromium.';

/** Path of a usable browser, or undefined. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, but no file is there.`);
    return named;
  }
  return [chromium.executablePath(), ...USUAL].find((path) => path && existsSync(path));
}

/** Path of a usable browser; throws one clear sentence when there is none. */
export function needChromium() {
  const path = findChromium();
  if (!path) throw new Error(SENTENCE);
  return path;
}

/** Flags that every test launch shares: no sandbox only where Chromium refuses to start with it, no calls home. */
export const CHROMIUM_FLAGS = [
  ...(process.env.CI || process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--force-device-scale-factor=1',
  '--font-render-hinting=none',
  '--hide-scrollbars',
];

function attempt(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  try {
    execFileSync(command, args, { stdio: 'inherit' });
  } catch (error) {
    console.log(`  did not work: ${error.message.split('\n')[0]}`);
  }
}

if (process.argv.includes('--install')) {
  if (!findChromium()) attempt('npx', ['playwright', 'install', 'chromium']);
  if (!findChromium() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(
      "Playwright could not download a browser; installing Debian's chromium with apt-get (this machine runs as root).",
    );
    attempt('apt-get', ['update', '-qq']);
    attempt('apt-get', ['install', '-y', '-qq', 'chromium']);
  }
  const path = findChromium();
  if (!path) {
    console.error(SENTENCE);
    process.exit(1);
  }
  console.log(`Chromium: ${path}`);
}
