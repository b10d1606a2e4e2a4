import { useState } from 'react';
import styles from './App.css?inline';
import { Heading } from './Heading';

export function App() {
  const [count, setCount] = useState(0);

  return (
    <main className="hello">
      {/* Omniview loads entry.js and no style sheet, so the styles travel inside it. */}
      <style>{styles}</style>
      <Heading />
      <p>
        Save a file in <code>ui/src</code> and this page changes in place. A backend in <code>pkg</code> is rebuilt and
        swapped when you save.
      </p>
      <button type="button" onClick={() => setCount(count + 1)}>
        Clicked <output>{count}</output> {count === 1 ? 'time' : 'times'}
      </button>
    </main>
  );
}
