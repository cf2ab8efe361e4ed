// What the benchmark's web server replied to a submission: its schema, the number of data sets and their names, in this order
// (codeneuro/neurofinder @ 112406b, server/app.js and server/schema.js). The wording is the server's own, mistakes included.
import { isRecord } from './json.ts';

/** Test sets of the source document (March 2016). */
export const DOCUMENT_SETS: readonly string[] = ['00.00', '00.01', '01.00', '01.01', '02.00', '02.01', '03.00'].map(
  (name) => `${name}.test`,
);

/** Test sets of the server that followed. */
export const SERVER_SETS: readonly string[] = [...DOCUMENT_SETS, '04.00.test', '04.01.test'];

export const SERVER_TEXT = {
  schema: 'invalid result format',
  count: 'too few datasets in submission',
  names: 'some dataset labels are missing',
  scoring: 'failure evaulating, check your file!',
  accepted: 'submission succeeeded',
} as const;

export interface ServerReply {
  /** Passed the checks before scoring; regions without pixels fail later. */
  readonly accepted: boolean;
  /** The server's text, null where accepted. */
  readonly message: string | null;
  /** The first schema errors, at most three, worded as the server's validator does. */
  readonly schemaErrors: readonly string[];
}

const ERRORS_SHOWN = 3;

/** The reply to `answers` (parsed JSON) of a server that knows the data sets of `list` and reads regions under `key`. */
export function serverReply(
  answers: unknown,
  list: readonly string[] = SERVER_SETS,
  key: 'regions' | 'sources' = 'regions',
): ServerReply {
  const schemaErrors = findSchemaErrors(answers, key);
  const refused = (message: string) => ({ accepted: false, message, schemaErrors });
  if (schemaErrors.length > 0 || !Array.isArray(answers)) return refused(SERVER_TEXT.schema);
  if (answers.length !== list.length) return refused(SERVER_TEXT.count);
  const names = new Set(answers.map((answer: unknown) => (isRecord(answer) ? answer.dataset : null)));
  if (list.some((name) => !names.has(name))) return refused(SERVER_TEXT.names);
  return { accepted: true, message: null, schemaErrors };
}

/** Array of objects with a text `dataset` and an array `key` of objects with an array `coordinates`; other keys are allowed. */
function findSchemaErrors(answers: unknown, key: string): string[] {
  const errors: string[] = [];
  if (!Array.isArray(answers)) return [wrongType('instance', 'array')];
  for (let i = 0; i < answers.length && errors.length < ERRORS_SHOWN; i++) {
    const at = `instance[${i}]`;
    const answer: unknown = answers[i];
    if (!isRecord(answer)) {
      errors.push(wrongType(at, 'object'));
      continue;
    }
    const dataset = answer.dataset;
    if (dataset === undefined) errors.push(`${at}.dataset is required`);
    else if (typeof dataset !== 'string') errors.push(wrongType(`${at}.dataset`, 'string'));
    findRegionErrors(answer[key], `${at}.${key}`, errors);
  }
  return errors.slice(0, ERRORS_SHOWN);
}

function findRegionErrors(regions: unknown, at: string, errors: string[]): void {
  if (regions === undefined) errors.push(`${at} is required`);
  else if (!Array.isArray(regions)) errors.push(wrongType(at, 'array'));
  else {
    for (let j = 0; j < regions.length && errors.length < ERRORS_SHOWN; j++) {
      const region: unknown = regions[j];
      if (!isRecord(region)) errors.push(wrongType(`${at}[${j}]`, 'object'));
      else if (region.coordinates === undefined) errors.push(`${at}[${j}].coordinates is required`);
      else if (!Array.isArray(region.coordinates)) errors.push(wrongType(`${at}[${j}].coordinates`, 'array'));
    }
  }
}

function wrongType(at: string, type: string): string {
  return `${at} is not of a type(s) ${type}`;
}
