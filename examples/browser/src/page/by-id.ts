/**
 * The element of the page with this id.
 *
 * @throws TypeError when the page has none of this type
 */
export function byId<T extends Element>(id: string, type: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`byId: the page must have a ${type.name} '${id}', got ${found}`);
  return found;
}
