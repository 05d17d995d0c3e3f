import type { BackendInfo } from '@dl/kernels';

/** Lists whatever a backend says of itself. */
export function showBackend(list: HTMLElement, info: BackendInfo): void {
  list.replaceChildren(...Object.entries(info).flatMap(([name, value]: [string, unknown]) => fact(name, value)));
}

function fact(name: string, value: unknown): HTMLElement[] {
  const values = Array.isArray(value) ? value : [value];
  return [element('dt', name), ...(values.length === 0 ? ['nothing'] : values).map((one) => element('dd', String(one)))];
}

function element(name: 'dt' | 'dd', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
