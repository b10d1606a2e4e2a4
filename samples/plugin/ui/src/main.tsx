import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';

// The page behind index.html: the plugin in a plain browser, without Omniview. Not part of the build.
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
