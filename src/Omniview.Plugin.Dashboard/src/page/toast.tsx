import { signal } from '@preact/signals';

const message = signal('');

/** Shows what went wrong with something that was clicked, until it is dismissed or the next comes. */
export function toast(text: string): void {
  message.value = text;
}

export function Toast() {
  return message.value === '' ? null : (
    <div class="toast" role="alert">
      <span>{message.value}</span>
      <button type="button" class="plain" aria-label="Dismiss" onClick={() => (message.value = '')}>
        ✕
      </button>
    </div>
  );
}
