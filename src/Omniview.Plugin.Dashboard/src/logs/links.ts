/** A stretch of text that leads somewhere, or does not. */
export type Link =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'url'; readonly text: string; readonly href: string }
  | { readonly kind: 'place'; readonly text: string; readonly file: string; readonly line: number; readonly column: number };

// An address with what usually follows one in prose left out; or file:line, file:line:column, file(line,column).
const linked =
  /(https?:\/\/[^\s<>"'`\\^{|}\x00-\x1f]+)|((?:[A-Za-z]:[\\/]|\.{0,2}[\\/])?(?:[\w@.+-]+[\\/])*[\w@+-][\w@.+-]*\.[A-Za-z]\w{0,7})(?::(\d{1,7})(?::(\d{1,5}))?|\((\d{1,7})(?:,(\d{1,5}))?\))/g;

/** Takes a text apart into what leads to the web, what leads to a place in a file, and the rest. */
export function linksIn(text: string): Link[] {
  const links: Link[] = [];
  let from = 0;
  const leave = (to: number) => {
    if (to > from) {
      links.push({ kind: 'text', text: text.slice(from, to) });
    }
  };

  for (const found of text.matchAll(linked)) {
    leave(found.index);
    const [whole, url, file] = found;
    if (url !== undefined) {
      const href = trimmed(url);
      links.push({ kind: 'url', text: href, href });
      from = found.index + href.length;
    } else {
      links.push({ kind: 'place', text: whole, file: file ?? '', line: Number(found[3] ?? found[5]), column: Number(found[4] ?? found[6] ?? 1) });
      from = found.index + whole.length;
    }
  }

  leave(text.length);
  return links;
}

/** Without the full stop of the sentence, and without a bracket that was opened before it. */
function trimmed(url: string): string {
  let end = url.replace(/[.,;:!?]+$/, '');
  while (end.endsWith(')') && end.split('(').length < end.split(')').length) {
    end = end.slice(0, -1).replace(/[.,;:!?]+$/, '');
  }

  return end;
}
