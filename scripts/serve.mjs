// Serves a built page on this machine only: node scripts/serve.mjs [--port N] [--no-open]. No dependency, no cache, no listing.
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, realpathSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { argv, env, platform } from 'node:process';
import { fileURLToPath } from 'node:url';

const HOST = '127.0.0.1';
const FIRST_PORT = 4173;
const PORTS_TO_TRY = 50;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.zip': 'application/zip',
  '.npy': 'application/octet-stream',
};

/** Path on disk of what an address names inside `root`, or undefined: outside, missing or not a file. */
async function resolveFile(root, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  } catch {
    return undefined; // not an address at all
  }
  if (path.includes('\0')) return undefined;
  try {
    // Real paths: a link that leads out of the folder is outside, too.
    const file = await realpath(join(root, path.endsWith('/') ? `${path}index.html` : path));
    const facts = await stat(file);
    return file.startsWith(root + sep) && facts.isFile() ? { file, size: facts.size } : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EACCES', 'ELOOP'].includes(error.code)) return undefined;
    throw error;
  }
}

async function answer(root, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const found = await resolveFile(root, request.url ?? '/');
  if (!found) {
    response.writeHead(404, { 'content-type': TYPES['.txt'] }).end(request.method === 'HEAD' ? undefined : 'Not found.\n');
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(found.file).toLowerCase()] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(found.file)
      .on('error', (error) => response.destroy(error))
      .pipe(response);
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve(server.address().port);
    });
  });
}

/** Serves `folder`; without a port the first free one from 4173 on. Resolves to the server and its address. */
export async function serve(folder, port) {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, request, response).catch((error) => {
      console.error(`${request.url}: ${error.message}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  for (let next = port ?? FIRST_PORT; ; next++) {
    try {
      const taken = await listen(server, next);
      return { server, address: `http://${HOST}:${taken}/` };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port !== undefined || next >= FIRST_PORT + PORTS_TO_TRY) throw error;
    }
  }
}

/** Opens the person's browser where there is a display; anything that goes wrong is no matter, the address is on the screen. */
function openBrowser(address) {
  const display = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (!display || env.CI) return;
  const [command, args] =
    platform === 'darwin'
      ? ['open', [address]]
      : platform === 'win32'
        ? ['cmd', ['/c', 'start', '', address]]
        : ['xdg-open', [address]];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

async function main() {
  const folder = fileURLToPath(new URL('../dist', import.meta.url));
  if (!existsSync(join(folder, 'index.html'))) throw new Error('There is no dist/index.html yet: run "npm run build" first.');
  const at = argv.indexOf('--port');
  const port = at < 0 ? undefined : Number(argv[at + 1]);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536))
    throw new Error('--port needs a number from 0 to 65535.');
  const { address } = await serve(folder, port);
  console.log(`Somascope: ${address}`);
  if (!argv.includes('--no-open')) openBrowser(address);
}

// The path that was typed may lead through links; the module's own address never does.
if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(
      error.code === 'EADDRINUSE' ? 'That port is taken: choose another with --port, or leave --port out.' : error.message,
    );
    process.exit(1);
  });
}
