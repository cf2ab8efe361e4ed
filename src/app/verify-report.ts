// The verification as text to send to somebody: which page in which browser, how many cases, and each with its difference.
import { isEqual, type VerifiedCase } from '../base/verification.ts';
import { TOOL, VERSION } from '../base/version.ts';

export interface BrowserFacts {
  readonly agent: string;
  readonly cores: number;
  readonly date: Date;
}

export function describeBrowser(): BrowserFacts {
  return { agent: navigator.userAgent, cores: navigator.hardwareConcurrency, date: new Date() };
}

/** "0", "3.1e-8", "no number". */
export function showDifference(value: number): string {
  if (!Number.isFinite(value)) return 'no number';
  return value === 0 ? '0' : value < 0.001 ? value.toExponential(0).replace('e-', 'e−') : String(Number(value.toPrecision(3)));
}

export function resultOf(one: VerifiedCase): 'equal' | 'differs' | 'failed' {
  return one.failure ? 'failed' : isEqual(one) ? 'equal' : 'differs';
}

export function verifyReport(cases: readonly VerifiedCase[], { agent, cores, date }: BrowserFacts): string {
  const equal = cases.filter(isEqual).length;
  const lines = cases.map((one) => {
    const { title, reference, values, largest, allowed, failure } = one;
    const facts = failure || `${values} values, largest difference ${largest}, allowed ${allowed}, reference ${reference}`;
    return `${resultOf(one).padEnd(7)} ${title}: ${facts}`;
  });
  return [
    `${TOOL} ${VERSION}, verification of this browser`,
    `Browser: ${agent}`,
    `Cores: ${cores}`,
    `Date: ${date.toISOString()}`,
    `Result: ${equal} of ${cases.length} equal, ${cases.length - equal} not`,
    '',
    ...lines,
    '',
  ].join('\n');
}
