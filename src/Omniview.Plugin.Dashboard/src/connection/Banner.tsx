import { phase, tries } from './connection';

/** Says that what is on the page may be old, and why. */
export function Banner({ retry }: { readonly retry: () => void }) {
  const now = phase.value;
  if (now === 'live' || now === 'connecting') {
    return null;
  }

  const gone = now === 'lost' && tries.value > 3;
  return (
    <div class={`banner is-${now}`} role="alert">
      <p>
        {now === 'loggedOut' ? (
          <>
            <strong>This browser is not let in any more.</strong> Press <kbd>o</kbd> where the dev loop runs, or run <code>omniview-plugin-dev open --dashboard</code>.
          </>
        ) : now === 'ended' ? (
          <>
            <strong>The dev host has ended.</strong> This page shows how it was; start the dev loop again and it goes on by itself.
          </>
        ) : (
          <>
            <strong>The connection to the dev host is lost.</strong> {gone ? 'It seems to have ended; this page goes on when it is back.' : 'Trying again …'}
          </>
        )}
      </p>
      <button type="button" onClick={retry}>
        Try now
      </button>
    </div>
  );
}
