// End-to-end tests on the built page in Chromium. WebGL runs in software here: tests assert pixels and texts, never frame rates.
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, needChromium } from './scripts/find-chromium.mjs';

// With SOMASCOPE_E2E_PORT, a page that is served there already is tested as it is: two builds beside each other.
const GIVEN = process.env['SOMASCOPE_E2E_PORT'];
const PORT = Number(GIVEN ?? 4174);

export default defineConfig({
  testDir: 'e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Each page keeps about two cores busy: its own workers, and WebGL in software.
  workers: Math.max(2, Math.floor(availableParallelism() / 2)),
  fullyParallel: true,
  // On a shared machine a test that passes only when repeated is named as flaky in the list; it does not stop everything.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: needChromium(), args: [...CHROMIUM_FLAGS, '--disable-lcd-text'] },
    actionTimeout: 20_000,
    // What a test sees comes from the server; offline.spec.ts is the one that allows them.
    serviceWorkers: 'block',
    trace: 'off',
  },
  webServer: {
    command: `node scripts/serve.mjs --port ${PORT} --no-open`,
    url: `http://127.0.0.1:${PORT}/`,
    reuseExistingServer: GIVEN !== undefined,
  },
});
