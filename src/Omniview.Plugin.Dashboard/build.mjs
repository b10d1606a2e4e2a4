// Bundles the page into dist/: a script, a style sheet, icons, and index.html with the names of both, which have their hash.
// Everything is written beside and renamed, so that nobody ever reads half a build.
import { build } from 'esbuild';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

const work = `dist.${process.pid}`;

try {
  const result = await build({
    entryPoints: ['src/main.tsx'],
    outdir: `${work}/assets`,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const named = (extension) => `/assets/${basename(Object.keys(result.metafile.outputs).find((file) => file.endsWith(extension)))}`;
  const page = await readFile('index.html', 'utf8');
  await mkdir(work, { recursive: true });
  await writeFile(`${work}/index.html`, page.replace('%script%', named('.js')).replace('%style%', named('.css')));
  await cp('icons', `${work}/icons`, { recursive: true });
  await rm('dist', { recursive: true, force: true });
  await rename(work, 'dist');
} finally {
  await rm(work, { recursive: true, force: true });
}
