import { signal } from '@preact/signals';

const said = signal('');

/** Tells who listens rather than looks; the last of several at once is what counts. */
export function say(text: string): void {
  said.value = text;
}

export function Announcer() {
  return (
    <p class="unseen" role="status" aria-live="polite">
      {said.value}
    </p>
  );
}
