import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** What this UI borrows from Omniview: two copies of React in one window break every hook. */
const shared = ['react', 'react-dom', 'react/jsx-runtime'];

/**
 * Production: leaves the shared modules out of the bundle, SystemJS finds them in Omniview.
 * Development: takes them from `window.__OMNIVIEW_SHARED__`, or from node_modules in a plain browser, where nobody
 * lends anything.
 *
 * Omniview shares more than React. A UI that uses MUI, React Query or @omniviewdev/runtime replaces this file by the
 * function of the same name in @omniviewdev/vite-plugin, which knows the whole list.
 */
export function omniviewExternals(): Plugin {
  return {
    name: 'omniview-externals',
    config: () => ({
      build: { rollupOptions: { external: shared } },
      // Vite bundles dependencies ahead of time with esbuild, so this is where their code can still be changed.
      optimizeDeps: {
        esbuildOptions: {
          plugins: [
            {
              name: 'omniview-shared',
              setup(build) {
                build.onLoad({ filter: /[\\/]node_modules[\\/]react/ }, async ({ path }) => {
                  const module = moduleName(path);
                  if (!shared.includes(module)) return undefined;
                  const own = await readFile(path, 'utf8');
                  const borrowed = `globalThis.__OMNIVIEW_SHARED__?.['${module}']`;
                  return { contents: `${own}\nmodule.exports = ${borrowed} ?? module.exports;` };
                });
              },
            },
          ],
        },
      },
    }),
  };
}

/** The import that leads to a file: 'react' for …/react/index.js, 'react/jsx-runtime' for …/react/jsx-runtime.js. */
function moduleName(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^.*\/node_modules\//, '')
    .replace(/(\/index)?\.js$/, '');
}
