// One file for the page and for its unit tests (node and browser projects).
import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy, REMOTE_PAGE } from './scripts/csp-plugin.ts';
import { CHROMIUM_FLAGS, findChromium } from './scripts/find-chromium.mjs';
import { serviceWorker } from './scripts/service-worker-plugin.ts';

const executablePath = findChromium();
const browser = ['src/**/*.browser.test.ts', 'src/**/*.browser.test.tsx'];
// Decoders that carry WASM as base64 are replaced by refusing stubs: no WASM in any disguise.
const refuse = new URL('./src/formats/tiff/refused-codec.ts', import.meta.url).pathname;

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy(), serviceWorker()],
  resolve: {
    alias: [
      { find: /^regl$/, replacement: 'regl/dist/regl.min.js' },
      { find: /^(zstddec(\/stream)?|lerc)$/, replacement: refuse },
    ],
  },
  worker: { format: 'es' },
  // Found late, these would be bundled anew in the middle of the browser tests, and React would be there twice.
  optimizeDeps: {
    include: [
      'react',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'zustand',
      'zustand/vanilla',
      'lucide-react',
      '@tanstack/react-virtual',
      'uplot',
      'comlink',
      'fzstd',
    ],
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    // Two pages from one source: they differ in their policy.
    rolldownOptions: { input: ['index.html', REMOTE_PAGE] },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', port: 4173 },
  test: {
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          // By itself it leaves one core free, which of two is half.
          maxWorkers: availableParallelism(),
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: browser,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browser,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { ...(executablePath ? { executablePath } : {}), args: CHROMIUM_FLAGS } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
