import { signal } from '@preact/signals';

/** Whether the newest line stays in view. */
export const follows = signal(true);
