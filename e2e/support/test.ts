// The `test` of all end-to-end tests: every test fails where the page asked another host for anything, broke its policy or threw.
import { test as base, type ConsoleMessage, expect } from '@playwright/test';

const POLICY_BROKEN = /content security policy|refused to (load|connect|execute|apply|create|frame)/i;

export interface Watch {
  /** Requests that left the page's own address. */
  readonly foreign: string[];
  /** Violations of the policy, from the page and from its workers. */
  readonly violations: string[];
  /** Errors that nobody caught. */
  readonly thrown: string[];
}

export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ page, baseURL }, use) => {
      const watch: Watch = { foreign: [], violations: [], thrown: [] };
      const home = new URL(baseURL!).origin;
      // Workers' requests are seen by the context, not by the page.
      page.context().on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (!['blob:', 'data:'].includes(protocol) && origin !== home) watch.foreign.push(request.url());
      });
      // Of the messages of page and workers, only those of the policy count.
      page.context().on('console', (message: ConsoleMessage) => {
        if (POLICY_BROKEN.test(message.text())) watch.violations.push(message.text());
      });
      // A worker's violations are told inside it; the page hears of them only where it listens there.
      page.on('worker', (worker) => {
        worker
          .evaluate(() =>
            addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
              console.error(`Content Security Policy: ${violatedDirective}: ${blockedURI}`);
            }),
          )
          // It may be gone already.
          .catch(() => undefined);
      });
      page.on('pageerror', (error) => watch.thrown.push(error.stack ?? error.message));
      await page.exposeFunction('tellViolation', (text: string) => watch.violations.push(text));
      await page.addInitScript(() => {
        const scope: object = globalThis;
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
          if ('tellViolation' in scope && typeof scope.tellViolation === 'function') {
            scope.tellViolation(`${violatedDirective}: ${blockedURI}`);
          }
        });
      });
      await use(watch);
      expect(watch, 'foreign requests, broken policy or errors').toEqual({ foreign: [], violations: [], thrown: [] });
    },
    { auto: true },
  ],
});

export { expect };
