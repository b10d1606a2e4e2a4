/** Change this text while the page is open: the counter below keeps its count. */
export function Heading() {
  return <h1>Hello from Omniview</h1>;
}
