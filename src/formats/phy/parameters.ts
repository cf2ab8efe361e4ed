// phy's params.py: assignments of literals, one a line (lists may span several). Nothing is ever evaluated: what is no literal
// is left out and told. Source: https://phy.readthedocs.io/en/latest/sorting_user_guide/
import { isSomascopeError, SomascopeError } from '../../base/errors.ts';
import { type Literal, type LiteralRules, parseLiteral } from '../literal.ts';

export interface PhyParameters {
  /** Paths as written, of files that follow one another; none where the raw data is not there. */
  readonly paths: readonly string[];
  /** NaN where the file does not say; so are the others. */
  readonly channels: number;
  readonly samplingRate: number;
  readonly offset: number;
  /** As numpy calls it: "int16". */
  readonly dtype: string;
  readonly highPassFiltered: boolean | undefined;
  readonly notices: readonly string[];
}

const LIMIT = 2 ** 20;
const NAMES = ['dat_path', 'n_channels_dat', 'dtype', 'offset', 'sample_rate', 'hp_filtered'];
const RULES: LiteralRules = { subject: 'The value', hint: 'Write it as plain text or number.', decimals: true };

/** Throws Unsafe for a file above 1 MB, Invalid where it holds none of phy's parameters. */
export function parseParameters(text: string, file: string): PhyParameters {
  if (text.length > LIMIT) throw new SomascopeError('Unsafe', 'This file is too large to be a params.py.', { file });
  const notices: string[] = [];
  const values = new Map<string, Literal>();
  for (const { name, value, at } of assignments(text)) {
    if (!NAMES.includes(name)) continue;
    try {
      values.set(name, parseLiteral(value, file, at, RULES));
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      notices.push(
        `${file}: ${name} is no plain text or number (${value.slice(0, 60).trim()}) and was left out; code is never run.`,
      );
    }
  }
  if (values.size === 0 && notices.length === 0) {
    const hint = 'Drop the params.py that your sorter wrote for phy.';
    throw new SomascopeError('Invalid', `It sets none of ${NAMES.join(', ')}.`, { file }, hint);
  }
  const number = (name: string) => {
    const value = values.get(name);
    return typeof value === 'number' ? value : Number.NaN;
  };
  const path = values.get('dat_path');
  const filtered = values.get('hp_filtered');
  const dtype = values.get('dtype');
  return {
    paths: (Array.isArray(path) ? path : [path]).filter((one): one is string => typeof one === 'string' && one !== ''),
    channels: number('n_channels_dat'),
    samplingRate: number('sample_rate'),
    offset: values.has('offset') ? number('offset') : 0,
    dtype: typeof dtype === 'string' ? dtype : 'int16',
    highPassFiltered: typeof filtered === 'boolean' ? filtered : undefined,
    notices,
  };
}

interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Character of the value within the file. */
  readonly at: number;
}

/** `name = value` at the start of a line; the value ends with the line, outside brackets and strings. Comments are dropped. */
function* assignments(text: string): Generator<Assignment> {
  const head = /^([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*/gm;
  for (let match = head.exec(text); match; match = head.exec(text)) {
    const at = match.index + match[0].length;
    const { value, end } = readValue(text, at);
    yield { name: match[1]!, value, at };
    head.lastIndex = Math.max(end, at);
  }
}

function readValue(text: string, start: number): { value: string; end: number } {
  let value = '';
  let depth = 0;
  let quote = '';
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at]!;
    if (quote) {
      if (char === quote && text[at - 1] !== '\\') quote = '';
      if (char === '\n') quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '#') {
      while (at + 1 < text.length && text[at + 1] !== '\n') at++;
      continue;
    } else if ('[({'.includes(char)) depth++;
    else if ('])}'.includes(char)) depth--;
    if (char === '\n' && depth <= 0) break;
    value += char;
  }
  return { value: value.trim(), end: at };
}
