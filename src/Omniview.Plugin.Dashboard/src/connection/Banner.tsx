import { plugins } from '../plugins/plugins';
import { phase, tries } from './connection';

/** Says that what is on the page may be old, and why. */
export function Banner({ retry }: { readonly retry: () => void }) {
  const now = phase.value;
  if (now === 'live' || now === 'connecting' || (now === 'loggedOut' && plugins.value.size === 0)) {
    return null; // of who was never in, the whole page says it
  }

  const gone = now === 'lost' && tries.value > 3;
  return (
    <div class={`banner is-${now}`} role="alert">
      <p>
        {now === 'loggedOut' ? (
          <>
            <strong>The dev host was restarted, and does not know this page.</strong> It shows how it was. To go on, <HowToGetIn />
          </>
        ) : now === 'ended' ? (
          <>
            <strong>The dev host has ended.</strong> This page shows how it was. Start the dev loop again and follow the link it prints.
          </>
        ) : (
          <>
            <strong>The connection to the dev host is lost.</strong> {gone ? 'It seems to have ended: start the dev loop again and follow the link it prints.' : 'Trying again …'}
          </>
        )}
      </p>
      {now !== 'loggedOut' && (
        <button type="button" onClick={retry}>
          Try now
        </button>
      )}
    </div>
  );
}

/** What there is for who has not come by a link. */
export function Door() {
  return (
    <section class="door">
      <h2>This dashboard opens by a link</h2>
      <p>
        Each link works once and lets one tab in, so that no other page, program or user gets in. For a new one, <HowToGetIn />
      </p>
    </section>
  );
}

function HowToGetIn() {
  return (
    <>
      press <kbd>o</kbd> where the dev loop runs, or run <code>omniview-plugin-dev open --dashboard</code>.
    </>
  );
}
