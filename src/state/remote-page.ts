// Which of the two pages this is: index.html, whose policy refuses every foreign server, or remote.html, which asks those that a
// person names.

export function isRemotePage(): boolean {
  return document.documentElement.dataset['page'] === 'remote';
}
