// Bundles each file of tests/ for Node and runs it there.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const work = mkdtempSync(join(tmpdir(), 'omniview-dashboard-'));
try {
  const tests = readdirSync('tests').filter((file) => file.endsWith('.test.ts'));
  await build({ entryPoints: tests.map((file) => `tests/${file}`), outdir: work, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', sourcemap: 'inline', logLevel: 'warning' });
  process.exitCode = spawnSync(process.execPath, ['--test', '--enable-source-maps', ...tests.map((file) => join(work, file.replace(/\.ts$/, '.mjs')))], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
