// Where a JSON text breaks: the engines' own messages differ and often name no position. Runs only once parsing has failed.
// Walks the text without recursion (RFC 8259) and returns the first character that cannot follow.

export interface JsonBreak {
  /** Index of the character at fault; the length of the text where it ends too early. */
  readonly index: number;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly cutOff: boolean;
  /** What stands there, for the message. */
  readonly found: string;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters inside strings.
const STRING_PART = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** The beginning of a token that the end of the text cut off. */
const CUT_TOKEN = /^(?:\\(?:u[\da-fA-F]{0,3})?|t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\.|[eE][+-]?)?$/;

/** The place of the first syntax error, or null where the text is valid JSON. */
export function findJsonBreak(text: string): JsonBreak | null {
  const fault = walk(text);
  if (fault === null) return null;
  const cutOff = CUT_TOKEN.test(text.slice(fault, fault + 8)) && fault + 8 > text.length;
  const index = cutOff ? text.length : fault;
  const before = text.slice(0, index);
  const token = /^[\w.+-]{1,20}/.exec(text.slice(index, index + 20))?.[0];
  const found = cutOff ? 'the end of the text' : JSON.stringify(token ?? text.slice(index, index + 1));
  return { index, line: before.split('\n').length, column: index - before.lastIndexOf('\n'), cutOff, found };
}

/** Index of the error, or null. `stack` holds the open brackets. */
function walk(text: string): number | null {
  const stack: ('{' | '[')[] = [];
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match || match[0].length === 0) return false;
    at += match[0].length;
    return true;
  };
  /** Moves past a string; false where it breaks, with `at` on the character at fault. */
  const skipString = (): boolean => {
    if (text[at] !== '"') return false;
    at++;
    while (skip(STRING_PART));
    if (text[at] !== '"') return false;
    at++;
    return true;
  };
  const skipKey = (): boolean => {
    skip(SPACE);
    if (!skipString()) return false;
    skip(SPACE);
    if (text[at] !== ':') return false;
    at++;
    return true;
  };
  for (;;) {
    // A value is due here.
    skip(SPACE);
    const char = text[at];
    if (char === '{' || char === '[') {
      at++;
      skip(SPACE);
      if (text[at] !== (char === '{' ? '}' : ']')) {
        stack.push(char);
        if (char === '{' && !skipKey()) return at;
        continue;
      }
      at++;
    } else if (char === '"') {
      if (!skipString()) return at;
    } else if (!skip(NUMBER) && !skip(WORD)) return at;
    // A value has ended: a comma, or closing brackets.
    for (;;) {
      skip(SPACE);
      const open = stack.at(-1);
      if (open === undefined) return at < text.length ? at : null;
      if (text[at] === ',') {
        at++;
        if (open === '{' && !skipKey()) return at;
        break;
      }
      if (text[at] !== (open === '{' ? '}' : ']')) return at;
      stack.pop();
      at++;
    }
  }
}
