import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { omniviewExternals } from './omniview-externals';

export default defineConfig({
  plugins: [react(), omniviewExternals()],

  server: {
    // While you develop, Omniview imports http://127.0.0.1:<port>/src/entry.ts. The port comes from the command line.
    host: '127.0.0.1',
    cors: {
      // Pages on this machine, and Omniview's own window (wails://wails, on Windows http://wails.localhost).
      // With `cors: true` any web site you visit could read your sources.
      origin: /^(https?:\/\/(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)?localhost)(:\d+)?|wails:\/\/wails(\.localhost)?)$/,
    },
  },

  // Vite looks for dependencies where the build begins; the dev page has one more, found too late it costs a reload.
  optimizeDeps: { entries: 'index.html' },

  // What an installed plugin is: Omniview loads assets/entry.js with SystemJS. Rollup (Vite 7) can write that format,
  // Rolldown (Vite 8) cannot.
  build: {
    sourcemap: true,
    cssCodeSplit: false,
    rollupOptions: {
      input: 'src/entry.ts',
      preserveEntrySignatures: 'exports-only',
      output: {
        format: 'system',
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name].[ext]',
      },
    },
  },
});
