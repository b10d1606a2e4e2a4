// The secret is in session storage and in a header: only this tab of our own origin has it. A cookie would go to every
// server of this machine.
const kept = 'omniview-dashboard';

let token: string | null = null; // of the link this page was opened by
let secret = recall();

/** Takes the token of a link out of the address, before it gets into the history; false when there is none. */
export function takeToken(): boolean {
  const asked = new URLSearchParams(location.hash.slice(1));
  const found = asked.get('t');
  if (found === null) {
    return false;
  }

  token = found;
  asked.delete('t');
  history.replaceState(null, '', asked.size === 0 ? location.pathname : `#${asked}`);
  return true;
}

/** Whether the dev host knows this page, as far as the page knows; a link's token is exchanged for that. */
export async function logIn(signal: AbortSignal): Promise<boolean> {
  if (token !== null) {
    const response = await fetch('/api/v1/dashboard/logins', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
      cache: 'no-store',
      signal,
    });
    if (response.ok) {
      secret = ((await response.json()) as { readonly secret: string }).secret;
      keep();
    } else if (response.status !== 401) {
      throw new Error(`${response.status}`);
    }

    token = null; // once used, it is of no use; whoever is in already stays in
  }

  return secret !== null;
}

/** The dev host does not know the secret: it is another host's, which has ended. */
export function logOut(): void {
  secret = null;
  keep();
}

/** What a request to the dev host has with it. */
export function credentials(): Record<string, string> {
  return secret === null ? {} : { Authorization: `Bearer ${secret}` };
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(kept);
  } catch {
    return null; // storage is forbidden
  }
}

function keep(): void {
  try {
    if (secret === null) {
      sessionStorage.removeItem(kept);
    } else {
      sessionStorage.setItem(kept, secret);
    }
  } catch {
    // Until it is loaded again the page knows it by itself.
  }
}
