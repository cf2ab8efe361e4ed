// Reads the import tables of src/README.md and fails on any import that they do not allow; also the house rules on files.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = import.meta.dirname;
const readme = readFileSync(join(SRC, 'README.md'), 'utf8');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path));
const read = (path: string) => readFileSync(join(SRC, path), 'utf8');
const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith('test/');

function tableRows(heading: string): [string, string][] {
  const start = readme.indexOf(heading);
  if (start < 0) throw new Error(`no table ${heading}`);
  return readme
    .slice(start)
    .split('\n')
    .slice(2)
    .map((line) => line.match(/^\| (.+?) \| (.+?) \|$/))
    .filter((match) => match !== null)
    .slice(0, readme.slice(start).split('\n\n')[0]!.split('\n').length - 2)
    .map((match) => [match[1]!, match[2]!]);
}

const LAYERS = new Map(tableRows('| from | may import |').map(([from, to]) => [from, to === 'nothing' ? [] : to.split(', ')]));
const PACKAGES = new Map(
  tableRows('| package | may be used in |').flatMap(([names, homes]) =>
    names.split(', ').map((name) => [name, homes.split(', ')] as const),
  ),
);

/** The row of the table that a file belongs to. */
function layerOf(path: string): string {
  const parts = path.split('/');
  if (path === 'main.tsx') return 'main';
  if (path.startsWith('workers/host')) return 'workers/host';
  if (path.startsWith('workers/client')) return 'workers/client';
  if (parts[0] !== 'modalities') return parts[0]!;
  if (path === 'modalities/modality.ts') return 'modalities/modality';
  if (path === 'modalities/registry.ts') return 'modalities/registry';
  if (path === 'modalities/registry.worker.ts') return 'modalities/registry.worker';
  return parts.length === 3 ? 'modalities/X/index' : `modalities/X/${parts[2]}`;
}

/** Static, type-only, re-exported, dynamic and `new URL` references alike. */
function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const patterns = [
    /\b(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
    /new URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1]!));
}

function allowed(from: string, to: string): boolean {
  const layer = layerOf(from);
  const target = layerOf(to);
  const modality = from.split('/')[1];
  const sameModality = from.startsWith('modalities/') && to.startsWith(`modalities/${modality}/`);
  if (layer === target && (!layer.startsWith('modalities/X') || sameModality)) return true;
  if (layer.startsWith('workers') && target.startsWith('workers')) return true;
  const grants = LAYERS.get(layer) ?? LAYERS.get(layer.replace('/client', ''));
  if (!grants) throw new Error(`${from}: no row for ${layer}`);
  return grants.some((grant) => {
    if (grant === 'own shared') return sameModality && target === 'modalities/X/shared';
    if (grant.startsWith('own view')) return sameModality && target === 'modalities/X/view';
    if (grant === 'modality') return target === 'modalities/modality';
    if (grant.startsWith('X/')) return target === `modalities/${grant}`;
    return grant === target;
  });
}

function violations(path: string): string[] {
  const found: string[] = [];
  for (const reference of importsOf(read(path))) {
    if (reference.startsWith('.')) {
      const target = normalize(join(dirname(path), reference.replace(/\?.*$/, ''))).replaceAll('\\', '/');
      if (target.startsWith('..')) found.push(`${path} leaves src: ${reference}`);
      else if (/\.css$/.test(target)) continue;
      else if (isTest(path) ? !testMayImport(path, target) : !allowed(path, target))
        found.push(`${path} may not import ${target}`);
      if (
        layerOf(path) === 'modalities/X/index' &&
        layerOf(target) === 'modalities/X/view' &&
        !read(path).includes(`import('${reference}')`)
      ) {
        found.push(`${path} must load ${target} lazily`);
      }
    } else if (!isTest(path)) {
      const name = reference.startsWith('@') ? reference.split('/').slice(0, 2).join('/') : reference.split('/')[0]!;
      const homes = PACKAGES.get(name);
      if (!homes) found.push(`${path}: package ${name} has no home`);
      else if (
        !homes.some(
          (home) => layerOf(path) === home || layerOf(path) === `modalities/${home}` || layerOf(path).startsWith(`${home}/`),
        )
      )
        found.push(`${path}: package ${name} may not be used here`);
    }
  }
  return found;
}

const testMayImport = (path: string, target: string) =>
  target.startsWith('test/') || target.startsWith('base/') || dirname(target).startsWith(dirname(path)) || allowed(path, target);

describe('the import table', () => {
  it('has a row for every file', () => {
    for (const path of files)
      if (!isTest(path) && path.includes('/')) expect(LAYERS.has(layerOf(path).replace('/client', '')), path).toBe(true);
  });

  it('is obeyed everywhere', () => {
    expect(files.flatMap((path) => (path === 'architecture.test.ts' ? [] : violations(path)))).toEqual([]);
  });

  it('notices every form of import', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from './b.ts';",
      "export { c } from './c.ts';",
      "import './d.ts';",
      "const e = () => import('./e.ts');",
      "new Worker(new URL('./f.ts', import.meta.url));",
      "// import { no } from './no.ts';",
    ].join('\n');
    expect(importsOf(text).sort()).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts']);
  });

  it('refuses what it should', () => {
    expect(allowed('pipeline/image/x.ts', 'formats/zip/y.ts')).toBe(false);
    expect(allowed('modalities/calcium/view/x.tsx', 'modalities/calcium/worker/y.ts')).toBe(false);
    expect(allowed('modalities/calcium/worker/x.ts', 'modalities/example/shared/y.ts')).toBe(false);
    expect(allowed('modalities/calcium/worker/x.ts', 'modalities/calcium/shared/y.ts')).toBe(true);
  });
});

describe('the house rules', () => {
  it('keeps files short', () => {
    const long = files.filter((path) => !isTest(path) && read(path).split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('has kebab-case names', () => {
    expect(files.filter((path) => !/^[a-z0-9-]+(\.[a-z]+)*\.tsx?$/.test(path.split('/').at(-1)!))).toEqual([]);
  });

  it('opens every file with what it is', () => {
    expect(files.filter((path) => !isTest(path) && !/^(\/\/|\/\*)/.test(read(path)))).toEqual([]);
  });

  it('refers to no foreign address', () => {
    const foreign = files.filter((path) => !isTest(path) && /fetch\(\s*['"`]https?:/.test(read(path)));
    expect(foreign).toEqual([]);
  });
});

it('lists only folders that exist', () => {
  for (const layer of ['base', 'formats', 'pipeline', 'render', 'state', 'workers', 'ui', 'app', 'test']) {
    expect(
      files.some((path) => relative('.', path).startsWith(`${layer}/`)),
      layer,
    ).toBe(true);
  }
});
