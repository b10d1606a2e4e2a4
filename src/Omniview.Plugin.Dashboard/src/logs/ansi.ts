/** A stretch of a line in one look. */
export interface Segment {
  readonly text: string;
  readonly look: Look;
  /** Where a hyperlink of the terminal (OSC 8) leads; only to http and https. */
  readonly href: string | null;
}

export interface Look {
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
  readonly foreground?: Colour;
  readonly background?: Colour;
}

/** One of the terminal's 16, which the page's own theme decides, or an exact one. */
export type Colour = number | string;

const plain: Look = {};

// SGR; other CSI sequences; OSC, DCS, APC, PM and SOS strings up to their end; other escapes; single control characters but tab.
const control =
  /\x1b\[([0-9;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b\](8;[^;\x07\x1b]*;([^\x07\x1b]*))(?:\x07|\x1b\\)|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?|[\0-\x08\x0a-\x1f\x7f-\x9f]/g;

const hasControl = /[\0-\x08\x0a-\x1f\x7f-\x9f]/;

/** What a terminal would have left of a line that returns to its beginning, as progress bars do. */
export function lastWritten(line: string): string {
  if (!line.includes('\r')) {
    return line;
  }

  const parts = line.split('\r');
  return parts.findLast((part) => part !== '') ?? '';
}

/** The text alone, to be searched, compared and copied. */
export function withoutControls(line: string): string {
  return hasControl.test(line) ? line.replace(control, '') : line;
}

/** The line in stretches of one look each. Nothing but looks and links is made of control sequences; what else they say is left out. */
export function segmentsOf(line: string): Segment[] {
  if (!hasControl.test(line)) {
    return line === '' ? [] : [{ text: line, look: plain, href: null }];
  }

  const segments: Segment[] = [];
  let look = plain;
  let href: string | null = null;
  let from = 0;
  for (const found of line.matchAll(control)) {
    if (found.index > from) {
      segments.push({ text: line.slice(from, found.index), look, href });
    }

    from = found.index + found[0].length;
    if (found[1] !== undefined) {
      look = changed(look, found[1]);
    } else if (found[2] !== undefined) {
      href = /^https?:\/\//i.test(found[3] ?? '') ? (found[3] ?? null) : null;
    }
  }

  if (from < line.length) {
    segments.push({ text: line.slice(from), look, href });
  }

  return segments;
}

/** ECMA-48, Select Graphic Rendition, with xterm's colours: 38;5;n, 38;2;r;g;b, and both with colons. */
function changed(before: Look, parameters: string): Look {
  let look: { -readonly [name in keyof Look]: Look[name] } = { ...before };
  const groups = parameters.split(';');
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index] ?? '';
    const parts = group.split(':').map(Number);
    const code = parts[0] ?? 0;
    if (code === 38 || code === 48) {
      const rest = group.includes(':') ? parts.slice(1) : groups.slice(index + 1, index + 5).map(Number);
      const colour = rest[0] === 5 ? indexed(rest[1] ?? -1) : rest[0] === 2 ? exact(group.includes(':') ? rest.slice(-3) : rest.slice(1, 4)) : undefined;
      if (colour !== undefined) {
        look[code === 38 ? 'foreground' : 'background'] = colour;
      }

      index += group.includes(':') ? 0 : rest[0] === 5 ? 2 : rest[0] === 2 ? 4 : 0;
    } else if (code === 0) {
      look = {};
    } else if (code === 1) {
      look.bold = true;
    } else if (code === 2) {
      look.dim = true;
    } else if (code === 22) {
      delete look.bold;
      delete look.dim;
    } else if (code === 3 || code === 23) {
      set(look, 'italic', code === 3);
    } else if (code === 4 || code === 24) {
      set(look, 'underline', code === 4 && parts[1] !== 0);
    } else if (code === 7 || code === 27) {
      set(look, 'inverse', code === 7);
    } else if (code === 9 || code === 29) {
      set(look, 'strike', code === 9);
    } else if (code === 39) {
      delete look.foreground;
    } else if (code === 49) {
      delete look.background;
    } else if (code >= 30 && code <= 37) {
      look.foreground = code - 30;
    } else if (code >= 40 && code <= 47) {
      look.background = code - 40;
    } else if (code >= 90 && code <= 97) {
      look.foreground = code - 82;
    } else if (code >= 100 && code <= 107) {
      look.background = code - 92;
    }
  }

  return look;
}

function set(look: { -readonly [name in keyof Look]: Look[name] }, name: 'italic' | 'underline' | 'inverse' | 'strike', on: boolean): void {
  if (on) {
    look[name] = true;
  } else {
    delete look[name];
  }
}

/** xterm's 256: the 16, a cube of 6×6×6, and 24 greys. */
function indexed(number: number): Colour | undefined {
  if (!(number >= 0 && number <= 255)) {
    return undefined;
  }

  if (number < 16) {
    return number;
  }

  if (number >= 232) {
    return exact([8, 8, 8].map((grey) => grey + (number - 232) * 10));
  }

  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = number - 16;
  return exact([step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)]);
}

function exact(rgb: readonly number[]): string | undefined {
  return rgb.length === 3 && rgb.every((part) => part >= 0 && part <= 255) ? `rgb(${rgb.join(' ')})` : undefined;
}
