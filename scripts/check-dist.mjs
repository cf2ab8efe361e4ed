// Fails the build when dist/ holds WebAssembly in any disguise, when the first load of a page exceeds 150 kB gzip, when a page lacks
// its content security policy or (but for remote.html) may ask other servers, or when the service worker would not store all of it.
// The first load is a page with its scripts, style sheets and preloads, and all that those import statically.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { extname, join, posix, relative, sep } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export const LIMIT = 150_000;

/** `AGFzbQ` is how "\0asm", the first four bytes of every WebAssembly module, begins in base64. */
const FORBIDDEN = ['WebAssembly', 'AGFzbQ'];
const MAGIC = Buffer.from([0, 0x61, 0x73, 0x6d]);

/** Paths of all files below a folder, with '/' between folders. */
function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** One sentence for each sign of WebAssembly. */
export function findWasm(folder) {
  return listFiles(folder).flatMap((path) => {
    const bytes = readFileSync(join(folder, path));
    const found = FORBIDDEN.filter((word) => bytes.includes(word)).map((word) => `${path} contains "${word}".`);
    if (extname(path) === '.wasm' || bytes.subarray(0, 4).equals(MAGIC)) found.push(`${path} is a WebAssembly module.`);
    return found;
  });
}

/** One sentence for each file that the page would lack without network. */
export function findUnstored(folder) {
  const script = existsSync(join(folder, 'sw.js')) ? readFileSync(join(folder, 'sw.js'), 'utf8') : '';
  const listed = new Set(JSON.parse(/const FILES = (\[.*\]);/.exec(script)?.[1] ?? '[]'));
  return listFiles(folder).flatMap((path) => (path === 'sw.js' || listed.has(path) ? [] : [`sw.js does not store ${path}.`]));
}

/** The only page that may ask other servers, and these only by https. */
const REMOTE_PAGE = 'remote.html';

/** One sentence for each page without policy, and for each that may reach further than it should. */
export function findOpenPages(folder) {
  return listFiles(folder)
    .filter((path) => path.endsWith('.html'))
    .flatMap((path) => {
      const html = readFileSync(join(folder, path), 'utf8').replaceAll('&#39;', "'");
      const policy = /<meta[^>]+Content-Security-Policy"[^>]*content="([^"]+)"/.exec(html)?.[1];
      if (!policy?.startsWith("default-src 'none'")) return [`${path} has no content security policy.`];
      const [, targets = ''] = /connect-src ([^;]+)/.exec(policy) ?? [];
      const known = ["'self'", 'blob:', 'data:', ...(path === REMOTE_PAGE ? ['https:'] : [])];
      const foreign = targets.split(' ').filter((target) => !known.includes(target));
      return foreign.map((target) => `${path} may connect to ${target || 'anything'}.`);
    });
}

/** Addresses in script src, stylesheet and modulepreload tags of a page. */
function addressesInPage(html) {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => tag.startsWith('<script') || /rel="?(stylesheet|modulepreload)/.test(tag))
    .map((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1])
    .filter((address) => address !== undefined);
}

/** Modules that a script imports statically: `import"./x.js"`, `import{a}from"./x.js"`, `export*from"./x.js"`. */
function staticImports(code) {
  const pattern = /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^'"()]*?from\s*)?["'](\.[^"']+)["']/g;
  return [...code.matchAll(pattern)].map((match) => match[1]);
}

/** Files of the first load and their sizes in bytes after gzip. */
export function firstLoad(folder, page = 'index.html') {
  const sizes = new Map();
  const visit = (path) => {
    const file = join(folder, path);
    if (sizes.has(path) || !existsSync(file)) return;
    const bytes = readFileSync(file);
    sizes.set(path, gzipSync(bytes, { level: 9 }).length);
    const text = bytes.toString('utf8');
    const next = path.endsWith('.html') ? addressesInPage(text) : path.endsWith('.js') ? staticImports(text) : [];
    for (const address of next) {
      if (!/^[a-z]+:|^\/\//.test(address)) visit(posix.normalize(posix.join(posix.dirname(path), address)).replace(/^\//, ''));
    }
  };
  visit(page);
  return sizes;
}

/** What is wrong with a built page, as sentences; none when all is well. */
export function checkDist(folder) {
  if (!existsSync(join(folder, 'index.html')))
    return { faults: [`${folder} holds no index.html: build first.`], sizes: new Map(), total: 0 };
  const faults = [...findWasm(folder), ...findUnstored(folder), ...findOpenPages(folder)];
  const sizes = firstLoad(folder);
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (![...sizes.keys()].some((path) => path.endsWith('.js')))
    faults.push('index.html loads no script: the first load cannot be measured.');
  if (total > LIMIT)
    faults.push(`The first load is ${kilobytes(total)} gzip, more than ${kilobytes(LIMIT)}: load something lazily.`);
  if (existsSync(join(folder, REMOTE_PAGE))) {
    const other = [...firstLoad(folder, REMOTE_PAGE).values()].reduce((sum, bytes) => sum + bytes, 0);
    if (other > LIMIT)
      faults.push(`The first load of ${REMOTE_PAGE} is ${kilobytes(other)} gzip, more than ${kilobytes(LIMIT)}.`);
  }
  return { faults, sizes, total };
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

// The path that was typed may lead through links; the module's own address never does.
if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const folder = argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
  const { faults, sizes, total } = checkDist(folder);
  for (const [path, bytes] of sizes) console.log(`${kilobytes(bytes).padStart(9)}  ${path}`);
  console.log(`${kilobytes(total).padStart(9)}  first load, gzip (limit ${kilobytes(LIMIT)})`);
  for (const fault of faults) console.error(`dist: ${fault}`);
  if (faults.length > 0) process.exit(1);
}
