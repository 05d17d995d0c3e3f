/** What a test looks for inside of a page. Each function is sent there as its text, so it stands alone. */

/** The sources of images that show nothing. */
export async function unloadedImages(): Promise<string[]> {
  const sources = [
    ...Array.from(document.images, ({ src }) => src),
    ...Array.from(document.querySelectorAll('image'), (image) => image.getAttribute('href') ?? ''),
  ];
  const bad: string[] = [];
  for (const src of sources) {
    const image = new Image();
    image.src = src;
    await image.decode().catch(() => bad.push(src));
    if (image.naturalWidth === 0) bad.push(src);
  }
  return sources.length === 0 && document.querySelector('.shots') !== null ? ['none'] : bad;
}

/** What reaches over the right edge and does not scroll by itself. */
export function overflowing(): string[] {
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth > width ? ['the page'] : [];
  const elements = Array.from(document.body.querySelectorAll('*'))
    .filter((one) => one.closest('.scroll') === null || one.classList.contains('scroll'))
    .filter((one) => one.getBoundingClientRect().right > width + 0.5 || one.getBoundingClientRect().left < -0.5)
    .map((one) => `${one.tagName} ${one.className} ${one.textContent?.slice(0, 40)}`);
  return [...wide, ...elements];
}

/** Words whose contrast is below what WCAG 2.2 AA asks for. */
export function faintTexts(): string[] {
  const numbers = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [r, g, b] = numbers(color).map((value) =>
      value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const isClear = (color: string): boolean => color === 'transparent' || numbers(color)[3] === 0;
  const behind = (element: Element): string => {
    for (let one: Element | null = element; one !== null; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const faint: string[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    const words = Array.from(element.childNodes, (node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : ''))
      .join('')
      .trim();
    if (words === '' || element.tagName === 'title') continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(element instanceof SVGElement ? style.fill : style.color), luminance(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = Number.parseFloat(style.fontSize) >= 24;
    if (!(contrast >= (large ? 3 : 4.5))) faint.push(`${contrast.toFixed(2)} ${words.slice(0, 40)}`);
  }
  return faint;
}
