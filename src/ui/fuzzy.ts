// How well a few typed letters fit a name: every word of the query must occur in the text, whole, as a beginning, or as letters
// in order, the first of each word they touch among them ("std" in "Standard deviation", "expcor" in "Export Correlation image").

export interface Fit {
  /** Higher is better; only to compare names for the same query. */
  readonly score: number;
  /** Positions of the letters that fit, for marking them. */
  readonly hits: readonly number[];
}

const WORD_START = 30;
const INSIDE = 15;
const LETTERS = 5;

const startsWord = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!);

/** Null where a word of the query does not occur. An empty query fits everything alike. */
export function fuzzyFit(query: string, text: string): Fit | null {
  const lower = text.toLowerCase();
  const hits: number[] = [];
  let score = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const fit = wordFit(word, lower);
    if (!fit) return null;
    score += fit.score;
    hits.push(...fit.hits);
  }
  // Of two names that fit alike, the shorter is meant.
  return { score: score - text.length / 100, hits: [...new Set(hits)].sort((a, b) => a - b) };
}

function wordFit(word: string, text: string): Fit | null {
  let inside = -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (startsWord(text, at)) return { score: WORD_START + word.length, hits: stretch(at, word.length) };
    if (inside < 0) inside = at;
  }
  if (inside >= 0) return { score: INSIDE + word.length, hits: stretch(inside, word.length) };
  for (let at = 0; at < text.length; at++) {
    const hits = startsWord(text, at) ? lettersFrom(word, text, at) : null;
    if (hits) return { score: LETTERS - (hits.at(-1)! - at) / 10, hits };
  }
  return null;
}

/** In the rest of the word that `at` is in, else at the start of a later word. */
function nextLetter(letter: string, text: string, at: number): number {
  let sameWord = true;
  for (let i = at; i < text.length; i++) {
    const start = startsWord(text, i);
    if (start && i > at) sameWord = false;
    if (text[i] === letter && (sameWord || start)) return i;
  }
  return -1;
}

const stretch = (at: number, length: number) => Array.from({ length }, (_, i) => at + i);

function lettersFrom(word: string, text: string, start: number): number[] | null {
  if (text[start] !== word[0]) return null;
  const hits: number[] = [];
  let at = start;
  for (const letter of word) {
    const found = nextLetter(letter, text, at);
    if (found < 0) return null;
    hits.push(found);
    at = found + 1;
  }
  return hits;
}
