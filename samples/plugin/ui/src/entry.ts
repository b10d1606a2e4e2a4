import { App } from './App';

/**
 * What Omniview imports. It reads `Routes` (shown under the plugin's own address) and `extensions` (components for
 * places in other plugins); plugins built on @omniviewdev/runtime export a `PluginWindow` of the same shape.
 */
export const plugin = {
  Routes: [{ path: '/', Component: App }],
  extensions: [],
};
