import { LogList } from './LogList';
import { LogToolbar } from './LogToolbar';

export function LogPanel() {
  return (
    <section class="logs" aria-labelledby="log-heading">
      <LogToolbar />
      <LogList />
    </section>
  );
}
